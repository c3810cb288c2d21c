import { type Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { ApiAuth, type ApiAuthBinding, type GenAiImageApiProps, OwnerSource } from '../../../src';
import { type ErrorCode, ERRORS, type Problem } from '../../../src/private/contract/errors';
import { openApiDocument } from '../../../src/private/contract/openapi';
import { expectDocumented, DocumentChecker } from '../../helpers/openapi-checker';
import { APIS } from '../../helpers/openapi-documents';
import { ofType, synth, testStack } from '../../helpers/stack';

interface GatewayResponse {
  readonly ResponseType: string;
  readonly StatusCode: string;
  readonly ResponseParameters: Record<string, string>;
  readonly ResponseTemplates: Record<string, string>;
}

const AUTHS: Record<string, GenAiImageApiProps> = {
  iam: {},
  apiKey: { auth: ApiAuth.apiKey({ clients: ['web'] }) },
  authorizer: { auth: ApiAuth.jwt({ issuer: 'https://issuer.example', audience: ['images'] }) },
  none: { auth: ApiAuth.none() },
};

const responses = (template: Template) => new Map(ofType(template, 'AWS::ApiGateway::GatewayResponse').map(({ Properties }) => {
  const response = Properties as unknown as GatewayResponse;
  return [response.ResponseType, response];
}));

const bodyOf = ({ ResponseTemplates }: GatewayResponse): Problem => JSON.parse(ResponseTemplates['application/json']) as Problem;

describe.each(Object.entries(AUTHS))('the gateway responses with %s', (mode, props) => {
  const all = responses(synth(props));

  it('have the body of the error responses of the handler, with status and media type', () => {
    for (const response of all.values()) {
      const body = bodyOf(response);
      expect(body.status).toBe(ERRORS[body.code].status);
      expect(response.StatusCode).toBe(String(body.status));
      expect(body).toMatchObject({ type: `urn:cdk-genai-image-api:error:${body.code}`, requestId: '$context.requestId', error: { message: body.detail } });
      expect(response.ResponseParameters['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'");
      expect(response.ResponseParameters['gatewayresponse.header.Cache-Control']).toBe("'no-store'");
    }
  });

  it('of known paths are in the OpenAPI document', () => {
    const document = openApiDocument({ ...APIS.all, auth: mode as 'iam' });
    const checker = new DocumentChecker(JSON.parse(JSON.stringify(document)) as typeof document);
    for (const response of all.values()) {
      const body = bodyOf(response);
      const headers = Object.fromEntries(Object.entries(response.ResponseParameters).map(([name, value]) => [name.replace('gatewayresponse.header.', ''), value.slice(1, -1)]));
      const actual = { status: Number(response.StatusCode), headers, text: JSON.stringify(body), isBase64: false };
      // the document describes no unknown paths
      if (body.code !== 'NOT_FOUND') expectDocumented(checker, 'POST', '/images', actual);
    }
  });

  it('are charged only if the function may have called a model', () => {
    const charged = [...all].flatMap(([type, response]) => (bodyOf(response).charged === 'no' ? [] : [[type, bodyOf(response).charged]]));
    expect(charged.sort()).toEqual([['DEFAULT_5XX', 'maybe'], ['INTEGRATION_TIMEOUT', 'maybe']]);
  });

  it('have a detail that starts in lower case and has no period', () => {
    for (const response of all.values()) expect(bodyOf(response).detail).toMatch(/^([a-z]|Incorrect API key provided;)[^]*[^.]$/);
  });

  it('contain no variable except the request id', () => {
    for (const { ResponseTemplates } of all.values()) {
      expect(ResponseTemplates['application/json'].replace('$context.requestId', '')).not.toMatch(/[$#]/);
    }
  });

  it('have Retry-After if and only if the status is 429', () => {
    for (const response of all.values()) {
      expect('gatewayresponse.header.Retry-After' in response.ResponseParameters).toBe(response.StatusCode === '429');
    }
  });

  it('have no CORS headers without origins', () => {
    expect(JSON.stringify([...all.values()])).not.toContain('Access-Control');
  });

  it('return 404 for an unknown path, or 403 that names it with IAM', () => {
    const expected: ErrorCode = mode === 'iam' ? 'FORBIDDEN' : 'NOT_FOUND';
    const body = bodyOf(all.get('MISSING_AUTHENTICATION_TOKEN')!);
    expect(body.code).toBe(expected);
    expect(body.detail).toContain('path or method does not exist');
    if (mode === 'iam') expect(body.detail).toContain('not signed');
  });
});

describe('the types of gateway responses', () => {
  const codes = (props: GenAiImageApiProps) =>
    Object.fromEntries([...responses(synth(props))].map(([type, response]) => [type, bodyOf(response).code]));
  const always = {
    DEFAULT_4XX: 'INVALID_REQUEST',
    DEFAULT_5XX: 'INTERNAL',
    BAD_REQUEST_BODY: 'INVALID_REQUEST',
    REQUEST_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
    UNSUPPORTED_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
    ACCESS_DENIED: 'FORBIDDEN',
    RESOURCE_NOT_FOUND: 'NOT_FOUND',
    WAF_FILTERED: 'FORBIDDEN',
    THROTTLED: 'THROTTLED',
    INTEGRATION_TIMEOUT: 'MODEL_TIMEOUT',
  };

  it('are those that API Gateway can return for the auth mode', () => {
    expect(codes(AUTHS.iam)).toEqual({ ...always, DEFAULT_4XX: 'FORBIDDEN', MISSING_AUTHENTICATION_TOKEN: 'FORBIDDEN', INVALID_SIGNATURE: 'FORBIDDEN', EXPIRED_TOKEN: 'FORBIDDEN' });
    expect(codes(AUTHS.apiKey)).toEqual({
      ...always, MISSING_AUTHENTICATION_TOKEN: 'NOT_FOUND', INVALID_API_KEY: 'UNAUTHENTICATED', QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
    });
    expect(codes(AUTHS.authorizer)).toEqual({
      ...always, MISSING_AUTHENTICATION_TOKEN: 'NOT_FOUND', UNAUTHORIZED: 'UNAUTHENTICATED', AUTHORIZER_FAILURE: 'INTERNAL', AUTHORIZER_CONFIGURATION_ERROR: 'INTERNAL',
    });
    expect(codes(AUTHS.none)).toEqual({ ...always, MISSING_AUTHENTICATION_TOKEN: 'NOT_FOUND' });
  });

  it('follow from the method options of a subclass of ApiAuth, whatever the owner', () => {
    class Protected extends ApiAuth {
      constructor(private readonly methodOptions: (scope: Construct) => apigateway.MethodOptions) { super(); }

      public override bind(scope: Construct): ApiAuthBinding {
        return { owner: OwnerSource.none(), methodOptions: this.methodOptions(scope) };
      }
    }
    const authorizer = (scope: Construct) => new apigateway.TokenAuthorizer(scope, 'Authorizer', {
      handler: lambda.Function.fromFunctionArn(scope, 'Fn', 'arn:aws:lambda:us-west-2:111122223333:function:fn'),
    });
    const protectedBy = (methodOptions: (scope: Construct) => apigateway.MethodOptions) => codes({ auth: new Protected(methodOptions) });
    const { CUSTOM, IAM, NONE } = apigateway.AuthorizationType;
    expect(protectedBy((scope) => ({ authorizer: authorizer(scope) }))).toEqual(codes(AUTHS.authorizer));
    expect(protectedBy((scope) => ({ authorizer: authorizer(scope), authorizationType: CUSTOM }))).toEqual(codes(AUTHS.authorizer));
    expect(protectedBy(() => ({ authorizationType: NONE, apiKeyRequired: true }))).toEqual(codes(AUTHS.apiKey));
    expect(protectedBy(() => ({ authorizationType: IAM }))).toEqual(codes(AUTHS.iam));
    expect(protectedBy(() => ({ authorizationType: IAM, apiKeyRequired: true }))).toEqual({ ...codes(AUTHS.apiKey), ...codes(AUTHS.iam) });
  });

  it('name the headers of the credentials', () => {
    const handler = lambda.Function.fromFunctionArn(testStack(), 'Fn', 'arn:aws:lambda:us-west-2:111122223333:function:fn');
    const detail = (headers?: string[]) => bodyOf(responses(synth({ auth: ApiAuth.custom(handler, { headers }) })).get('UNAUTHORIZED')!).detail;
    expect(detail()).toMatch(/; send a token in the header Authorization: Bearer <token>$/);
    expect(detail(['X-Tenant', 'X-Secret'])).toMatch(/; send them in the header X-Tenant and the header X-Secret$/);
  });

  it('contain the text by which clients recognize an invalid key', () => {
    const response = responses(synth(AUTHS.apiKey)).get('INVALID_API_KEY')!;
    expect(response.StatusCode).toBe('401');
    expect(bodyOf(response).error.message).toContain('Incorrect API key provided');
  });
});

describe('the CORS headers of gateway responses', () => {
  it.each([
    [['https://a.example'], "'https://a.example'"], [['*'], "'*'"], [['https://a.example', 'https://b.example'], "'*'"],
  ])('for the origins %j allow %s', (corsOrigins, allowed) => {
    for (const { ResponseParameters } of responses(synth({ corsOrigins })).values()) {
      expect(ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin']).toBe(allowed);
      expect(ResponseParameters['gatewayresponse.header.Access-Control-Expose-Headers']).toContain('Retry-After');
    }
  });
});

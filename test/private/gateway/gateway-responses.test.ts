import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ApiAuth, ApiAuthBinding, GenAiImageApiProps, OwnerSource } from '../../../src';
import { ErrorCode, ERRORS, Problem } from '../../../src/private/contract/errors';
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

describe.each(Object.entries(AUTHS))('under %s', (mode, props) => {
  const all = responses(synth(props));

  it('each error has the body of our own, with status and media type', () => {
    for (const response of all.values()) {
      const body = bodyOf(response);
      expect(body.status).toBe(ERRORS[body.code].status);
      expect(response.StatusCode).toBe(String(body.status));
      expect(body).toMatchObject({ type: `urn:cdk-genai-image-api:error:${body.code}`, requestId: '$context.requestId', error: { message: body.detail } });
      expect(response.ResponseParameters['gatewayresponse.header.Content-Type']).toBe("'application/problem+json'");
    }
  });

  it('each error of a known path is one that the document knows', () => {
    const document = openApiDocument({ ...APIS.all, auth: mode as 'iam' });
    const checker = new DocumentChecker(JSON.parse(JSON.stringify(document)) as typeof document);
    for (const response of all.values()) {
      const body = bodyOf(response);
      const headers = Object.fromEntries(Object.entries(response.ResponseParameters).map(([name, value]) => [name.replace('gatewayresponse.header.', ''), value.slice(1, -1)]));
      const answer = { status: Number(response.StatusCode), headers, text: JSON.stringify(body), isBase64: false };
      // a path that is unknown is in no document
      if (body.code !== 'NOT_FOUND') expect(() => expectDocumented(checker, 'POST', '/images', answer)).not.toThrow();
    }
  });

  it('the request id is the only thing the gateway fills in', () => {
    for (const { ResponseTemplates } of all.values()) {
      expect(ResponseTemplates['application/json'].replace('$context.requestId', '')).not.toMatch(/[$#]/);
    }
  });

  it('each 429, and nothing else, says when to come back', () => {
    for (const response of all.values()) {
      expect('gatewayresponse.header.Retry-After' in response.ResponseParameters).toBe(response.StatusCode === '429');
    }
  });

  it('has no CORS headers unless asked for', () => {
    expect(JSON.stringify([...all.values()])).not.toContain('Access-Control');
  });

  it('an unknown path is not confused with a missing right', () => {
    const expected: ErrorCode = mode === 'iam' ? 'FORBIDDEN' : 'NOT_FOUND';
    const body = bodyOf(all.get('MISSING_AUTHENTICATION_TOKEN')!);
    expect(body.code).toBe(expected);
    expect(body.detail).toContain('no such path');
    if (mode === 'iam') expect(body.detail).toContain('not signed');
  });
});

describe('types', () => {
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

  it('are those that can happen', () => {
    expect(codes(AUTHS.iam)).toEqual({ ...always, MISSING_AUTHENTICATION_TOKEN: 'FORBIDDEN', INVALID_SIGNATURE: 'FORBIDDEN', EXPIRED_TOKEN: 'FORBIDDEN' });
    expect(codes(AUTHS.apiKey)).toEqual({
      ...always, MISSING_AUTHENTICATION_TOKEN: 'NOT_FOUND', INVALID_API_KEY: 'UNAUTHENTICATED', QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
    });
    expect(codes(AUTHS.authorizer)).toEqual({
      ...always, MISSING_AUTHENTICATION_TOKEN: 'NOT_FOUND', UNAUTHORIZED: 'UNAUTHENTICATED', AUTHORIZER_FAILURE: 'INTERNAL', AUTHORIZER_CONFIGURATION_ERROR: 'INTERNAL',
    });
    expect(codes(AUTHS.none)).toEqual({ ...always, MISSING_AUTHENTICATION_TOKEN: 'NOT_FOUND' });
  });

  it('follow from how methods are protected, whoever owns the images', () => {
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

  it('say into which headers the credentials go', () => {
    const handler = lambda.Function.fromFunctionArn(testStack(), 'Fn', 'arn:aws:lambda:us-west-2:111122223333:function:fn');
    const detail = (headers?: string[]) => bodyOf(responses(synth({ auth: ApiAuth.custom(handler, { headers }) })).get('UNAUTHORIZED')!).detail;
    expect(detail()).toMatch(/tokens go into the header Authorization: Bearer <token>/);
    expect(detail(['X-Tenant', 'X-Secret'])).toMatch(/they go into the header X-Tenant and the header X-Secret\.$/);
  });

  it('have the words by which clients recognise a bad key', () => {
    const response = responses(synth(AUTHS.apiKey)).get('INVALID_API_KEY')!;
    expect(response.StatusCode).toBe('401');
    expect(bodyOf(response).error.message).toContain('Incorrect API key provided');
  });
});

describe('CORS', () => {
  it.each([
    [['https://a.example'], "'https://a.example'"], [['*'], "'*'"], [['https://a.example', 'https://b.example'], "'*'"],
  ])('for %p answers %s', (corsOrigins, allowed) => {
    for (const { ResponseParameters } of responses(synth({ corsOrigins })).values()) {
      expect(ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin']).toBe(allowed);
      expect(ResponseParameters['gatewayresponse.header.Access-Control-Expose-Headers']).toContain('Retry-After');
    }
  });
});

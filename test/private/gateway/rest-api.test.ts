import { type Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ApiAuth, type GenAiImageApiProps, ImageEdits, TextModel } from '../../../src';
import { ALLOWED_HEADERS, EXPOSED_HEADERS } from '../../../src/private/contract/routes';
import { builtRoutes, ofType, only, synth, textOf } from '../../helpers/stack';

interface Method {
  readonly HttpMethod: string;
  readonly AuthorizationType: string;
  readonly ApiKeyRequired?: boolean;
  readonly RequestModels?: unknown;
  readonly RequestValidatorId?: unknown;
  readonly Integration: {
    readonly Type: string;
    readonly TimeoutInMillis?: number;
    readonly IntegrationResponses?: { ResponseParameters: Record<string, string>; ResponseTemplates?: Record<string, string> }[];
  };
}

const methods = (template: Template) => ofType(template, 'AWS::ApiGateway::Method').map(({ Properties }) => Properties as unknown as Method);
const preflights = (template: Template) => methods(template).filter(({ HttpMethod }) => HttpMethod === 'OPTIONS');

describe('the REST API', () => {
  const template = synth();

  it('is regional, with binary media types for images and forms only', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
      BinaryMediaTypes: ['image/*', 'image/png', 'image/jpeg', 'image/webp', 'image/jpg', 'image/avif', 'image/apng', 'multipart/form-data'],
    });
  });

  it('has one permission to invoke the function', () => {
    const permission = only<{ Principal: string; SourceArn: unknown }>(template, 'AWS::Lambda::Permission');
    expect(permission.Principal).toBe('apigateway.amazonaws.com');
    expect(textOf(permission.SourceArn)).toMatch(/^arn:<AWS::Partition>:execute-api:us-west-2:111122223333:<ImagesApi\w+>\/\*\/\*\/\*$/);
  });

  it('has an integration timeout one second longer than the timeout of the function', () => {
    expect(new Set(methods(template).map(({ Integration }) => `${Integration.Type} ${Integration.TimeoutInMillis}`))).toEqual(new Set(['AWS_PROXY 29000']));
    template.hasResourceProperties('AWS::Lambda::Function', { Timeout: 28 });
  });

  it('validates only that JSON bodies are objects', () => {
    expect(only(template, 'AWS::ApiGateway::Model').Schema).toEqual({ $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' });
    expect(only(template, 'AWS::ApiGateway::RequestValidator')).toMatchObject({ ValidateRequestBody: true });
    expect(ofType(template, 'AWS::ApiGateway::Method').filter(({ Properties }) => 'RequestParameters' in Properties)).toEqual([]);
    const validated = methods(template).filter((method) => method.RequestValidatorId ?? method.RequestModels);
    expect(validated.map(({ HttpMethod }) => HttpMethod)).toEqual(['POST']);
    expect(validated[0].RequestModels).toEqual({ 'application/json': expect.anything() });
  });
});

describe('the routes', () => {
  const always = ['DELETE /images/{id}', 'GET /images', 'GET /images/{id}', 'GET /models', 'GET /openapi.json', 'POST /images'];
  const edits = ImageEdits.all();
  const textModel = TextModel.NOVA_2_LITE;

  it.each<[string, GenAiImageApiProps, string[]]>([
    ['no feature', {}, []],
    ['edits', { edits }, ['POST /images/edits', 'POST /images/uploads']],
    ['textModel', { textModel }, ['POST /text']],
    ['edits and textModel', { edits, textModel }, ['POST /images/edits', 'POST /images/uploads', 'POST /text']],
  ])('with %s are the standard routes and those of the feature', (_feature, props, more) => expect(builtRoutes(synth(props))).toEqual([...always, ...more].sort()));

  it('of features exist without owners, and have preflights', () => {
    expect(builtRoutes(synth({ edits, textModel, auth: ApiAuth.none(), corsOrigins: ['*'] }))).toEqual([
      'GET /images/{id}', 'GET /models', 'GET /openapi.json', 'OPTIONS /images', 'OPTIONS /images/edits', 'OPTIONS /images/uploads', 'OPTIONS /images/{id}',
      'OPTIONS /models', 'OPTIONS /openapi.json', 'OPTIONS /text', 'POST /images', 'POST /images/edits', 'POST /images/uploads', 'POST /text',
    ]);
  });

  it('of features require API keys like the others', () => {
    const posts = methods(synth({ edits, textModel, auth: ApiAuth.apiKey({ clients: ['web'] }) })).filter(({ HttpMethod }) => HttpMethod === 'POST');
    expect(posts.map(({ ApiKeyRequired }) => ApiKeyRequired)).toEqual([true, true, true, true]);
  });

  it('validate JSON bodies, except edits, which accept forms as well', () => {
    const posts = methods(synth({ edits, textModel })).filter(({ HttpMethod }) => HttpMethod === 'POST');
    expect(posts).toHaveLength(4);
    const [notValidated, ...others] = posts.filter(({ RequestModels }) => RequestModels === undefined);
    expect(others).toEqual([]);
    expect(JSON.stringify(notValidated)).toMatch(/edits/);
    for (const { RequestModels, RequestValidatorId } of posts.filter((post) => post !== notValidated)) {
      expect(RequestModels).toEqual({ 'application/json': expect.anything() });
      expect(RequestValidatorId).toBeDefined();
    }
  });
});

describe('the stage', () => {
  const template = synth();
  const { AccessLogSetting } = only<{ AccessLogSetting: { Format: string; DestinationArn: unknown } }>(template, 'AWS::ApiGateway::Stage');

  it('writes its access log to a separate log group', () => {
    expect(textOf(AccessLogSetting.DestinationArn)).toMatch(/^<ImagesAccessLogs\w+\.Arn>$/);
    template.resourceCountIs('AWS::Logs::LogGroup', 2);
  });

  it('logs JSON objects', () => {
    expect(JSON.parse(AccessLogSetting.Format)).toMatchObject({ requestId: '$context.requestId', route: '$context.resourcePath', status: '$context.status' });
  });

  it('logs no resolved path, query string, header, API key or body', () => {
    const variables = Object.values(JSON.parse(AccessLogSetting.Format) as Record<string, string>);
    const harmless = [
      'requestId', 'extendedRequestId', 'requestTimeEpoch', 'httpMethod', 'resourcePath', 'status', 'responseLatency', 'integrationLatency', 'integrationStatus',
      'responseLength', 'identity.sourceIp', 'identity.apiKeyId', 'identity.caller', 'error.responseType',
    ].map((name) => `$context.${name}`);
    expect(variables.filter((variable) => !harmless.includes(variable))).toEqual([]);
  });

  it('has neither data traces nor metrics by method, which have a cost', () => {
    const { MethodSettings } = only<{ MethodSettings: unknown[] }>(template, 'AWS::ApiGateway::Stage');
    expect(MethodSettings).toEqual([expect.objectContaining({ DataTraceEnabled: false, MetricsEnabled: false })]);
    expect(MethodSettings[0]).not.toHaveProperty('LoggingLevel');
  });

  it('is traced by X-Ray if tracing is active', () => {
    synth({ compute: { tracing: lambda.Tracing.ACTIVE } }).hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
    expect(only(template, 'AWS::ApiGateway::Stage')).not.toHaveProperty('TracingEnabled');
  });
});

describe('corsOrigins', () => {
  it('is empty by default: no preflights', () => expect(preflights(synth())).toEqual([]));

  describe('with one origin', () => {
    const template = synth({ corsOrigins: ['https://a.example'] });
    const headers = preflights(template).map(({ Integration }) => Integration.IntegrationResponses![0].ResponseParameters);

    it('adds one preflight for each path, without authorization', () => {
      expect(preflights(template).map(({ AuthorizationType, ApiKeyRequired }) => `${AuthorizationType} ${ApiKeyRequired}`)).toEqual(Array(4).fill('NONE false'));
    });

    it('allows the methods of each path', () => {
      expect(headers.map((each) => each['method.response.header.Access-Control-Allow-Methods']).sort()).toEqual(["'GET'", "'GET'", "'GET,DELETE'", "'POST,GET'"]);
    });

    it('allows the origin and the headers of the contract, and no credentials', () => {
      for (const each of headers) {
        expect(each).toMatchObject({
          'method.response.header.Access-Control-Allow-Origin': "'https://a.example'",
          'method.response.header.Access-Control-Allow-Headers': `'${ALLOWED_HEADERS.join(',')}'`,
          'method.response.header.Access-Control-Expose-Headers': `'${EXPOSED_HEADERS.join(',')}'`,
          'method.response.header.Access-Control-Max-Age': "'7200'",
        });
      }
      expect(JSON.stringify(template.toJSON())).not.toContain('Allow-Credentials');
    });
  });

  it('accepts several origins', () => {
    const [{ Integration }] = preflights(synth({ corsOrigins: ['https://a.example', 'https://b.example'] }));
    expect(JSON.stringify(Integration.IntegrationResponses![0].ResponseTemplates)).toContain('https://b.example');
  });

  it('fails for a URL with a path', () => {
    expect(() => synth({ corsOrigins: ['https://a.example/app'] })).toThrow("got 'https://a.example/app'; write 'https://a.example'");
  });
});

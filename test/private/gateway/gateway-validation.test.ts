import Ajv from 'ajv';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiRoutes, GenAiImageApi, LegacyMethod, LegacyReply } from '../../../src';
import { INVALID_REQUESTS } from '../../fixtures/invalid-requests';

interface Method {
  readonly HttpMethod: string;
  readonly RequestModels?: Record<string, { readonly Ref: string }>;
  readonly RequestValidatorId?: { readonly Ref: string };
  readonly RequestParameters?: Record<string, boolean>;
}

/**
 * API Gateway validates requests before the handler, and rejects them with one static text. So it must only reject requests about which
 * the handler can report nothing more. The local emulator does not validate requests, so it would not show a wrong rejection.
 */
describe('API Gateway', () => {
  const stack = new Stack(new App(), 'Stack');
  new GenAiImageApi(stack, 'Images');
  const template = Template.fromStack(stack);
  const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => Properties as Method);
  const post = methods.find(({ HttpMethod }) => HttpMethod === 'POST')!;

  const model = template.findResources('AWS::ApiGateway::Model')[post.RequestModels!['application/json'].Ref];
  // API Gateway uses JSON Schema draft 4; the keyword type means the same in each draft
  const { $schema, ...schema } = model.Properties.Schema;
  const accepts = new Ajv().compile(schema);

  it.each(INVALID_REQUESTS)('accepts a body with $name, which the handler validates', ({ body }) => {
    expect(accepts(body)).toBe(true);
  });

  it.each([[[]], ['text'], [5], [null], [true]])('rejects the body %j, which has no fields', (body) => {
    expect($schema).toMatch(/draft-04/);
    expect(accepts(body)).toBe(false);
  });

  it('validates JSON bodies with this model', () => {
    const validator = template.findResources('AWS::ApiGateway::RequestValidator')[post.RequestValidatorId!.Ref];
    expect(validator.Properties.ValidateRequestBody).toBe(true);
    expect(Object.keys(post.RequestModels!)).toEqual(['application/json']);
  });

  it('validates nothing else', () => {
    for (const { RequestParameters } of methods) expect(RequestParameters ?? {}).toEqual({});
    expect(methods.filter(({ RequestModels }) => RequestModels)).toEqual([post]);
  });
});

describe('API Gateway before a legacy route', () => {
  const stack = new Stack(new App(), 'Stack');
  new GenAiImageApi(stack, 'Images', {
    routes: [ApiRoutes.legacy({ path: '/generate-image', methods: [LegacyMethod.GET, LegacyMethod.POST], parameters: { n: 'count' }, reply: LegacyReply.presignedUrl() })],
  });
  const methods = Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::Method')).map(({ Properties }) => Properties as Method);
  const [get, post] = ['GET', 'POST'].map((method) => methods.find(({ HttpMethod }) => HttpMethod === method)!);

  it('accepts each query with a prompt, whose other errors the handler reports', () => {
    expect(Object.entries(get.RequestParameters!)).toEqual([['method.request.querystring.prompt', true]]);
    expect(get.RequestModels).toBeUndefined();
  });

  it('accepts each body and requests without a body, because existing clients send no Content-Type or all parameters in the query string', () => {
    for (const property of ['RequestModels', 'RequestParameters', 'RequestValidatorId']) expect(post).not.toHaveProperty(property);
  });
});

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
 * On AWS the gateway answers first, with one static text. So it may refuse only what the handler could say nothing better
 * about; the emulator drops validators and would hide a gateway that refuses more.
 */
describe('the gateway', () => {
  const stack = new Stack(new App(), 'Stack');
  new GenAiImageApi(stack, 'Images');
  const template = Template.fromStack(stack);
  const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => Properties as Method);
  const post = methods.find(({ HttpMethod }) => HttpMethod === 'POST')!;

  const model = template.findResources('AWS::ApiGateway::Model')[post.RequestModels!['application/json'].Ref];
  // API Gateway speaks JSON Schema draft 4; what a type check means is the same in every draft
  const { $schema, ...schema } = model.Properties.Schema;
  const lets = new Ajv().compile(schema);

  it.each(INVALID_REQUESTS)('accepts a body with $name, which the handler validates', ({ body }) => {
    expect(lets(body)).toBe(true);
  });

  it.each([[[]], ['text'], [5], [null], [true]])('stops the body %j, which has no fields to name', (body) => {
    expect($schema).toMatch(/draft-04/);
    expect(lets(body)).toBe(false);
  });

  it('really applies that model', () => {
    const validator = template.findResources('AWS::ApiGateway::RequestValidator')[post.RequestValidatorId!.Ref];
    expect(validator.Properties.ValidateRequestBody).toBe(true);
    expect(Object.keys(post.RequestModels!)).toEqual(['application/json']);
  });

  it('asks nothing else of any request', () => {
    for (const { RequestParameters } of methods) expect(RequestParameters ?? {}).toEqual({});
    expect(methods.filter(({ RequestModels }) => RequestModels)).toEqual([post]);
  });
});

describe('the gateway before routes of an older system', () => {
  const stack = new Stack(new App(), 'Stack');
  new GenAiImageApi(stack, 'Images', {
    routes: [ApiRoutes.legacy({ path: '/generate-image', methods: [LegacyMethod.GET, LegacyMethod.POST], parameters: { n: 'count' }, reply: LegacyReply.presignedUrl() })],
  });
  const methods = Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::Method')).map(({ Properties }) => Properties as Method);
  const [get, post] = ['GET', 'POST'].map((method) => methods.find(({ HttpMethod }) => HttpMethod === method)!);

  it('lets each query through that has a prompt, for the handler to name what else is wrong with it', () => {
    expect(Object.entries(get.RequestParameters!)).toEqual([['method.request.querystring.prompt', true]]);
    expect(get.RequestModels).toBeUndefined();
  });

  it('lets each body through, and none: old clients send no type, or put all into the query', () => {
    expect([post.RequestModels, post.RequestParameters, post.RequestValidatorId]).toEqual([undefined, undefined, undefined]);
  });
});

import { Lazy } from 'aws-cdk-lib';
import { type Template } from 'aws-cdk-lib/assertions';
import { ApiAuth, ApiRoutes, Delivery, type GenAiImageApiProps, ImageEdits, LegacyMethod, LegacyReply, type LegacyRouteOptions, TextModel } from '../../../src';
import { builtRoutes, handlerConfiguration, imageApi, ofType, only, synth, testApp, testStack } from '../../helpers/stack';

const TITAN: LegacyRouteOptions = {
  path: '/generate-image',
  methods: [LegacyMethod.GET, LegacyMethod.POST],
  parameters: { numberOfImages: 'count', cfgScale: 'cfgScale' },
  reply: LegacyReply.presignedUrl(),
};
const JOB: LegacyRouteOptions = {
  path: '/generate', promptParameter: 'text', parameters: { style: 'prompt', resolution: 'size' }, reply: LegacyReply.job({ statusPath: '/image/{image_id}' }),
};
const TEXT: LegacyRouteOptions = { path: '/text', reply: LegacyReply.text() };
const textModel = TextModel.inferenceProfile('us.amazon.nova-2-lite-v1:0', { region: 'us-east-1', destinationRegions: ['us-east-1'] });

interface Method {
  readonly HttpMethod: string;
  readonly ResourceId: { readonly Ref: string };
  readonly ApiKeyRequired?: boolean;
  readonly RequestParameters?: Record<string, boolean>;
  readonly RequestValidatorId?: unknown;
  readonly RequestModels?: unknown;
}

const methodsOf = (template: Template) => ofType(template, 'AWS::ApiGateway::Method').map(({ Properties }) => Properties as unknown as Method);

const legacy = (options: Partial<LegacyRouteOptions> = {}, more: GenAiImageApiProps = {}) =>
  synth({ routes: [ApiRoutes.legacy({ ...TITAN, ...options })], ...more });
const errorTypes = (template: Template) => ofType(template, 'AWS::ApiGateway::GatewayResponse').map(({ Properties }) => Properties.ResponseType);

describe('legacy routes', () => {
  it.each<[string, GenAiImageApiProps, string[]]>([
    ['one path', { routes: [ApiRoutes.legacy(TITAN)] }, ['GET /generate-image', 'POST /generate-image']],
    ['POST alone by default', { routes: [ApiRoutes.legacy({ ...TITAN, methods: undefined })] }, ['POST /generate-image']],
    ['two segments', { routes: [ApiRoutes.legacy({ ...TITAN, path: '/v1/image' })] }, ['GET /v1/image', 'POST /v1/image']],
    ['one path by two routes', {
      routes: [ApiRoutes.legacy({ ...TITAN, methods: [LegacyMethod.GET] }), ApiRoutes.legacy({ ...TITAN, methods: [LegacyMethod.POST], promptParameter: 'message' })],
    }, ['GET /generate-image', 'POST /generate-image']],
    ['text and image', { routes: [ApiRoutes.legacy(TEXT), ApiRoutes.legacy({ ...TITAN, path: '/image' })], textModel }, ['GET /image', 'POST /image', 'POST /text']],
    ['an asynchronous image', { routes: [ApiRoutes.legacy(JOB)], delivery: Delivery.queued() }, ['GET /image/{image_id}', 'POST /generate']],
    ['in addition to another set', { routes: [ApiRoutes.openAi(), ApiRoutes.legacy(TITAN)] }, ['GET /generate-image', 'GET /v1/models', 'POST /generate-image', 'POST /v1/images/generations']],
  ])('build their methods and the OpenAPI document only: %s', (_case, props, expected) => {
    expect(builtRoutes(synth(props))).toEqual([...expected, 'GET /openapi.json'].sort());
  });

  it('can have the path of a standard route that is not built', () => {
    const paths = ['/text', '/images/edits'].map((path) => ApiRoutes.legacy({ ...TITAN, methods: [LegacyMethod.POST], path }));
    expect(builtRoutes(synth({ routes: [ApiRoutes.standard(), ...paths] }))).toEqual(expect.arrayContaining(['POST /images/edits', 'POST /text']));
  });

  it('can be the only routes that use the text model', () => {
    const routes = [ApiRoutes.legacy({ ...TITAN, parameters: { better: 'enhancePrompt' } })];
    expect(builtRoutes(synth({ routes, textModel }))).toContain('POST /generate-image');
  });

  it('require API keys like other routes', () => {
    expect(methodsOf(legacy({}, { auth: ApiAuth.apiKey({ clients: ['web'] }) })).map(({ ApiKeyRequired }) => ApiKeyRequired)).toEqual([true, true, true]);
  });

  it('have preflights, which expose the header X-Ignored-Parameters', () => {
    expect(builtRoutes(legacy({}, { corsOrigins: ['*'] }))).toContain('OPTIONS /generate-image');
    expect(JSON.stringify(legacy({}, { corsOrigins: ['*'] }).toJSON())).toContain('X-Ignored-Parameters');
  });
});

describe('API Gateway', () => {
  it('requires the prompt parameter of a GET request by its name, and validates no body', () => {
    const template = legacy({ promptParameter: 'text.1' });
    expect(only(template, 'AWS::ApiGateway::RequestValidator')).toMatchObject({ ValidateRequestParameters: true });
    const [get, post] = ['GET', 'POST'].map((method) => methodsOf(template).find(({ HttpMethod }) => HttpMethod === method)!);
    expect(get).toMatchObject({ RequestParameters: { 'method.request.querystring.text.1': true }, RequestValidatorId: expect.anything() });
    expect(get).not.toHaveProperty('RequestModels');
    for (const property of ['RequestParameters', 'RequestModels', 'RequestValidatorId']) expect(post).not.toHaveProperty(property);
  });

  /** Returns the gateway response for a missing query parameter. */
  const missing = (template: Template) => ofType(template, 'AWS::ApiGateway::GatewayResponse')
    .find(({ Properties }) => Properties.ResponseType === 'BAD_REQUEST_PARAMETERS')!.Properties as {
    readonly StatusCode: string; readonly ResponseTemplates: Record<string, string>; readonly ResponseParameters: Record<string, string>;
  };

  it('names the missing parameter in a response that browsers can read', () => {
    const { StatusCode, ResponseTemplates, ResponseParameters } = missing(legacy({}, { corsOrigins: ['https://a.example'] }));
    expect(StatusCode).toBe('400');
    expect(JSON.parse(ResponseTemplates['application/json'])).toMatchObject({
      code: 'INVALID_REQUEST',
      detail: 'the required query parameter prompt is missing or empty',
      errors: [{ pointer: 'prompt', detail: 'is required: a string' }],
      error: { param: 'prompt' },
    });
    expect(ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin']).toBe("'https://a.example'");
  });

  it('names all required parameters if routes have different ones', () => {
    const template = synth({ routes: [ApiRoutes.legacy(TITAN), ApiRoutes.legacy({ ...TITAN, path: '/b', promptParameter: 'q' }), ApiRoutes.legacy({ ...TITAN, path: '/c' })] });
    const body = JSON.parse(missing(template).ResponseTemplates['application/json']);
    expect(body).toMatchObject({ detail: 'a required query parameter is missing or empty: prompt or q', error: { param: null } });
    expect(body).not.toHaveProperty('errors');
  });

  it('has no such response if no parameter is required', () => {
    expect(errorTypes(synth())).not.toContain('BAD_REQUEST_PARAMETERS');
    expect(errorTypes(legacy({ methods: [LegacyMethod.POST] }))).not.toContain('BAD_REQUEST_PARAMETERS');
  });
});

describe('the configuration of the handler', () => {
  it('has the routes with defaults', () => {
    const { routes, legacy: configured } = handlerConfiguration(synth({
      routes: [
        ApiRoutes.legacy(TITAN),
        ApiRoutes.standard(),
        ApiRoutes.legacy({ path: '/save', reply: LegacyReply.storedMessage('Saved') }),
        ApiRoutes.legacy({ path: '/image', reply: LegacyReply.base64() }),
      ],
    }));
    expect(routes).toEqual(['standard']);
    expect(configured).toEqual([
      { path: '/generate-image', methods: ['GET', 'POST'], prompt: 'prompt', parameters: { numberOfImages: 'count', cfgScale: 'cfgScale' }, reply: 'presignedUrl' },
      { path: '/save', methods: ['POST'], prompt: 'prompt', parameters: { seed: 'seed' }, reply: 'storedMessage', message: 'Saved' },
      { path: '/image', methods: ['POST'], prompt: 'prompt', parameters: {}, reply: 'base64' },
    ]);
  });

  it('has no legacy routes by default', () => expect(handlerConfiguration(synth())).not.toHaveProperty('legacy'));

  it('is limited in size: synthesis fails and names the prop routes', () => {
    const app = testApp();
    const many = Array.from({ length: 12 }, (_, index) => ApiRoutes.legacy({
      ...TITAN, path: `/route-${index}`, parameters: Object.fromEntries(Array.from({ length: 10 }, (__, name) => [`parameter_${name}`, 'seed'])),
    }));
    imageApi({ routes: many }, testStack(undefined, app));
    expect(() => app.synth()).toThrow(/its largest part is 'routes'/);
  });
});

describe('the options of ApiRoutes.legacy()', () => {
  const path = (value: string) => ({ routes: [ApiRoutes.legacy({ ...TITAN, path: value })] });
  const route = (options: Partial<LegacyRouteOptions>) => ({ routes: [ApiRoutes.legacy({ ...TITAN, ...options })] });
  const of = "of the legacy route '/generate-image'";
  const token = Lazy.string({ produce: () => 'x' });
  const statusPath = "'statusPath' of the legacy route '/generate'";
  const job = (where: string) => (
    { routes: [ApiRoutes.legacy({ ...JOB, reply: LegacyReply.job({ statusPath: where }) })], delivery: Delivery.queued() }
  );

  it.each<[GenAiImageApiProps, string]>([
    ...['generate', '/', '/a/b/c', '/a//b', '/ä', '/a b', '/{id}', '/a/', ''].map((value): [GenAiImageApiProps, string] => [
      path(value), `'path' of ApiRoutes.legacy() must be one or two segments of letters, digits and . _ -, each after a slash, for example '/generate-image', got '${value}'`,
    ]),
    [path('/openapi.json'), "'path' of ApiRoutes.legacy() must be none of /ping, /sping, /openapi.json, which are reserved, got '/openapi.json'"],
    [path('/ping'), "which are reserved, got '/ping'"],
    [path(token), "'path' of ApiRoutes.legacy() must be known at synthesis"],
    [{ routes: [ApiRoutes.standard(), ...path('/images').routes] }, "'routes' must have each route once, got 'GET /images' more than once"],
    [{ routes: [ApiRoutes.openAi(), ...path('/v1/models').routes] }, "got 'GET /v1/models' more than once"],
    [{ routes: [ApiRoutes.legacy(TITAN), ApiRoutes.legacy(TITAN)] }, "got 'POST /generate-image' more than once"],
    [route({ methods: [LegacyMethod.GET, LegacyMethod.GET] }), "got 'GET /generate-image' more than once"],
    [route({ methods: [] }), `'methods' ${of} must contain at least one method; remove it for [LegacyMethod.POST]`],
    [route({ methods: ['PUT' as LegacyMethod] }), `'methods' ${of} must contain members of LegacyMethod, got 'PUT'`],
    [route({ promptParameter: 'my prompt' }), `'promptParameter' ${of} must be 1 to 64 letters, digits and . _ -, known at synthesis, got 'my prompt'`],
    [route({ promptParameter: token }), `'promptParameter' ${of} must be`],
    [route({ parameters: { 'n()': 'count' } }), `names in 'parameters' ${of} must be 1 to 64 letters, digits and . _ -, known at synthesis, got 'n()'`],
    [route({ parameters: { prompt: 'negativePrompt' } }), `'parameters' ${of} must not contain 'prompt', which is its 'promptParameter'`],
    ...['/..', '/a/.', '/a/POST', '/OPTIONS', '/constructor'].map((value): [GenAiImageApiProps, string] => [
      path(value), `'path' of ApiRoutes.legacy() must have no segment '${value.split('/').pop()}', got '${value}'`,
    ]),
    [route({ parameters: { w: 'width' } }), `'parameters' ${of} must contain both 'width' and 'height' or neither, got 'width'`],
    [route({ parameters: { better: 'enhancePrompt' } }), "'parameters' of the legacy route '/generate-image' name 'enhancePrompt', which needs 'textModel'"],
    [{ ...route({}), edits: ImageEdits.all() }, "'edits' needs a route for edits; add ApiRoutes.standard() or ApiRoutes.openAi() to 'routes'"],
    [route({ parameters: { n: 'amount' } }), `'parameters.n' ${of} must be one of prompt, negativePrompt, model, aspectRatio, width`],
    [route({ parameters: { n: 'response' } }), "got 'response'"],
    [route({ parameters: { t: 'temperature' } }), "got 'temperature'"],
    [{ routes: [ApiRoutes.legacy({ ...TEXT, parameters: { n: 'count' } })], textModel }, "'parameters.n' of the legacy route '/text' must be one of prompt, system, temperature, topP, maxTokens, stopSequences, got 'count'"],
    [{ routes: [ApiRoutes.legacy(TEXT)] }, "the legacy route '/text' has LegacyReply.text(), which needs 'textModel', for example TextModel.NOVA_2_LITE"],
    [{ routes: [ApiRoutes.legacy(TITAN)], textModel }, "'textModel' needs a route for text; add ApiRoutes.standard(), or a legacy route with LegacyReply.text(), to 'routes'"],
    [{ routes: [ApiRoutes.standard(), ApiRoutes.legacy(TEXT)], textModel }, "got 'POST /text' more than once"],
    [route({ parameters: { w: 'width', h: 'height', resolution: 'size' } }), `'parameters' ${of} must contain either 'size' or 'width' and 'height', got all`],
    [{ routes: [ApiRoutes.legacy({ ...TEXT, parameters: { n: 'size' } })], textModel }, "got 'size'"],
    [{ routes: [ApiRoutes.legacy(JOB)] }, "the legacy route '/generate' has LegacyReply.job(), which needs 'delivery' to be Delivery.queued()"],
    [job('/image'), `${statusPath} must be one or two segments of letters, digits and . _ -, then the id in braces, named with 1 to 64 letters, digits and _, for example '/image/{image_id}', got '/image'`],
    ...['/{id}', '/image/{image-id}', '/a/b/c/{id}', '/image/{id}/x', 'image/{id}'].map((value): [GenAiImageApiProps, string] => [
      job(value), `${statusPath} must be one or two segments of letters, digits and . _ -, then the id in braces, named with 1 to 64 letters, digits and _, for example '/image/{image_id}', got '${value}'`,
    ]),
    [job('/image/{status}'), `${statusPath} must not use these response fields as the name of the id: status, estimated_time, image_url, `],
    [job('/GET/{id}'), `${statusPath} must have no segment 'GET'`],
    [job(token), `${statusPath} must be known at synthesis: a route is built from it`],
    [{ ...job('/images/{id}'), routes: [...job('/images/{id}').routes, ApiRoutes.standard()] }, "'routes' must have each route once, got 'GET /images/{id}' more than once; give a legacy route another 'path' or 'statusPath'"],
    [{ ...job('/images/{key}'), routes: [...job('/images/{key}').routes, ApiRoutes.standard()] },
      "'routes' must have one variable below '/images', got '/images/{key}' and '/images/{id}'; give 'statusPath' of the legacy route another path"],
    [route({ reply: LegacyReply.storedMessage(' ') }), `the text of LegacyReply.storedMessage() ${of} must have 1 to 200 characters, got 0`],
    [route({ reply: LegacyReply.storedMessage('x'.repeat(201)) }), 'got 201'],
  ])('fail for invalid values (%#)', (props, message) => expect(() => synth(props)).toThrow(message));

  it('fail in one error that lists all problems', () => {
    expect(() => synth(route({ path: 'x', methods: [], parameters: { 'a b': 'c' } }))).toThrow(/'path'[^]*'methods'[^]*names in 'parameters'[^]*'parameters.a b'/);
  });

  it('accept a message that is only known at deployment', () => {
    expect(handlerConfiguration(synth(route({ reply: LegacyReply.storedMessage(token) }))).legacy).toMatchObject([{ reply: 'storedMessage', message: 'x' }]);
  });
});

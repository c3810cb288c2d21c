import { Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiAuth, ApiRoutes, Delivery, GenAiImageApiProps, ImageEdits, LegacyMethod, LegacyReply, LegacyRouteOptions, TextModel } from '../../../src';
import { CONFIGURATION_VARIABLE } from '../../../src/private/contract/configuration';
import { builtRoutes, imageApi, ofType, only, synth, testApp, testStack } from '../../helpers/stack';

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

describe('routes', () => {
  it.each<[string, GenAiImageApiProps, string[]]>([
    ['one path', { routes: [ApiRoutes.legacy(TITAN)] }, ['GET /generate-image', 'POST /generate-image']],
    ['POST alone by default', { routes: [ApiRoutes.legacy({ ...TITAN, methods: undefined })] }, ['POST /generate-image']],
    ['two segments', { routes: [ApiRoutes.legacy({ ...TITAN, path: '/v1/image' })] }, ['GET /v1/image', 'POST /v1/image']],
    ['one path by two routes', {
      routes: [ApiRoutes.legacy({ ...TITAN, methods: [LegacyMethod.GET] }), ApiRoutes.legacy({ ...TITAN, methods: [LegacyMethod.POST], promptParameter: 'message' })],
    }, ['GET /generate-image', 'POST /generate-image']],
    ['text and image', { routes: [ApiRoutes.legacy(TEXT), ApiRoutes.legacy({ ...TITAN, path: '/image' })], textModel }, ['GET /image', 'POST /image', 'POST /text']],
    ['an image that is drawn later', { routes: [ApiRoutes.legacy(JOB)], delivery: Delivery.queued() }, ['GET /image/{image_id}', 'POST /generate']],
    ['beside the others', { routes: [ApiRoutes.openAi(), ApiRoutes.legacy(TITAN)] }, ['GET /generate-image', 'GET /v1/models', 'POST /generate-image', 'POST /v1/images/generations']],
  ])('build their own methods only, beside the document: %s', (_, props, expected) => {
    expect(builtRoutes(synth(props))).toEqual([...expected, 'GET /openapi.json'].sort());
  });

  it('may have the path of one that is not built', () => {
    const paths = ['/text', '/images/edits'].map((path) => ApiRoutes.legacy({ ...TITAN, methods: [LegacyMethod.POST], path }));
    expect(builtRoutes(synth({ routes: [ApiRoutes.standard(), ...paths] }))).toEqual(expect.arrayContaining(['POST /images/edits', 'POST /text']));
  });

  it('may be all that a text model is for', () => {
    const routes = [ApiRoutes.legacy({ ...TITAN, parameters: { better: 'enhancePrompt' } })];
    expect(builtRoutes(synth({ routes, textModel }))).toContain('POST /generate-image');
  });

  it('ask for what the others ask', () => {
    expect(methodsOf(legacy({}, { auth: ApiAuth.apiKey({ clients: ['web'] }) })).map(({ ApiKeyRequired }) => ApiKeyRequired)).toEqual([true, true, true]);
  });

  it('have preflights', () => {
    expect(builtRoutes(legacy({}, { corsOrigins: ['*'] }))).toContain('OPTIONS /generate-image');
    expect(JSON.stringify(legacy({}, { corsOrigins: ['*'] }).toJSON())).toContain('X-Ignored-Parameters');
  });
});

describe('the gateway', () => {
  it('requires the prompt of a GET, by its name, and looks into no body', () => {
    const template = legacy({ promptParameter: 'text.1' });
    expect(only(template, 'AWS::ApiGateway::RequestValidator')).toMatchObject({ ValidateRequestParameters: true });
    const [get, post] = ['GET', 'POST'].map((method) => methodsOf(template).find(({ HttpMethod }) => HttpMethod === method)!);
    expect([get.RequestParameters, get.RequestModels]).toEqual([{ 'method.request.querystring.text.1': true }, undefined]);
    expect(get.RequestValidatorId).toBeDefined();
    expect([post.RequestParameters, post.RequestModels, post.RequestValidatorId]).toEqual([undefined, undefined, undefined]);
  });

  const missing = (template: Template) => ofType(template, 'AWS::ApiGateway::GatewayResponse')
    .find(({ Properties }) => Properties.ResponseType === 'BAD_REQUEST_PARAMETERS')!.Properties as {
    readonly StatusCode: string; readonly ResponseTemplates: Record<string, string>; readonly ResponseParameters: Record<string, string>;
  };

  it('says which parameter is missing, in our words and readable by browsers', () => {
    const { StatusCode, ResponseTemplates, ResponseParameters } = missing(legacy({}, { corsOrigins: ['https://a.example'] }));
    expect(StatusCode).toBe('400');
    expect(JSON.parse(ResponseTemplates['application/json'])).toMatchObject({
      code: 'INVALID_REQUEST',
      detail: 'The query parameter prompt is required, and is missing or empty.',
      errors: [{ pointer: 'prompt', detail: 'is required: a string' }],
      error: { param: 'prompt' },
    });
    expect(ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin']).toBe("'https://a.example'");
  });

  it('names both where routes call it differently', () => {
    const template = synth({ routes: [ApiRoutes.legacy(TITAN), ApiRoutes.legacy({ ...TITAN, path: '/b', promptParameter: 'q' }), ApiRoutes.legacy({ ...TITAN, path: '/c' })] });
    const body = JSON.parse(missing(template).ResponseTemplates['application/json']);
    expect(body).toMatchObject({ detail: 'A query parameter that this route requires is missing or empty: prompt or q.', error: { param: null } });
    expect(body).not.toHaveProperty('errors');
  });

  it('has no such answer where nothing is required', () => {
    expect(errorTypes(synth())).not.toContain('BAD_REQUEST_PARAMETERS');
    expect(errorTypes(legacy({ methods: [LegacyMethod.POST] }))).not.toContain('BAD_REQUEST_PARAMETERS');
  });
});

describe('the handler', () => {
  const told = (props: GenAiImageApiProps) => {
    const { Environment } = only<{ Environment: { Variables: Record<string, { 'Fn::Join': [string, unknown[]] }> } }>(synth(props), 'AWS::Lambda::Function');
    const text = Environment.Variables[CONFIGURATION_VARIABLE]['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'x')).join('');
    return JSON.parse(text) as Record<string, unknown>;
  };

  it('is told the routes, with defaults', () => {
    const { routes, legacy: configured } = told({ routes: [ApiRoutes.legacy(TITAN), ApiRoutes.standard(), ApiRoutes.legacy({ path: '/save', reply: LegacyReply.storedMessage('Saved') }), ApiRoutes.legacy({ path: '/image', reply: LegacyReply.base64() })] });
    expect(routes).toEqual(['standard']);
    expect(configured).toEqual([
      { path: '/generate-image', methods: ['GET', 'POST'], prompt: 'prompt', parameters: { numberOfImages: 'count', cfgScale: 'cfgScale' }, reply: 'presignedUrl' },
      { path: '/save', methods: ['POST'], prompt: 'prompt', parameters: { seed: 'seed' }, reply: 'storedMessage', message: 'Saved' },
      { path: '/image', methods: ['POST'], prompt: 'prompt', parameters: {}, reply: 'base64' },
    ]);
  });

  it('is told nothing of them where there are none', () => expect(told({})).not.toHaveProperty('legacy'));

  it('fails to be told too much, and says by which prop', () => {
    const app = testApp();
    const many = Array.from({ length: 12 }, (_, index) => ApiRoutes.legacy({
      ...TITAN, path: `/route-${index}`, parameters: Object.fromEntries(Array.from({ length: 10 }, (__, name) => [`parameter_${name}`, 'seed'])),
    }));
    imageApi({ routes: many }, testStack(undefined, app));
    expect(() => app.synth()).toThrow(/its biggest part is 'routes'/);
  });
});

describe('options are checked', () => {
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
    [path('/openapi.json'), "'path' of ApiRoutes.legacy() must be none of /ping, /sping, /openapi.json, which are taken, got '/openapi.json'"],
    [path('/ping'), "which are taken, got '/ping'"],
    [path(token), "'path' of ApiRoutes.legacy() must be known at synthesis"],
    [{ routes: [ApiRoutes.standard(), ...path('/images').routes] }, "'routes' must have each route once, got 'GET /images' more than once"],
    [{ routes: [ApiRoutes.openAi(), ...path('/v1/models').routes] }, "got 'GET /v1/models' more than once"],
    [{ routes: [ApiRoutes.legacy(TITAN), ApiRoutes.legacy(TITAN)] }, "got 'POST /generate-image' more than once"],
    [route({ methods: [LegacyMethod.GET, LegacyMethod.GET] }), "got 'GET /generate-image' more than once"],
    [route({ methods: [] }), `'methods' ${of} must hold at least one; leave it out for [LegacyMethod.POST]`],
    [route({ methods: ['PUT' as LegacyMethod] }), `'methods' ${of} must hold members of LegacyMethod, got 'PUT'`],
    [route({ promptParameter: 'my prompt' }), `'promptParameter' ${of} must be 1 to 64 letters, digits and . _ -, known at synthesis, got 'my prompt'`],
    [route({ promptParameter: token }), `'promptParameter' ${of} must be`],
    [route({ parameters: { 'n()': 'count' } }), `names in 'parameters' ${of} must be 1 to 64 letters, digits and . _ -, known at synthesis, got 'n()'`],
    [route({ parameters: { prompt: 'negativePrompt' } }), `'parameters' ${of} must not hold 'prompt', which is its 'promptParameter'`],
    ...['/..', '/a/.', '/a/POST', '/OPTIONS', '/constructor'].map((value): [GenAiImageApiProps, string] => [
      path(value), `'path' of ApiRoutes.legacy() must have no segment '${value.split('/').pop()}', got '${value}'`,
    ]),
    [route({ parameters: { w: 'width' } }), `'parameters' ${of} must name both 'width' and 'height', which go together, or neither, got 'width'`],
    [route({ parameters: { better: 'enhancePrompt' } }), "'parameters' of the legacy route '/generate-image' name 'enhancePrompt', which needs 'textModel'"],
    [{ ...route({}), edits: ImageEdits.all() }, "'edits' needs a route for edits; add ApiRoutes.standard() or ApiRoutes.openAi() to 'routes'"],
    [route({ parameters: { n: 'amount' } }), `'parameters.n' ${of} must be one of prompt, negativePrompt, model, aspectRatio, width`],
    [route({ parameters: { n: 'response' } }), "got 'response'"],
    [route({ parameters: { t: 'temperature' } }), "got 'temperature'"],
    [{ routes: [ApiRoutes.legacy({ ...TEXT, parameters: { n: 'count' } })], textModel }, "'parameters.n' of the legacy route '/text' must be one of prompt, system, temperature, topP, maxTokens, stopSequences, got 'count'"],
    [{ routes: [ApiRoutes.legacy(TEXT)] }, "the legacy route '/text' answers with LegacyReply.text(), which needs 'textModel', for example TextModel.NOVA_2_LITE"],
    [{ routes: [ApiRoutes.legacy(TITAN)], textModel }, "'textModel' needs a route for text; add ApiRoutes.standard(), or a legacy route with LegacyReply.text(), to 'routes'"],
    [{ routes: [ApiRoutes.standard(), ApiRoutes.legacy(TEXT)], textModel }, "got 'POST /text' more than once"],
    [route({ parameters: { w: 'width', h: 'height', resolution: 'size' } }), `'parameters' ${of} must name either 'size' or 'width' and 'height', got all`],
    [{ routes: [ApiRoutes.legacy({ ...TEXT, parameters: { n: 'size' } })], textModel }, "got 'size'"],
    [{ routes: [ApiRoutes.legacy(JOB)] }, "the legacy route '/generate' answers with LegacyReply.job(), which needs 'delivery' to be Delivery.queued()"],
    [job('/image'), `${statusPath} must be one or two segments of letters, digits and . _ -, then the id in braces, called by 1 to 64 letters, digits and _, for example '/image/{image_id}', got '/image'`],
    ...['/{id}', '/image/{image-id}', '/a/b/c/{id}', '/image/{id}/x', 'image/{id}'].map((value): [GenAiImageApiProps, string] => [
      job(value), `${statusPath} must be one or two segments of letters, digits and . _ -, then the id in braces, called by 1 to 64 letters, digits and _, for example '/image/{image_id}', got '${value}'`,
    ]),
    [job('/image/{status}'), `${statusPath} must call the id by none of status, estimated_time, image_url, `],
    [job('/GET/{id}'), `${statusPath} must have no segment 'GET'`],
    [job(token), `${statusPath} must be known at synthesis: a route is built from it`],
    [{ ...job('/images/{id}'), routes: [...job('/images/{id}').routes, ApiRoutes.standard()] }, "'routes' must have each route once, got 'GET /images/{id}' more than once; give a legacy route another 'path' or 'statusPath'"],
    [{ ...job('/images/{key}'), routes: [...job('/images/{key}').routes, ApiRoutes.standard()] },
      "'routes' must have one variable below '/images', got '/images/{key}' and '/images/{id}'; give 'statusPath' of the legacy route another path"],
    [route({ reply: LegacyReply.storedMessage(' ') }), `the text of LegacyReply.storedMessage() ${of} must have 1 to 200 characters, got 0`],
    [route({ reply: LegacyReply.storedMessage('x'.repeat(201)) }), 'got 201'],
  ])('fails when one is wrong: %#', (props, message) => expect(() => synth(props)).toThrow(message));

  it('names all that is wrong at once', () => {
    expect(() => synth(route({ path: 'x', methods: [], parameters: { 'a b': 'c' } }))).toThrow(/'path'[^]*'methods'[^]*names in 'parameters'[^]*'parameters.a b'/);
  });

  it('takes a message that is only known at deployment', () => {
    expect(() => synth(route({ reply: LegacyReply.storedMessage(token) }))).not.toThrow();
  });
});

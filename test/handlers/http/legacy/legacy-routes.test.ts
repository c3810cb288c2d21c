import { ApiError } from '../../../../src/handlers/shared/api-error';
import type { ConfiguredLegacyRoute, HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { CONFIGURATION, PNG, throttled, World, type Call } from '../../../helpers/world';

const NOVA_2 = 'amazon.nova-2-lite-v1:0';
const BASE64 = PNG.toString('base64');

const TITAN: ConfiguredLegacyRoute = {
  path: '/generate-image',
  methods: ['GET', 'POST'],
  prompt: 'prompt',
  parameters: { numberOfImages: 'count', height: 'height', width: 'width', ratio: 'aspectRatio', cfgScale: 'cfgScale', seed: 'seed', model_id: 'model', modelId: 'model', better: 'enhancePrompt', source: 'image' },
  reply: 'presignedUrl',
};
const SAVED: ConfiguredLegacyRoute = {
  path: '/image-generation', methods: ['POST'], prompt: 'message', parameters: { n: 'count', start: 'seed' }, reply: 'storedMessage', message: 'Image Saved to S3',
};
const IMAGE: ConfiguredLegacyRoute = { path: '/image', methods: ['POST'], prompt: 'prompt', parameters: { n: 'count', format: 'outputFormat' }, reply: 'base64' };
const TEXT: ConfiguredLegacyRoute = {
  path: '/text', methods: ['GET', 'POST'], prompt: 'question', parameters: { temperature: 'temperature', topP: 'topP', top_p: 'topP', stop: 'stopSequences' }, reply: 'text',
};

const LEGACY: HandlerConfiguration = {
  ...CONFIGURATION, routes: [], legacy: [TITAN, SAVED, IMAGE, TEXT], textModel: { id: NOVA_2, region: 'us-east-1', call: `us.${NOVA_2}` },
};

let world: World;
beforeEach(() => { world = new World(LEGACY); });

const get = (query: Record<string, string>, call: Call = {}) => world.call('GET /generate-image', { query, ...call });
const post = (body: unknown, call: Call = {}) => world.call('POST /generate-image', { body, ...call });
const save = (body: unknown, call: Call = {}) => world.call('POST /image-generation', { body, ...call });
const image = (body: unknown, call: Call = {}) => world.call('POST /image', { body, ...call });

describe('the reply presignedUrl', () => {
  it.each([['GET', () => get({ prompt: 'a fox' })], ['POST', () => post({ prompt: 'a fox' })]])('contains the legacy fields and those of POST /images: %s', async (_method, call) => {
    const { status, json, headers } = await call();
    expect(status).toBe(200);
    expect(json).toMatchObject({ statusCode: 200, id: expect.any(String), status: 'succeeded', prompt: 'a fox', images: [{ contentType: 'image/png' }] });
    expect(json.body).toBe(json.images[0].url);
    expect(json.body).toMatch(/^https:\/\/signed\/images\/.*for=3600$/);
    expect(json).not.toHaveProperty('ignoredParameters');
    expect(headers).not.toHaveProperty('X-Ignored-Parameters');
    expect(headers['Cache-Control']).toBe('no-store');
  });

  it('records the image for the owner of the request', async () => {
    await get({ prompt: 'a fox' }, { keyId: 'key-b' });
    expect(world.records.items).toMatchObject([{ owner: 'client:bob', prompt: 'a fox' }]);
  });

  it('contains a data URL if the image could not be stored', async () => {
    world.store.fails = () => true;
    const { status, json } = await get({ prompt: 'a fox' });
    expect({ status, json }).toMatchObject({ status: 200, json: { body: `data:image/png;base64,${BASE64}`, warning: 'STORAGE_FAILED' } });
    expect(json.images).toEqual([expect.not.objectContaining({ base64: expect.anything() })]);
  });

  it('is 404 for a repeated request if the image has expired', async () => {
    const headers = { 'idempotency-key': 'k' };
    await get({ prompt: 'a fox' }, { headers });
    const [record] = world.records.items;
    world.records.items.splice(0, 1, { ...record, imageExpiresAt: world.time });
    expect((await get({ prompt: 'a fox' }, { headers })).status).toBe(404);
  });
});

describe('the reply base64', () => {
  it('contains the image only once, and the prompt', async () => {
    const { status, json, text } = await image({ prompt: 'a fox' });
    expect({ status, json }).toMatchObject({ status: 200, json: { image: BASE64, prompt: 'a fox' } });
    expect(text.split(BASE64)).toHaveLength(2);
  });

  it('contains all images of a request', async () => {
    const { json } = await image({ prompt: 'a fox', n: 2 });
    expect(json.image).toEqual(BASE64);
    expect(json.images[0].base64).toBeUndefined();
    expect(json.images[1].base64).toEqual(BASE64);
  });

  it('contains a URL if the image is too large', async () => {
    world.models.respond = ({ seed }) => ({ bytes: Buffer.alloc(4_194_305), seed, contentType: 'image/png', width: 1, height: 1 });
    const { json } = await image({ prompt: 'a fox' });
    expect(json).toMatchObject({ warning: 'INLINE_TOO_LARGE', url: expect.stringMatching(/^https:/) });
    expect(json.image).toBeUndefined();
  });

  it('contains image and prompt for a repeated request, even if prompts are not stored', async () => {
    world = new World({ ...LEGACY, policy: { retention: 'none' } });
    const headers = { 'idempotency-key': 'k' };
    const responses = [await image({ prompt: 'a fox' }, { headers }), await image({ prompt: 'a fox' }, { headers })];
    expect(responses.map(({ json }) => [json.image, json.prompt])).toEqual([[BASE64, 'a fox'], [BASE64, 'a fox']]);
    expect(world.models.calls).toHaveLength(1);
  });
});

describe('the reply storedMessage', () => {
  it('contains the message and the key of the image', async () => {
    const { status, json } = await save({ message: 'a fox' });
    expect({ status, json }).toMatchObject({ status: 200, json: { message: 'Image Saved to S3', prompt: 'a fox' } });
    expect([...world.store.objects.keys()]).toEqual([json.key]);
  });

  it('is 500 with the seed if the image could not be stored', async () => {
    world.store.fails = () => true;
    const { status, json, text } = await save({ message: 'a fox' });
    expect({ status, json }).toMatchObject({ status: 500, json: { code: 'INTERNAL' } });
    expect(text).not.toContain('Image Saved');
    const [, start] = /the same request with start (\d+) generates it again/.exec(String(json.detail))!;
    world.store.fails = undefined;
    await save({ message: 'a fox', start });
    expect(world.models.calls.map(({ seed }) => seed)).toEqual([Number(start), Number(start)]);
  });
});

describe('the reply text', () => {
  it.each([
    ['POST', { body: { question: 'why', temperature: 0.5, top_p: 0.9 } }],
    ['GET', { query: { question: 'why', temperature: '0.5', top_p: '0.9' } }],
  ])('contains the text that is generated with legacy parameters: %s', async (method, call) => {
    const { status, json } = await world.call(`${method} /text`, call);
    expect(status).toBe(200);
    expect(json).toMatchObject({ statusCode: 200, body: 'why, in oil', text: 'why, in oil', model: NOVA_2 });
    expect(world.textModel.calls).toMatchObject([{ prompt: 'why', temperature: 0.5, topP: 0.9 }]);
  });

  it('is 400 for an Idempotency-Key, because a repeated request is charged', async () => {
    const { status, json } = await world.call('POST /text', { body: { question: 'why' }, headers: { 'Idempotency-Key': 'k' } });
    expect({ status, json }).toMatchObject({ status: 400, json: { errors: [{ pointer: 'Idempotency-Key' }] } });
    expect(world.textModel.calls).toEqual([]);
  });

  it('is 400 when two legacy names have the same meaning', async () => {
    const { status, json } = await world.call('POST /text', { body: { question: 'why', topP: 0.1, top_p: 0.9 } });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/top_p', detail: 'has the same meaning as topP; send only one of them' }]);
  });

  it.each(['topP', 'top_p'])('is 400 with the legacy name %s', async (name) => {
    const { json } = await world.call('POST /text', { body: { question: 'why', [name]: 2 } });
    expect(json.errors).toEqual([{ pointer: `/${name}`, detail: expect.stringMatching(/from 0 to 1 for amazon\.nova-2-lite-v1:0, got 2$/) }]);
  });

  it('is 400 with the index of an invalid array item', async () => {
    const { json } = await world.call('POST /text', { body: { question: 'why', stop: ['a', ''] } });
    expect(json.errors).toEqual([{ pointer: '/stop/1', detail: expect.stringMatching(/^must be a string/) }]);
  });

  it('converts a query parameter to an array with one item', async () => {
    expect((await world.call('GET /text', { query: { question: 'why', stop: 'END' } })).status).toBe(200);
    expect(world.textModel.calls).toMatchObject([{ stopSequences: ['END'] }]);
  });

  it('reports unknown parameters', async () => {
    const { json, headers } = await world.call('POST /text', { body: { question: 'why', top_k: 5 } });
    expect(json.ignoredParameters).toEqual(['top_k']);
    expect(headers['X-Ignored-Parameters']).toBe('top_k');
  });
});

describe('parameters of a legacy route', () => {
  it.each([
    ['a query', () => get({ prompt: 'a fox', numberOfImages: '2', width: '1280', height: '720', seed: '7' })],
    ['a body', () => post({ prompt: 'a fox', numberOfImages: 2, width: 1280, height: 720, seed: 7 })],
    ['a body with strings', () => post({ prompt: 'a fox', numberOfImages: '2', width: '1280', height: '720', seed: '7' })],
    ['a body and a query', () => post({ prompt: 'a fox', numberOfImages: 2 }, { query: { prompt: 'a cat', width: '1280', height: '720', seed: '7' } })],
    ['a body with another content type', () => post(undefined, {
      rawBody: '{"prompt":"a fox","numberOfImages":2,"width":1280,"height":720,"seed":7}', headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })],
  ])('are read from %s', async (_source, call) => {
    const { status, json } = await call();
    expect(status).toBe(200);
    expect(json.images).toEqual([expect.objectContaining({ seed: 7 }), expect.objectContaining({ seed: 8 })]);
    expect(world.models.calls[0]).toMatchObject({ prompt: 'a fox', aspectRatio: '16:9', seed: 7 });
  });

  it('are the last value of a repeated query parameter, as in the event of API Gateway', async () => {
    expect((await world.call('GET /generate-image', { query: { prompt: ['a cat', 'a fox'] } })).json).toMatchObject({ statusCode: 200, prompt: 'a fox' });
  });

  it('are read from the query of a POST without a body', async () => {
    expect((await post(undefined, { query: { prompt: 'a fox' } })).json).toMatchObject({ statusCode: 200, prompt: 'a fox' });
  });

  it.each(['null', '\n', 'prompt=a+cat'])('are read from the query of a POST if the body has no fields: %j', async (rawBody) => {
    expect((await post(undefined, { rawBody, query: { prompt: 'a fox' } })).json).toMatchObject({ statusCode: 200, prompt: 'a fox' });
  });

  it('are read from the query if they are empty in the body', async () => {
    const { json } = await post({ prompt: null, seed: '' }, { query: { prompt: 'a fox', seed: '7' } });
    expect(json.prompt).toBe('a fox');
    expect(json.images[0].seed).toBe(7);
  });

  it('are not read from the body of a GET', async () => {
    expect((await get({}, { body: { prompt: 'a fox' } })).status).toBe(400);
  });

  it('are ignored and reported if they are unknown or the model does not support them', async () => {
    const { status, json, headers } = await get({ prompt: 'a fox', cfgScale: '8.0', quality: 'premium', user_id: 'a@b.c' });
    expect(status).toBe(200);
    expect(json.ignoredParameters).toEqual(['cfgScale', 'quality', 'user_id']);
    expect(headers['X-Ignored-Parameters']).toBe('cfgScale, quality, user_id');
    expect(world.models.calls[0]).not.toHaveProperty('cfgScale');
  });

  it('are used if the requested model supports them', async () => {
    world = new World({ ...LEGACY, models: [...LEGACY.models, { id: 'sdxl', region: 'us-west-2', family: 'stability-v1-text_prompts' }] });
    const { json } = await get({ prompt: 'a fox', modelId: 'sdxl', cfgScale: '8.5' });
    expect(json.model).toBe('sdxl');
    expect(json.ignoredParameters).toBeUndefined();
    expect(world.models.calls[0]).toMatchObject({ cfgScale: 8.5 });
    // an empty parameter with the same meaning has no effect
    expect((await get({ prompt: 'a fox', model_id: '', modelId: 'sdxl', cfgScale: '8.5' })).json).not.toHaveProperty('ignoredParameters');
  });

  it('are absent if they are empty', async () => {
    expect((await get({ prompt: 'a fox', seed: '', user_id: '' })).json).not.toHaveProperty('ignoredParameters');
    expect((await post({ prompt: 'a fox', seed: null, width: null, cfgScale: null })).status).toBe(200);
  });

  it.each([['true', true], ['false', false]])('can be the boolean %s in a query', async (better, isEnhanced) => {
    const { status, json } = await get({ prompt: 'a fox', better });
    expect(status).toBe(200);
    expect(json.enhancedPrompt).toEqual(isEnhanced ? 'a fox, in oil' : undefined);
  });

  it('are ignored if they need a text model and there is none', async () => {
    world = new World({ ...LEGACY, textModel: undefined });
    expect((await get({ prompt: 'a fox', better: 'true' })).json.ignoredParameters).toEqual(['better']);
  });

  it('are reported with encoded, truncated and limited names', async () => {
    const long = 'x'.repeat(1000);
    const { json, headers } = await post(JSON.parse(`{"prompt":"a fox","__proto__":1,"a, b\\r\\nX-Evil: 1":2,"ü\\ud800":3,"${long}":4}`));
    expect(json.ignoredParameters).toEqual(['__proto__', 'a, b\r\nX-Evil: 1', 'ü\ud800', 'x'.repeat(64)]);
    expect(headers['X-Ignored-Parameters']).toBe(`__proto__, a%2C%20b%0D%0AX-Evil%3A%201, %C3%BC%3F, ${'x'.repeat(64)}`);
    const many = await post({ prompt: 'a fox', ...Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`p${index}`, 1])) });
    expect(many.json.ignoredParameters).toHaveLength(20);
    // each character has 12 bytes in the header
    const wide = await post({ prompt: 'a fox', ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${'𝄞'.repeat(60)}${index}`, 1])) });
    expect(wide.headers['X-Ignored-Parameters'].length).toBeGreaterThan(1_000);
    expect(wide.headers['X-Ignored-Parameters'].length).toBeLessThanOrEqual(2_000);
  });
});

describe('an invalid legacy request', () => {
  it('returns 400 when a query was not UTF-8, which API Gateway replaces', async () => {
    const { status, json } = await get({ prompt: 'K\ufffdse' });
    expect({ status, errors: json.errors }).toEqual({ status: 400, errors: [{ pointer: 'prompt', detail: expect.stringMatching(/^must not contain U\+FFFD, got it at 1/) }] });
    expect(world.models.calls).toHaveLength(0);
  });

  it.each<[Record<string, string>, string, RegExp]>([
    [{ numberOfImages: '5' }, 'numberOfImages', /^must be an integer from 1 to 4, got 5$/],
    [{ numberOfImages: '0' }, 'numberOfImages', /got 0$/],
    [{ seed: '4294967296' }, 'seed', /^must be an integer from 0 to 4294967295 for stability\.stable-image-core-v1:1, got 4294967296$/],
    [{ seed: 'many' }, 'seed', /got "many"$/],
    [{ seed: '1.5' }, 'seed', /got 1.5$/],
    [{ seed: '0x10' }, 'seed', /got "0x10"$/],
    [{ seed: 'Infinity' }, 'seed', /got "Infinity"$/],
    [{ width: '512' }, 'height', /^is required together with width$/],
    [{ model_id: '', modelId: 'x' }, 'modelId', /^must be one of stability/],
    [{ modelId: 'amazon.titan-image-generator-v1' }, 'modelId', /^must be one of stability/],
    [{ better: 'yes' }, 'better', /^must be true or false, got "yes"$/],
  ])('returns 400 with the name of the query parameter: %j', async (query, pointer, detail) => {
    const { status, json } = await get({ prompt: 'a fox', ...query });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
    expect(json.error).toMatchObject({ param: pointer });
    expect(world.models.calls).toEqual([]);
  });

  it('returns details that contain the legacy names of other fields', async () => {
    world = new World({ ...LEGACY, legacy: [{ ...TITAN, parameters: { w: 'width', h: 'height', ratio: 'aspectRatio' } }] });
    const errorsOf = async (query: Record<string, string>) => (await get({ prompt: 'a fox', ...query })).json.errors;
    expect(await errorsOf({ w: '512' })).toEqual([{ pointer: 'h', detail: 'is required together with w' }]);
    const detail = 'cannot be combined with ratio';
    expect(await errorsOf({ w: '512', h: '512', ratio: '1:1' })).toEqual([{ pointer: 'w', detail }, { pointer: 'h', detail }]);
  });

  it('returns errors with the standard name of a field that has no legacy name', async () => {
    world = new World({ ...LEGACY, legacy: [{ ...TITAN, parameters: { w: 'width' } }] });
    expect((await get({ prompt: 'a fox', w: '512' })).json.errors).toEqual([{ pointer: '/height', detail: 'is required together with w' }]);
  });

  it('returns errors with the name of their field, also after a valid size', async () => {
    world = new World({ ...LEGACY, legacy: [{ ...TITAN, parameters: { size: 'size', start: 'seed' } }] });
    const { json } = await get({ prompt: 'a fox', size: '1024x1024', start: '4294967296' });
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['start']);
  });

  it.each<[object, Call, string]>([
    [{ numberOfImages: 5, prompt: 'a fox' }, {}, '/numberOfImages'],
    [{ prompt: 'a fox' }, { query: { numberOfImages: '5' } }, 'numberOfImages'],
    [{ prompt: 7 }, {}, '/prompt'],
    [{ prompt: 'a fox', modelId: 7 }, {}, '/modelId'],
    [{}, {}, '/prompt'],
    [{ prompt: ' ' }, {}, '/prompt'],
  ])('returns 400 with a pointer to the body or the query: %j %j', async (body, call, pointer) => {
    const { status, json } = await post(body, call);
    expect(status).toBe(400);
    expect(json.errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('returns 400 with the legacy name of the prompt', async () => {
    const { status, json } = await save({ message: 'x'.repeat(10_001) });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/message', detail: expect.stringMatching(/1 to 10000 characters.*got a string of 10001 characters/) }]);
  });

  it.each(['', null])('returns 400 with the value of an empty prompt: %j', async (message) => {
    const detail = `must be a string of 1 to 10000 characters for stability.stable-image-core-v1:1, got ${JSON.stringify(message)}`;
    expect(await save({ message })).toMatchObject({ status: 400, json: { errors: [{ pointer: '/message', detail }] } });
  });

  it.each(['', 'null', ' \n'])('returns 400 for a missing prompt if body and query are empty: %j', async (rawBody) => {
    const { status, json } = await post(undefined, { rawBody });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/prompt', detail: expect.stringMatching(/^is required/) }]);
  });

  it.each([['[1]', /must be a JSON object/], ['{"prompt"', /not valid JSON/]])('returns 400 for the body %s', async (rawBody, detail) => {
    expect(await post(undefined, { rawBody })).toMatchObject({ status: 400, json: { detail: expect.stringMatching(detail) } });
  });

  it('returns 400 with the name of the Idempotency-Key header', async () => {
    const { status, json } = await get({ prompt: 'a fox' }, { headers: { 'idempotency-key': ' ' } });
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['Idempotency-Key']);
  });
});

describe('a failed legacy request', () => {
  it.each<[string, () => Error, number, string]>([
    ['a filtered prompt', () => new ApiError('CONTENT_FILTERED', 'the model filtered the prompt'), 422, 'CONTENT_FILTERED'],
    ['a model error', () => new ApiError('MODEL_ERROR', 'the model failed'), 502, 'MODEL_ERROR'],
    ['an unavailable model', () => new ApiError('MODEL_UNAVAILABLE', 'the operator must enable the model'), 502, 'MODEL_UNAVAILABLE'],
    ['a timeout', () => new ApiError('MODEL_TIMEOUT', 'too slow'), 504, 'MODEL_TIMEOUT'],
    ['a bug', () => new TypeError('x is undefined'), 500, 'INTERNAL'],
  ])('returns an error status, never 200: %s', async (_case, error, status, code) => {
    for (const call of [() => get({ prompt: 'a fox' }), () => save({ message: 'a fox' }), () => image({ prompt: 'a fox' })]) {
      world.models.failWith(error());
      const response = await call();
      expect(response).toMatchObject({ status, json: { code }, headers: { 'Content-Type': 'application/problem+json' } });
      expect(response.json).not.toHaveProperty('statusCode');
    }
  });

  it('is retried when it is throttled, and then returns Retry-After', async () => {
    world.models.failWith(throttled());
    expect((await get({ prompt: 'a fox' })).status).toBe(200);
    world.models.failWith(throttled(), throttled(), throttled());
    expect(await get({ prompt: 'a fox' })).toMatchObject({ status: 429, headers: { 'Retry-After': '20' } });
  });

  it('returns the other images if one of them failed', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'filtered'));
    const { status, json } = await get({ prompt: 'a fox', numberOfImages: '2' });
    expect(status).toBe(200);
    expect(json.images).toHaveLength(1);
    expect(json.failures).toEqual([expect.objectContaining({ code: 'CONTENT_FILTERED' })]);
    expect(json.body).toBe(json.images[0].url);
  });
});

describe('an Idempotency-Key on a legacy route', () => {
  it.each([['GET', () => get({ prompt: 'a fox' }, { headers: { 'idempotency-key': 'k' } })], ['POST', () => post({ prompt: 'a fox' }, { headers: { 'Idempotency-Key': 'k' } })]])('generates one image for repeated requests: %s', async (_method, call) => {
    const responses = [await call(), await call()];
    expect(new Set(responses.map(({ json }) => json.id)).size).toBe(1);
    expect(world.models.calls).toHaveLength(1);
  });

  it('is optional: without it, each request is charged', async () => {
    await get({ prompt: 'a fox' });
    await get({ prompt: 'a fox' });
    expect(world.models.calls).toHaveLength(2);
  });
});

describe('legacy routes', () => {
  it('are limited to the configured methods', async () => {
    expect((await world.call('GET /image-generation', { query: { message: 'a fox' } })).status).toBe(404);
  });

  it('return errors in their own format, even below /v1', async () => {
    world = new World({ ...LEGACY, legacy: [{ ...IMAGE, path: '/v1/image' }] });
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'filtered'));
    expect(await world.call('POST /v1/image', { body: { prompt: 'a fox' } })).toMatchObject({ status: 422, json: { code: 'CONTENT_FILTERED' } });
  });

  it('have priority over standard routes with the same path', async () => {
    expect((await world.call('POST /text', { body: { question: 'why' } })).json).toHaveProperty('body');
  });

  it('do not return images of another owner, by id or by Idempotency-Key', async () => {
    const { json: { id } } = await get({ prompt: 'a fox' }, { headers: { 'idempotency-key': 'k' } });
    const other = await get({ prompt: 'a fox' }, { keyId: 'key-b', headers: { 'idempotency-key': 'k' } });
    expect(other.status).toBe(200);
    expect(other.json.id).not.toBe(id);
    expect(world.models.calls).toHaveLength(2);
    const withInputImage = { ...TITAN, parameters: { source: 'image', strength: 'strength' } };
    world = new World({ ...LEGACY, legacy: [withInputImage], models: [{ id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }] });
    const mine = await get({ prompt: 'a fox' });
    const query = { prompt: 'a fox', source: mine.json.id, strength: '0.5' };
    expect((await get(query, { keyId: 'key-b' })).status).toBe(404);
    // the image was found: it has one pixel, and the model rejects its size
    expect((await get(query)).json.errors).toEqual([{ pointer: 'source', detail: expect.stringContaining('pixels') }]);
  });

  it('do not log prompts or queries', async () => {
    await get({ prompt: 'a secret fox', user_id: 'a@b.c' });
    expect(world.logs.join('')).not.toMatch(/secret|a@b\.c/);
    expect(world.logs.join('')).toContain('GET /generate-image');
  });
});

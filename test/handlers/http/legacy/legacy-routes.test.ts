import { ApiError } from '../../../../src/handlers/shared/errors';
import type { ConfiguredLegacyRoute, HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { CONFIGURATION, PNG, throttled, World, type Call } from '../../../helpers/world';

const NOVA_2 = 'amazon.nova-2-lite-v1:0';
const BASE64 = PNG.toString('base64');

const TITAN: ConfiguredLegacyRoute = {
  path: '/generate-image',
  methods: ['GET', 'POST'],
  prompt: 'prompt',
  parameters: { numberOfImages: 'count', height: 'height', width: 'width', ratio: 'aspectRatio', cfgScale: 'cfgScale', seed: 'seed', model_id: 'model', modelId: 'model', better: 'enhancePrompt', picture: 'image' },
  reply: 'presignedUrl',
};
const SAVED: ConfiguredLegacyRoute = {
  path: '/image-generation', methods: ['POST'], prompt: 'message', parameters: { start: 'seed' }, reply: 'storedMessage', message: 'Image Saved to S3',
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

const get = (query: Record<string, string>, more: Call = {}) => world.call('GET /generate-image', { query, ...more });
const post = (body: unknown, more: Call = {}) => world.call('POST /generate-image', { body, ...more });
const save = (body: unknown, more: Call = {}) => world.call('POST /image-generation', { body, ...more });
const image = (body: unknown, more: Call = {}) => world.call('POST /image', { body, ...more });

describe('reply presignedUrl', () => {
  it.each([['GET', () => get({ prompt: 'a fox' })], ['POST', () => post({ prompt: 'a fox' })]])('holds the old fields and those of today: %s', async (_method, call) => {
    const { status, json, headers } = await call();
    expect(status).toBe(200);
    expect(json).toMatchObject({ statusCode: 200, id: expect.any(String), status: 'succeeded', prompt: 'a fox', images: [{ contentType: 'image/png' }] });
    expect(json.body).toBe(json.images[0].url);
    expect(json.body).toMatch(/^https:\/\/signed\/images\/.*for=3600$/);
    expect(json).not.toHaveProperty('ignoredParameters');
    expect(headers).not.toHaveProperty('X-Ignored-Parameters');
    expect(headers['Cache-Control']).toBe('no-store');
  });

  it('is of an image that its owner, and nobody else, owns', async () => {
    await get({ prompt: 'a fox' }, { keyId: 'key-b' });
    expect(world.records.items).toMatchObject([{ owner: 'client:bob', prompt: 'a fox' }]);
  });

  it('holds the image itself where the bucket did not take it', async () => {
    world.store.fails = () => true;
    const { status, json } = await get({ prompt: 'a fox' });
    expect([status, json.body, json.warning]).toEqual([200, `data:image/png;base64,${BASE64}`, 'STORAGE_FAILED']);
    expect(json.images).toEqual([expect.not.objectContaining({ base64: expect.anything() })]);
  });

  it('is 404 for a repeated request whose image has expired', async () => {
    const headers = { 'idempotency-key': 'k' };
    await get({ prompt: 'a fox' }, { headers });
    const [record] = world.records.items;
    world.records.items.splice(0, 1, { ...record, imageExpiresAt: world.time });
    expect((await get({ prompt: 'a fox' }, { headers })).status).toBe(404);
  });
});

describe('reply base64', () => {
  it('holds the picture once, and the prompt', async () => {
    const { status, json, text } = await image({ prompt: 'a fox' });
    expect([status, json.image, json.prompt]).toEqual([200, BASE64, 'a fox']);
    expect(text.split(BASE64)).toHaveLength(2);
  });

  it('holds all of several', async () => {
    const { json } = await image({ prompt: 'a fox', n: 2 });
    expect([json.image, json.images[0].base64, json.images[1].base64]).toEqual([BASE64, undefined, BASE64]);
  });

  it('holds a URL where the picture is too large', async () => {
    world.models.respond = ({ seed }) => ({ bytes: Buffer.alloc(4_194_305), seed, contentType: 'image/png', width: 1, height: 1 });
    const { json } = await image({ prompt: 'a fox' });
    expect([json.image, json.warning, json.url]).toEqual([undefined, 'INLINE_TOO_LARGE', expect.stringMatching(/^https:/)]);
  });

  it('holds picture and prompt for a repeated request too, whatever is kept of the prompt', async () => {
    world = new World({ ...LEGACY, policy: { retention: 'none' } });
    const headers = { 'idempotency-key': 'k' };
    const answers = [await image({ prompt: 'a fox' }, { headers }), await image({ prompt: 'a fox' }, { headers })];
    expect(answers.map(({ json }) => [json.image, json.prompt])).toEqual([[BASE64, 'a fox'], [BASE64, 'a fox']]);
    expect(world.models.calls).toHaveLength(1);
  });
});

describe('reply storedMessage', () => {
  it('says so, and where the image lies', async () => {
    const { status, json } = await save({ message: 'a fox' });
    expect([status, json.message, json.prompt]).toEqual([200, 'Image Saved to S3', 'a fox']);
    expect([...world.store.objects.keys()]).toEqual([json.key]);
  });

  it('says nothing of the kind where nothing was stored', async () => {
    world.store.fails = () => true;
    const { status, json, text } = await save({ message: 'a fox' });
    expect([status, json.code]).toEqual([500, 'INTERNAL']);
    expect(text).not.toContain('Image Saved');
    const [, start] = /the same request with start (\d+) generates it again/.exec(String(json.detail))!;
    world.store.fails = undefined;
    await save({ message: 'a fox', start });
    expect(world.models.calls.map(({ seed }) => seed)).toEqual([Number(start), Number(start)]);
  });
});

describe('reply text', () => {
  it.each([
    ['POST', { body: { question: 'why', temperature: 0.5, top_p: 0.9 } }],
    ['GET', { query: { question: 'why', temperature: '0.5', top_p: '0.9' } }],
  ])('is the text, with parameters of the old system: %s', async (method, call) => {
    const { status, json } = await world.call(`${method} /text`, call);
    expect([status, json]).toEqual([200, expect.objectContaining({ statusCode: 200, body: 'why, in oil', text: 'why, in oil', model: NOVA_2 })]);
    expect(world.texts.calls).toMatchObject([{ prompt: 'why', temperature: 0.5, topP: 0.9 }]);
  });

  it('refuses two names for one thing', async () => {
    const { status, json } = await world.call('POST /text', { body: { question: 'why', topP: 0.1, top_p: 0.9 } });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/top_p', detail: 'has the same meaning as topP; send only one of them' }]]);
  });

  it.each(['topP', 'top_p'])('refuses %s by the spelling that was sent', async (name) => {
    const { json } = await world.call('POST /text', { body: { question: 'why', [name]: 2 } });
    expect(json.errors).toEqual([{ pointer: `/${name}`, detail: expect.stringMatching(/from 0 to 1 for amazon\.nova-2-lite-v1:0, got 2$/) }]);
  });

  it('names the item of a list that is wrong', async () => {
    const { json } = await world.call('POST /text', { body: { question: 'why', stop: ['a', ''] } });
    expect(json.errors).toEqual([{ pointer: '/stop/1', detail: expect.stringMatching(/^must be a string/) }]);
  });

  it('takes one text of a query for a list of one', async () => {
    expect((await world.call('GET /text', { query: { question: 'why', stop: 'END' } })).status).toBe(200);
    expect(world.texts.calls).toMatchObject([{ stopSequences: ['END'] }]);
  });

  it('reports what it does not know', async () => {
    const { json, headers } = await world.call('POST /text', { body: { question: 'why', top_k: 5 } });
    expect([json.ignoredParameters, headers['X-Ignored-Parameters']]).toEqual([['top_k'], 'top_k']);
  });
});

describe('parameters', () => {
  it.each([
    ['a query', () => get({ prompt: 'a fox', numberOfImages: '2', width: '1280', height: '720', seed: '7' })],
    ['a body', () => post({ prompt: 'a fox', numberOfImages: 2, width: 1280, height: 720, seed: 7 })],
    ['a body of texts', () => post({ prompt: 'a fox', numberOfImages: '2', width: '1280', height: '720', seed: '7' })],
    ['a body and a query', () => post({ prompt: 'a fox', numberOfImages: 2 }, { query: { prompt: 'a cat', width: '1280', height: '720', seed: '7' } })],
    ['a body of a type that is not said, or wrong', () => post(undefined, {
      rawBody: '{"prompt":"a fox","numberOfImages":2,"width":1280,"height":720,"seed":7}', headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })],
  ])('are passed on from %s', async (_from, call) => {
    const { status, json } = await call();
    expect([status, json.images]).toEqual([200, [expect.objectContaining({ seed: 7 }), expect.objectContaining({ seed: 8 })]]);
    expect(world.models.calls[0]).toMatchObject({ prompt: 'a fox', aspectRatio: '16:9', seed: 7 });
  });

  it('come from the last of a parameter that is there twice, as API Gateway reads it', async () => {
    expect((await world.call('GET /generate-image', { query: { prompt: ['a cat', 'a fox'] } })).json).toMatchObject({ statusCode: 200, prompt: 'a fox' });
  });

  it('come from the query of a POST without a body', async () => {
    expect((await post(undefined, { query: { prompt: 'a fox' } })).json).toMatchObject({ statusCode: 200, prompt: 'a fox' });
  });

  it.each(['null', '\n', 'prompt=a+cat'])('come from the query of a POST whose body says nothing: %j', async (rawBody) => {
    expect((await post(undefined, { rawBody, query: { prompt: 'a fox' } })).json).toMatchObject({ statusCode: 200, prompt: 'a fox' });
  });

  it('come from the query where the body leaves them empty', async () => {
    const { json } = await post({ prompt: null, seed: '' }, { query: { prompt: 'a fox', seed: '7' } });
    expect([json.prompt, json.images[0].seed]).toEqual(['a fox', 7]);
  });

  it('do not come from the body of a GET', async () => {
    expect((await get({}, { body: { prompt: 'a fox' } })).status).toBe(400);
  });

  it('are ignored and reported where the model lacks them, or nobody knows them', async () => {
    const { status, json, headers } = await get({ prompt: 'a fox', cfgScale: '8.0', quality: 'premium', user_id: 'a@b.c' });
    expect([status, json.ignoredParameters]).toEqual([200, ['cfgScale', 'quality', 'user_id']]);
    expect(headers['X-Ignored-Parameters']).toBe('cfgScale, quality, user_id');
    expect(world.models.calls[0]).not.toHaveProperty('cfgScale');
  });

  it('are honoured where the model that was named has them', async () => {
    world = new World({ ...LEGACY, models: [...LEGACY.models, { id: 'sdxl', region: 'us-west-2', family: 'stability-v1-text_prompts' }] });
    const { json } = await get({ prompt: 'a fox', modelId: 'sdxl', cfgScale: '8.5' });
    expect([json.model, json.ignoredParameters]).toEqual(['sdxl', undefined]);
    expect(world.models.calls[0]).toMatchObject({ cfgScale: 8.5 });
    // another name for it, which nobody filled in, says nothing
    expect((await get({ prompt: 'a fox', model_id: '', modelId: 'sdxl', cfgScale: '8.5' })).json).not.toHaveProperty('ignoredParameters');
  });

  it('are taken for absent where they are empty', async () => {
    expect((await get({ prompt: 'a fox', seed: '', user_id: '' })).json).not.toHaveProperty('ignoredParameters');
    expect((await post({ prompt: 'a fox', seed: null, width: null, cfgScale: null })).status).toBe(200);
  });

  it.each([['true', true], ['false', false]])('can be %s in a query', async (better, isEnhanced) => {
    const { status, json } = await get({ prompt: 'a fox', better });
    expect([status, json.enhancedPrompt]).toEqual([200, isEnhanced ? 'a fox, in oil' : undefined]);
  });

  it('that need a text model are ignored without one', async () => {
    world = new World({ ...LEGACY, textModel: undefined });
    expect((await get({ prompt: 'a fox', better: 'true' })).json.ignoredParameters).toEqual(['better']);
  });

  it('have names that an answer can carry, whatever was sent', async () => {
    const long = 'x'.repeat(1000);
    const { json, headers } = await post(JSON.parse(`{"prompt":"a fox","__proto__":1,"a, b\\r\\nX-Evil: 1":2,"ü\\ud800":3,"${long}":4}`));
    expect(json.ignoredParameters).toEqual(['__proto__', 'a, b\r\nX-Evil: 1', 'ü\ud800', 'x'.repeat(64)]);
    expect(headers['X-Ignored-Parameters']).toBe(`__proto__, a%2C%20b%0D%0AX-Evil%3A%201, %C3%BC%3F, ${'x'.repeat(64)}`);
    const many = await post({ prompt: 'a fox', ...Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`p${index}`, 1])) });
    expect(many.json.ignoredParameters).toHaveLength(20);
    // 12 bytes each in a header
    const wide = await post({ prompt: 'a fox', ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${'𝄞'.repeat(60)}${index}`, 1])) });
    expect(wide.headers['X-Ignored-Parameters'].length).toBeGreaterThan(1_000);
    expect(wide.headers['X-Ignored-Parameters'].length).toBeLessThanOrEqual(2_000);
  });
});

describe('what is out of range', () => {
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
  ])('is refused by the name of the query: %j', async (more, pointer, says) => {
    const { status, json } = await get({ prompt: 'a fox', ...more });
    expect([status, json.errors]).toEqual([400, [{ pointer, detail: expect.stringMatching(says) }]]);
    expect(json.error).toMatchObject({ param: pointer });
    expect(world.models.calls).toEqual([]);
  });

  it('is told by old names, those of other fields included', async () => {
    world = new World({ ...LEGACY, legacy: [{ ...TITAN, parameters: { w: 'width', h: 'height', ratio: 'aspectRatio' } }] });
    const details = async (query: Record<string, string>) => (await get({ prompt: 'a fox', ...query })).json.errors;
    expect(await details({ w: '512' })).toEqual([{ pointer: 'h', detail: 'is required together with w' }]);
    const detail = 'cannot be combined with ratio';
    expect(await details({ w: '512', h: '512', ratio: '1:1' })).toEqual([{ pointer: 'w', detail }, { pointer: 'h', detail }]);
  });

  it.each<[object, Call, string]>([
    [{ numberOfImages: 5, prompt: 'a fox' }, {}, '/numberOfImages'],
    [{ prompt: 'a fox' }, { query: { numberOfImages: '5' } }, 'numberOfImages'],
    [{ prompt: 7 }, {}, '/prompt'],
    [{ prompt: 'a fox', modelId: 7 }, {}, '/modelId'],
    [{}, {}, '/prompt'],
    [{ prompt: ' ' }, {}, '/prompt'],
  ])('is refused where it was sent: %j %j', async (body, more, pointer) => {
    const { status, json } = await post(body, more);
    expect([status, json.errors.map((fault) => fault.pointer)]).toEqual([400, [pointer]]);
  });

  it('is a prompt by another name', async () => {
    const { status, json } = await save({ message: 'x'.repeat(10_001) });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/message', detail: expect.stringMatching(/1 to 10000 characters.*got a string of 10001 characters/) }]]);
  });

  it.each(['', 'null', ' \n'])('is a missing prompt where neither body nor query say anything: %j', async (rawBody) => {
    const { status, json } = await post(undefined, { rawBody });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/prompt', detail: expect.stringMatching(/^is required/) }]]);
  });

  it.each([['[1]', /must be a JSON object/], ['{"prompt"', /not valid JSON/]])('is the body %s', async (rawBody, says) => {
    const { status, json } = await post(undefined, { rawBody });
    expect([status, json.detail]).toEqual([400, expect.stringMatching(says)]);
  });

  it('is an Idempotency-Key, by its own name', async () => {
    const { status, json } = await get({ prompt: 'a fox' }, { headers: { 'idempotency-key': ' ' } });
    expect([status, json.errors.map(({ pointer }) => pointer)]).toEqual([400, ['Idempotency-Key']]);
  });
});

describe('what fails', () => {
  it.each<[string, () => Error, number, string]>([
    ['filtered', () => new ApiError('CONTENT_FILTERED', 'the model filtered the prompt'), 422, 'CONTENT_FILTERED'],
    ['the model fails', () => new ApiError('MODEL_ERROR', 'the model failed'), 502, 'MODEL_ERROR'],
    ['the model is not there', () => new ApiError('MODEL_UNAVAILABLE', 'the operator must enable the model'), 502, 'MODEL_UNAVAILABLE'],
    ['too slow', () => new ApiError('MODEL_TIMEOUT', 'too slow'), 504, 'MODEL_TIMEOUT'],
    ['a bug', () => new TypeError('x is undefined'), 500, 'INTERNAL'],
  ])('has a status of its own and never answers 200 with null: %s', async (_why, error, status, code) => {
    for (const call of [() => get({ prompt: 'a fox' }), () => save({ message: 'a fox' }), () => image({ prompt: 'a fox' })]) {
      world.models.failWith(error());
      const answer = await call();
      expect([answer.status, answer.json.code, answer.headers['Content-Type']]).toEqual([status, code, 'application/problem+json']);
      expect(answer.json).not.toHaveProperty('statusCode');
    }
  });

  it('is repeated where it is throttled, and then says when to come back', async () => {
    world.models.failWith(throttled());
    expect((await get({ prompt: 'a fox' })).status).toBe(200);
    world.models.failWith(throttled(), throttled(), throttled());
    const answer = await get({ prompt: 'a fox' });
    expect([answer.status, answer.headers['Retry-After']]).toEqual([429, '20']);
  });

  it('is one of several: the others are delivered', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'filtered'));
    const { status, json } = await get({ prompt: 'a fox', numberOfImages: '2' });
    expect([status, json.images.length, json.failures]).toEqual([200, 1, [expect.objectContaining({ code: 'CONTENT_FILTERED' })]]);
    expect(json.body).toBe(json.images[0].url);
  });
});

describe('one key buys one image', () => {
  it.each([['GET', () => get({ prompt: 'a fox' }, { headers: { 'idempotency-key': 'k' } })], ['POST', () => post({ prompt: 'a fox' }, { headers: { 'Idempotency-Key': 'k' } })]])('by %s', async (_method, call) => {
    const answers = [await call(), await call()];
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(world.models.calls).toHaveLength(1);
  });

  it('and without a key each request is charged', async () => {
    await get({ prompt: 'a fox' });
    await get({ prompt: 'a fox' });
    expect(world.models.calls).toHaveLength(2);
  });
});

describe('routes', () => {
  it('are those of the configuration, by method', async () => {
    expect((await world.call('GET /image-generation', { query: { message: 'a fox' } })).status).toBe(404);
  });

  it('that begin as those of OpenAI do fail in their own way', async () => {
    world = new World({ ...LEGACY, legacy: [{ ...IMAGE, path: '/v1/image' }] });
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'filtered'));
    const { status, json } = await world.call('POST /v1/image', { body: { prompt: 'a fox' } });
    expect([status, json.code]).toEqual([422, 'CONTENT_FILTERED']);
  });

  it('of the old system come before those of today', async () => {
    expect((await world.call('POST /text', { body: { question: 'why' } })).json).toHaveProperty('body');
  });

  it('find no picture of somebody else, and no image by his key', async () => {
    const { json: { id } } = await get({ prompt: 'a fox' }, { headers: { 'idempotency-key': 'k' } });
    const other = await get({ prompt: 'a fox' }, { keyId: 'key-b', headers: { 'idempotency-key': 'k' } });
    expect([other.status, other.json.id === id, world.models.calls.length]).toEqual([200, false, 2]);
    const redrawing = { ...TITAN, parameters: { picture: 'image', strength: 'strength' } };
    world = new World({ ...LEGACY, legacy: [redrawing], models: [{ id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }] });
    const mine = await get({ prompt: 'a fox' });
    const asked = { prompt: 'a fox', picture: mine.json.id, strength: '0.5' };
    expect((await get(asked, { keyId: 'key-b' })).status).toBe(404);
    // a picture of one pixel, which this model refuses by its size: it was found
    expect((await get(asked)).json.errors).toEqual([{ pointer: 'picture', detail: expect.stringContaining('pixels') }]);
  });

  it('log neither prompts nor queries', async () => {
    await get({ prompt: 'a secret fox', user_id: 'a@b.c' });
    expect(world.logs.join('')).not.toMatch(/secret|a@b\.c/);
    expect(world.logs.join('')).toContain('GET /generate-image');
  });
});

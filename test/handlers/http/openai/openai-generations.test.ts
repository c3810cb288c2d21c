import { Deadlines, MIN_CALL_MS } from '../../../../src/handlers/generation/deadlines';
import { ApiError } from '../../../../src/handlers/shared/api-error';
import type { HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { CONFIGURATION, CORE, PNG, REMAINING_TIME_MS, throttled, World } from '../../../helpers/world';

const ULTRA = 'stability.stable-image-ultra-v1:1';
const SD3_5 = 'stability.sd3-5-large-v1:0';
const REMOVE_BACKGROUND = 'stability.stable-image-remove-background-v1:0';
const BASE64 = PNG.toString('base64');
const model = (id: string) => ({ id, region: 'us-west-2' });
const ALL: HandlerConfiguration = {
  ...CONFIGURATION, models: [model(CORE), model(ULTRA), model(SD3_5)], edits: { region: 'us-west-2', operations: ['remove-background'] },
};

let world: World;
beforeEach(() => { world = new World(ALL); });
const post = (body: object, headers: Record<string, string> = {}) => world.call('POST /v1/images/generations', { body: { prompt: 'a fox', ...body }, headers });
const calls = () => world.models.calls.map((call, index) => ({ model: world.models.calledModels[index].id, ...call }));

describe('POST /v1/images/generations', () => {
  it('returns the response of the OpenAI API', async () => {
    const { status, headers, json } = await post({});
    expect({ status, headers }).toMatchObject({ status: 200, headers: { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': 'https://app.example.com' } });
    expect(json).toEqual({
      id: '01JD0000000000000000000001',
      created: Date.UTC(2026, 10, 21, 12) / 1000,
      data: [{ b64_json: BASE64 }],
      output_format: 'png',
      size: '1x1',
      quality: 'low',
      background: 'opaque',
      usage: { input_tokens: 0, input_tokens_details: { image_tokens: 0, text_tokens: 0 }, output_tokens: 0, total_tokens: 0 },
    });
    expect(calls()).toEqual([expect.objectContaining({ model: CORE, prompt: 'a fox', outputFormat: 'png', count: 1, aspectRatio: '1:1' })]);
  });

  it('honors seed and negative_prompt', async () => {
    const { headers } = await post({ seed: 7, negative_prompt: 'rain' });
    expect(calls()).toEqual([expect.objectContaining({ seed: 7, negativePrompt: 'rain' })]);
    expect(headers).not.toHaveProperty('X-Ignored-Parameters');
  });

  it('names the fields that have no effect in a header', async () => {
    world = new World({ ...CONFIGURATION, models: [{ id: 'endpoint', region: 'us-west-2', family: 'converse' }] });
    const { headers, status } = await post({ seed: 7, negative_prompt: 'rain', user: 'u', moderation: 'low', size: 'auto', style: null, input_fidelity: '' });
    expect(status).toBe(200);
    expect(headers['X-Ignored-Parameters']).toBe('user, moderation, seed, negative_prompt');
    expect((await post({ size: '512x512' })).headers['X-Ignored-Parameters']).toBe('size');
    expect((await post({})).headers).not.toHaveProperty('X-Ignored-Parameters');
    world = new World(ALL);
    // it has selected the model
    expect((await post({ quality: 'high' })).headers).not.toHaveProperty('X-Ignored-Parameters');
    expect((await post({ model: CORE, quality: 'high', size: '512x512' })).headers['X-Ignored-Parameters']).toBe('quality');
    expect((await post({ model: CORE, quality: 'auto', stream: true, user: 'u' })).headers['X-Ignored-Parameters']).toBe('user');
  });

  it('ignores fields that are named as members of all objects', async () => {
    const { headers, status } = await post({ constructor: 'x', toString: 'x', hasOwnProperty: 1 });
    expect(status).toBe(200);
    expect(headers['X-Ignored-Parameters']).toBe('constructor, toString, hasOwnProperty');
  });

  it('treats an empty text as an absent field', async () => {
    expect((await post({ model: '', size: '', quality: '', response_format: '', output_format: '', negative_prompt: '', user: '' })).status).toBe(200);
    expect((await post({ prompt: '' })).json.errors).toEqual([{ pointer: '/prompt', detail: expect.stringMatching(/^is required/) }]);
  });

  it.each(['n', 'quality', 'size', 'output_format', 'response_format', 'background', 'model', 'stream', 'seed', 'negative_prompt', 'prompt'])(
    'returns 400 when %s is not a value of its type, without a conversion', async (field) => {
      for (const value of ['constructor', { toString: 1 }, { toString: null, valueOf: null }, ['x'], true, '__proto__']) {
        if ((field === 'stream' && value === true) || (['model', 'prompt', 'negative_prompt'].includes(field) && typeof value === 'string')) continue;
        const { status, json } = await post({ [field]: value });
        expect({ status, pointers: json.errors?.map(({ pointer }) => pointer) }).toEqual({ status: 400, pointers: [`/${field}`] });
      }
      expect(world.models.calls).toHaveLength(0);
    },
  );

  it('generates an image that the standard routes return', async () => {
    const { json: { id } } = await post({});
    expect((await world.call(`GET /images/${id}`)).json).toMatchObject({ id, prompt: 'a fox', status: 'succeeded' });
    expect((await world.call(`GET /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
  });

  it.each<['url' | 'b64_json', object]>([
    ['url', { response_format: 'url' }],
    ['url', { model: 'dall-e-3' }],
    ['b64_json', { model: 'dall-e-3', response_format: 'b64_json' }],
    ['b64_json', { model: 'gpt-image-1' }],
    ['b64_json', { model: 'openai/gpt-image-2.5-flare' }],
    ['b64_json', { model: 'chatgpt-image-latest' }],
    ['url', { model: 'gpt-image-1', response_format: 'url' }],
  ])('returns an item with %s for %j', async (format, body) => {
    const item = format === 'url' ? { url: expect.stringContaining('https://signed/') } : { b64_json: BASE64 };
    expect((await post(body)).json.data).toEqual([item]);
    expect(calls()[0].model).toBe(CORE);
  });

  it('ignores unknown fields and null', async () => {
    const unknownFields = { user: 'u', moderation: 'low', style: 'vivid', output_compression: 80, partial_images: 2, extra_headers: {}, n: null, size: null, stream: null };
    expect((await post(unknownFields)).status).toBe(200);
    expect(calls()).toEqual([expect.not.objectContaining({ style: expect.anything() })]);
  });

  it('returns a URL if the image is too large', async () => {
    world.models.respond = ({ seed }) => ({ bytes: Buffer.alloc(5 * 1024 * 1024), seed, contentType: 'image/png', width: 1, height: 1 });
    const { json } = await post({});
    expect(json.data).toEqual([{ url: expect.stringContaining('https://signed/') }]);
    expect(json.warning).toBe('INLINE_TOO_LARGE');
  });
});

describe('a generation request', () => {
  it.each<[object, string, string]>([
    [{ quality: 'auto' }, CORE, 'low'], [{ quality: 'low' }, CORE, 'low'], [{ quality: 'standard' }, CORE, 'low'], [{ quality: 'medium' }, SD3_5, 'medium'],
    [{ quality: 'high' }, ULTRA, 'high'], [{ quality: 'hd', model: 'dall-e-3' }, ULTRA, 'high'], [{ quality: 'xhigh' }, ULTRA, 'high'], [{ quality: 'max' }, ULTRA, 'high'],
    [{ model: ULTRA }, ULTRA, 'high'], [{ model: 'sd3-5-large', quality: 'low' }, SD3_5, 'medium'],
  ])('selects the model for %j', async (body, id, quality) => {
    const { json } = await post({ ...body, response_format: 'b64_json' });
    expect(calls()[0].model).toEqual(id);
    expect(json.quality).toEqual(quality);
  });

  it('selects the model of a quality if the API also has models that the catalog does not have', async () => {
    world = new World({ ...CONFIGURATION, models: [{ id: 'endpoint', region: 'us-west-2', family: 'converse' }, model(ULTRA)] });
    await post({ quality: 'high' });
    expect(calls()[0].model).toBe(ULTRA);
  });

  it('selects the default model if the API does not have the models of a quality', async () => {
    world = new World({ ...CONFIGURATION, models: [model(SD3_5)] });
    for (const quality of ['low', 'high']) expect((await post({ quality })).status).toBe(200);
    expect(calls().map((call) => call.model)).toEqual([SD3_5, SD3_5]);
  });

  it('selects the quality of a model that has qualities', async () => {
    world = new World({ ...CONFIGURATION, models: [{ ...model('amazon.nova-canvas-v1:0'), call: 'arn:aws:bedrock:us-east-1:1:provisioned-model/a' }] });
    for (const quality of ['low', 'high', 'auto']) await post({ quality, size: '1024x1792' });
    expect(calls().map((call) => call.quality)).toEqual(['standard', 'premium', 'standard']);
  });
});

describe('a request for n images', () => {
  it('returns n images, as JPEG so that they fit into one response', async () => {
    expect((await post({ n: 3 })).json.data).toHaveLength(3);
    expect(calls().map(({ outputFormat }) => outputFormat)).toEqual(['jpeg', 'jpeg', 'jpeg']);
  });

  it('returns the images in a requested format', async () => {
    await post({ n: 2, output_format: 'png' });
    expect(calls().map(({ outputFormat }) => outputFormat)).toEqual(['png', 'png']);
  });

  it('returns fewer than n images if some fail, and lists them in failures', async () => {
    world.models.next.push(() => { throw new ApiError('MODEL_ERROR', 'the model failed'); });
    const { status, json } = await post({ n: 2 });
    expect(status).toBe(200);
    expect(json.data).toHaveLength(1);
    expect(json.failures).toEqual([expect.objectContaining({ code: 'MODEL_ERROR' })]);
  });
});

describe('a request with a background', () => {
  beforeEach(() => {
    world.models.respond = ({ seed, image, outputFormat }) => ({
      bytes: image ? Buffer.from('cut out') : PNG, seed, contentType: `image/${outputFormat}`, width: 1, height: 1,
    });
  });

  it('calls a second model if the background is transparent', async () => {
    const { json } = await post({ background: 'transparent' });
    expect(json.background).toBe('transparent');
    expect(json.data).toEqual([{ b64_json: Buffer.from('cut out').toString('base64') }]);
    expect(calls()).toEqual([
      expect.objectContaining({ model: CORE, outputFormat: 'png' }),
      { model: REMOVE_BACKGROUND, image: PNG, count: 1, outputFormat: 'png' },
    ]);
  });

  it('removes the background of each image, in the requested format', async () => {
    const { json } = await post({ background: 'transparent', n: 2, output_format: 'webp' });
    expect(json.output_format).toBe('webp');
    expect(json.data).toHaveLength(2);
    expect(calls().map((call) => [call.model, call.outputFormat]).sort()).toEqual([[CORE, 'png'], [CORE, 'png'], [REMOVE_BACKGROUND, 'webp'], [REMOVE_BACKGROUND, 'webp']]);
  });

  it('repeats the second call if it was not charged', async () => {
    world.models.next.push(world.models.respond, () => { throw throttled(); });
    expect((await post({ background: 'transparent' })).json.background).toBe('transparent');
  });

  it('stores the image with the extension of its format', async () => {
    await post({ background: 'transparent', output_format: 'webp' });
    expect([...world.store.objects.keys()]).toEqual([expect.stringMatching(/\/0\.webp$/)]);
  });

  it.each<[string, (error: ApiError) => ApiError]>([
    ['fails', (error) => { throw error; }], ['returns an error for the image', (error) => error],
  ])('returns the opaque image if the background removal %s', async (_how, fail) => {
    world.models.next.push(world.models.respond, () => fail(new ApiError('MODEL_ERROR', 'x', { cause: new Error('no') })));
    const { status, json } = await post({ background: 'transparent' });
    expect({ status, json }).toMatchObject({ status: 200, json: { background: 'opaque' } });
    expect(json.data).toEqual([{ b64_json: BASE64 }]);
    expect(world.logs.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({
      message: 'background removal failed', code: 'MODEL_ERROR', model: REMOVE_BACKGROUND, cause: 'Error',
    }));
  });

  it.each([[0, 'transparent', 2], [1, 'opaque', 1]])('returns the opaque image, without a charge, if there is no time for a second call: %i ms too late', async (late, background, count) => {
    const { model: deadline } = new Deadlines(world.time + REMAINING_TIME_MS);
    world.models.next.push((input) => { world.time = deadline - MIN_CALL_MS + late; return world.models.respond(input); });
    const { json, headers } = await post({ background: 'transparent' });
    expect([json.background, calls().length]).toEqual([background, count]);
    expect(headers['X-Estimated-Cost-Usd']).toBe(count === 1 ? '0.04' : '0.11');
  });

  it('returns the background opaque if any of several images is opaque', async () => {
    world.models.respond = ({ image, seed }) => {
      if (image && world.models.calls.length === 4) throw new ApiError('MODEL_ERROR', 'x', { cause: new Error('no') });
      return { bytes: PNG, seed, contentType: 'image/png', width: 1, height: 1 };
    };
    expect((await post({ background: 'transparent', n: 2 })).json.background).toBe('opaque');
    expect(calls()).toHaveLength(4);
  });

  it('returns the background transparent for a stored image whose record was not written', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    world.records.fails = true;
    const first = await world.call('POST /v1/images/generations', { headers, body: { prompt: 'a bay', background: 'transparent' } });
    world.records.fails = false;
    world.time += 60_000;
    const second = await world.call('POST /v1/images/generations', { headers, body: { prompt: 'a bay', background: 'transparent' } });
    expect({ first, second }).toMatchObject({ first: { json: { background: 'transparent' } }, second: { json: { background: 'transparent' } } });
    expect(calls()).toHaveLength(2);
  });

  it('returns the background transparent for a repeated request, whose image is not read', async () => {
    const send = () => post({ background: 'transparent', response_format: 'url' }, { 'Idempotency-Key': 'k' });
    for (const { json } of [await send(), await send()]) expect(json.background).toBe('transparent');
  });

  it.each(['opaque', 'auto'])('calls no second model for the background %s', async (background) => {
    expect((await post({ background })).json.background).toBe('opaque');
    expect(calls()).toHaveLength(1);
  });
});

describe('an event stream', () => {
  it('contains a completed event', async () => {
    const { status, headers, text } = await post({ stream: true });
    expect({ status, headers }).toMatchObject({ status: 200, headers: { 'Content-Type': 'text/event-stream' } });
    expect(text).toMatch(/^event: image_generation\.completed\ndata: \{.*\}\n\n$/);
    expect(JSON.parse(text.split('\n')[1].slice('data: '.length))).toEqual({
      type: 'image_generation.completed',
      id: '01JD0000000000000000000001',
      created_at: Date.UTC(2026, 10, 21, 12) / 1000,
      b64_json: BASE64,
      background: 'opaque',
      output_format: 'png',
      quality: 'low',
      size: '1x1',
      usage: expect.objectContaining({ total_tokens: 0 }),
    });
  });

  it('contains one event per image', async () => {
    expect((await post({ stream: true, n: 2, partial_images: 3 })).text.match(/^event: /gm)).toHaveLength(2);
  });
});

describe('an invalid generation request', () => {
  it.each<[object, string, string]>([
    [{ prompt: '' }, 'prompt', 'a string of 1 to 10000 characters'],
    [{ prompt: undefined }, 'prompt', 'is required'],
    [{ prompt: 7 }, 'prompt', 'got 7'],
    [{ n: 0 }, 'n', 'an integer from 1 to 4, got 0'],
    [{ n: 5 }, 'n', 'an integer from 1 to 4, got 5'],
    [{ size: 'large' }, 'size', 'must be auto or a size such as 1024x1536, got "large"'],
    [{ quality: 'best' }, 'quality', 'one of auto, low, standard, medium, high, hd, xhigh, max, got "best"'],
    [{ response_format: 'bytes' }, 'response_format', 'one of b64_json, url'],
    [{ output_format: 'gif' }, 'output_format', 'one of png, jpeg, webp'],
    [{ output_format: 'webp' }, 'output_format', `must be one of png, jpeg for ${CORE}, got "webp"`],
    [{ background: 'green' }, 'background', 'one of auto, opaque, transparent'],
    [{ background: 'transparent', output_format: 'jpeg' }, 'output_format', 'must be one of png, webp with a transparent background'],
    [{ stream: 'yes' }, 'stream', 'true or false'],
    [{ model: 'midjourney' }, 'model', `must be one of ${CORE}, stable-image-core, ${ULTRA}`],
  ])('returns 400 for %j', async (body, param, message) => {
    const { status, json } = await post(body);
    expect(status).toBe(400);
    expect(json.error).toEqual({ message: expect.stringContaining(message), type: 'invalid_request_error', code: 'invalid_request', param });
    expect(calls()).toEqual([]);
  });

  it('returns all validation errors', async () => {
    const { json } = await post({ prompt: '\u0007', n: 9, model: 'x', size: 'y' });
    expect(json.errors.map(({ pointer }) => pointer).sort()).toEqual(['/model', '/n', '/prompt', '/size']);
  });

  it('returns 400 for a transparent background if the API does not have the edit', async () => {
    world = new World();
    expect((await post({ background: 'transparent' })).json.error).toMatchObject({ param: 'background', message: expect.stringContaining('does not have the edit remove-background') });
  });
});

describe('a guardrail that cannot check an image', () => {
  beforeEach(() => {
    world = new World({ ...CONFIGURATION, policy: { guardrail: { id: 'g', version: '1', region: 'us-west-2' } } });
    world.guardrail.fails = (_text, what) => (what === 'output image' ? new Error('no response') : undefined);
  });

  it('returns 503 if the client sends a retry count, and does not charge the retry', async () => {
    const { status, headers } = await post({}, { 'X-Stainless-Retry-Count': '0' });
    expect(status).toBe(503);
    expect(headers['X-Should-Retry']).toBeUndefined();
    world.guardrail.fails = () => undefined;
    expect((await post({}, { 'X-Stainless-Retry-Count': '1' })).status).toBe(200);
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns 502 without Retry-After to other clients', async () => {
    const { status, json, headers } = await post({});
    expect({ status, headers }).toMatchObject({ status: 502, headers: { 'X-Should-Retry': 'false' } });
    expect(headers['Retry-After']).toBeUndefined();
    expect(json.detail).toContain('was generated and charged');
  });

  it('tells the client not to retry until the operator has enabled the guardrail, even if the image is stored', async () => {
    world.guardrail.fails = (_text, what) => (what === 'output image' ? new ApiError('MODEL_UNAVAILABLE', 'no access') : undefined);
    const { status, headers } = await post({}, { 'X-Stainless-Retry-Count': '0' });
    expect({ status, headers }).toMatchObject({ status: 502, headers: { 'X-Should-Retry': 'false' } });
    expect(world.store.objects.size).toBe(1);
  });
});

describe('a failed OpenAI request', () => {
  it.each<[string, ApiError, number, object, string | undefined]>([
    ['a filtered prompt', new ApiError('CONTENT_FILTERED', 'the prompt was filtered'), 400, {
      type: 'image_generation_user_error', code: 'moderation_blocked', message: 'Your request was rejected as a result of the safety system: the prompt was filtered',
    }, undefined],
    ['a model error', new ApiError('MODEL_ERROR', 'x'), 502, { type: 'server_error' }, 'false'],
    ['an unavailable model', new ApiError('MODEL_UNAVAILABLE', 'x'), 502, { type: 'server_error' }, 'false'],
    ['a timeout', new ApiError('MODEL_TIMEOUT', 'x'), 504, { type: 'server_error' }, 'false'],
    ['a busy model', new ApiError('MODEL_BUSY', 'x', { retryAfterSeconds: 10 }), 503, { type: 'server_error' }, undefined],
    ['throttling', new ApiError('THROTTLED', 'x', { retryAfterSeconds: 10 }), 429, { type: 'rate_limit_error' }, undefined],
    ['a bug', new ApiError('INTERNAL', 'x'), 500, { type: 'server_error' }, 'false'],
  ])('returns the error of the OpenAI API for %s', async (_case, error, status, body, shouldRetry) => {
    world.models.failWith(error);
    const response = await post({});
    expect(response.status).toBe(status);
    expect(response.headers['X-Should-Retry']).toBe(shouldRetry);
    expect(response.json.error).toMatchObject(body);
    expect(response.headers['X-Request-Id']).toBe(response.json.requestId);
    expect(response.json.status).toBe(status);
  });

  it('does not change the errors of the standard routes', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'x'), new ApiError('MODEL_ERROR', 'x'));
    expect((await world.call('POST /images', { body: { prompt: 'x' } })).status).toBe(422);
    expect((await world.call('POST /images', { body: { prompt: 'x' } })).headers['X-Should-Retry']).toBeUndefined();
  });
});

describe('GET /v1/models', () => {
  it('returns the list of the OpenAI API', async () => {
    const { status, json } = await world.call('GET /v1/models');
    expect(status).toBe(200);
    expect(json).toEqual({
      object: 'list', data: [CORE, ULTRA, SD3_5].map((id) => ({ id, object: 'model', created: 0, owned_by: 'Stability AI' })),
    });
  });

  it('returns unknown as the owner of a model that the catalog does not have', async () => {
    world = new World({ ...CONFIGURATION, models: [{ id: 'endpoint', region: 'us-west-2', family: 'converse' }] });
    expect((await world.call('GET /v1/models')).json.data).toMatchObject([{ id: 'endpoint', owned_by: 'unknown' }]);
  });
});

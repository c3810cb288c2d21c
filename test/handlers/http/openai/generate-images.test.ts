import { ApiError } from '../../../../src/handlers/shared/errors';
import type { HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { CONFIGURATION, CORE, PNG, throttled, World } from '../../../helpers/world';

const ULTRA = 'stability.stable-image-ultra-v1:1';
const SD3_5 = 'stability.sd3-5-large-v1:0';
const CUT_OUT = 'stability.stable-image-remove-background-v1:0';
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
  it('answers as OpenAI does', async () => {
    const { status, headers, json } = await post({});
    expect([status, headers['Content-Type'], headers['Access-Control-Allow-Origin']]).toEqual([200, 'application/json', 'https://app.example.com']);
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

  it('makes an image that the standard routes know', async () => {
    const { json: { id } } = await post({});
    expect((await world.call(`GET /images/${id}`)).json).toMatchObject({ id, prompt: 'a fox', status: 'succeeded' });
    expect((await world.call(`GET /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
  });

  it.each<[object, object]>([
    [{ response_format: 'url' }, { url: expect.stringContaining('https://signed/') }],
    [{ model: 'dall-e-3' }, { url: expect.stringContaining('https://signed/') }],
    [{ model: 'dall-e-3', response_format: 'b64_json' }, { b64_json: BASE64 }],
    [{ model: 'gpt-image-1' }, { b64_json: BASE64 }],
    [{ model: 'openai/gpt-image-2.5-flare' }, { b64_json: BASE64 }],
    [{ model: 'chatgpt-image-latest' }, { b64_json: BASE64 }],
    [{ model: 'gpt-image-1', response_format: 'url' }, { url: expect.stringContaining('https://signed/') }],
  ])('answers %j with %j', async (body, item) => {
    expect((await post(body)).json.data).toEqual([item]);
    expect(calls()[0].model).toBe(CORE);
  });

  it('passes over fields of clients, and null', async () => {
    const leaked = { user: 'u', moderation: 'low', style: 'vivid', output_compression: 80, partial_images: 2, extra_headers: {}, n: null, size: null, stream: null };
    expect((await post(leaked)).status).toBe(200);
    expect(calls()).toEqual([expect.not.objectContaining({ style: expect.anything() })]);
  });

  it('says by URL what does not fit', async () => {
    world.models.respond = ({ seed }) => ({ bytes: Buffer.alloc(5 * 1024 * 1024), seed, contentType: 'image/png', width: 1, height: 1 });
    const { json } = await post({});
    expect([json.data, json.warning]).toEqual([[{ url: expect.stringContaining('https://signed/') }], 'INLINE_TOO_LARGE']);
  });
});

describe('model and quality', () => {
  it.each<[object, string, string]>([
    [{ quality: 'auto' }, CORE, 'low'], [{ quality: 'low' }, CORE, 'low'], [{ quality: 'standard' }, CORE, 'low'], [{ quality: 'medium' }, SD3_5, 'medium'],
    [{ quality: 'high' }, ULTRA, 'high'], [{ quality: 'hd', model: 'dall-e-3' }, ULTRA, 'high'], [{ quality: 'xhigh' }, ULTRA, 'high'], [{ quality: 'max' }, ULTRA, 'high'],
    [{ model: ULTRA }, ULTRA, 'high'], [{ model: 'sd3-5-large', quality: 'low' }, SD3_5, 'medium'],
  ])('%j draws by %s', async (body, id, quality) => {
    const { json } = await post({ ...body, response_format: 'b64_json' });
    expect([calls()[0].model, json.quality]).toEqual([id, quality]);
  });

  it('is the default model where the API does not have the one of a quality', async () => {
    world = new World({ ...CONFIGURATION, models: [model(SD3_5)] });
    for (const quality of ['low', 'high']) expect((await post({ quality })).status).toBe(200);
    expect(calls().map((call) => call.model)).toEqual([SD3_5, SD3_5]);
  });

  it('asks a model that has qualities of its own for the better one', async () => {
    world = new World({ ...CONFIGURATION, models: [{ ...model('amazon.nova-canvas-v1:0'), call: 'arn:aws:bedrock:us-east-1:1:provisioned-model/a' }] });
    for (const quality of ['low', 'high', 'auto']) await post({ quality, size: '1024x1792' });
    expect(calls().map((call) => call.quality)).toEqual(['standard', 'premium', 'standard']);
  });
});

describe('n', () => {
  it('is the number of images, as JPEG to fit into one answer', async () => {
    expect((await post({ n: 3 })).json.data).toHaveLength(3);
    expect(calls().map(({ outputFormat }) => outputFormat)).toEqual(['jpeg', 'jpeg', 'jpeg']);
  });

  it('leaves a format that was asked for', async () => {
    await post({ n: 2, output_format: 'png' });
    expect(calls().map(({ outputFormat }) => outputFormat)).toEqual(['png', 'png']);
  });

  it('tells what became of those that are missing', async () => {
    world.models.next.push(() => { throw new ApiError('MODEL_ERROR', 'the model failed'); });
    const { status, json } = await post({ n: 2 });
    expect([status, (json.data as unknown[]).length, json.failures]).toEqual([200, 1, [expect.objectContaining({ code: 'MODEL_ERROR' })]]);
  });
});

describe('background', () => {
  beforeEach(() => {
    world.models.respond = ({ seed, image, outputFormat }) => ({
      bytes: image ? Buffer.from('cut out') : PNG, seed, contentType: `image/${outputFormat}`, width: 1, height: 1,
    });
  });

  it('transparent is a second call', async () => {
    const { json } = await post({ background: 'transparent' });
    expect([json.background, json.data]).toEqual(['transparent', [{ b64_json: Buffer.from('cut out').toString('base64') }]]);
    expect(calls()).toEqual([
      expect.objectContaining({ model: CORE, outputFormat: 'png' }),
      { model: CUT_OUT, image: PNG, count: 1, outputFormat: 'png' },
    ]);
  });

  it('is removed of each image, in the format asked for', async () => {
    const { json } = await post({ background: 'transparent', n: 2, output_format: 'webp' });
    expect([json.output_format, (json.data as unknown[]).length]).toEqual(['webp', 2]);
    expect(calls().map((call) => [call.model, call.outputFormat]).sort()).toEqual([[CORE, 'png'], [CORE, 'png'], [CUT_OUT, 'webp'], [CUT_OUT, 'webp']]);
  });

  it('is tried again where that costs nothing', async () => {
    world.models.next.push(world.models.respond, () => { throw throttled(); });
    expect((await post({ background: 'transparent' })).json.background).toBe('transparent');
  });

  it('is stored by the name of its format', async () => {
    await post({ background: 'transparent', output_format: 'webp' });
    expect([...world.store.objects.keys()]).toEqual([expect.stringMatching(/\/0\.webp$/)]);
  });

  it('stays where it cannot be removed: the picture is paid for', async () => {
    world.models.next.push(world.models.respond, () => { throw new ApiError('MODEL_ERROR', 'x', { cause: new Error('no') }); });
    const { status, json } = await post({ background: 'transparent' });
    expect([status, json.background, json.data]).toEqual([200, 'opaque', [{ b64_json: BASE64 }]]);
    expect(world.logs.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ message: 'background not removed', code: expect.any(String), model: expect.any(String) }));
  });

  it('stays where no time is left for a second call', async () => {
    world.models.next.push((input) => { world.time += 20_000; return world.models.respond(input); });
    expect((await post({ background: 'transparent' })).json.background).toBe('opaque');
    expect(calls()).toHaveLength(1);
  });

  it('of several images is called transparent only if each of them is', async () => {
    world.models.respond = ({ image, seed }) => {
      if (image && world.models.calls.length === 4) throw new ApiError('MODEL_ERROR', 'x', { cause: new Error('no') });
      return { bytes: PNG, seed, contentType: 'image/png', width: 1, height: 1 };
    };
    expect((await post({ background: 'transparent', n: 2 })).json.background).toBe('opaque');
    expect(calls()).toHaveLength(4);
  });

  it('is remembered of an image that waits in the bucket for its record', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    world.records.fails = true;
    const first = await world.call('POST /v1/images/generations', { headers, body: { prompt: 'a bay', background: 'transparent' } });
    world.records.fails = false;
    world.time += 60_000;
    const second = await world.call('POST /v1/images/generations', { headers, body: { prompt: 'a bay', background: 'transparent' } });
    expect([first.json.background, second.json.background, calls().length]).toEqual(['transparent', 'transparent', 2]);
  });

  it.each(['opaque', 'auto'])('%s is how models draw', async (background) => {
    expect((await post({ background })).json.background).toBe('opaque');
    expect(calls()).toHaveLength(1);
  });
});

describe('a stream', () => {
  it('holds the completed event', async () => {
    const { status, headers, text } = await post({ stream: true });
    expect([status, headers['Content-Type']]).toEqual([200, 'text/event-stream']);
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

  it('holds one of each image', async () => {
    expect((await post({ stream: true, n: 2, partial_images: 3 })).text.match(/^event: /gm)).toHaveLength(2);
  });
});

describe('refusals', () => {
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
  ])('%j', async (body, param, says) => {
    const { status, json } = await post(body);
    expect([status, json.error]).toEqual([400, { message: expect.stringContaining(says), type: 'invalid_request_error', code: 'invalid_request', param }]);
    expect(calls()).toEqual([]);
  });

  it('name all that is wrong at once', async () => {
    const { json } = await post({ prompt: '\u0007', n: 9, model: 'x', size: 'y' });
    expect(json.errors.map(({ pointer }) => pointer).sort()).toEqual(['/model', '/n', '/prompt', '/size']);
  });

  it('of a transparent background without the edit for it', async () => {
    world = new World();
    expect((await post({ background: 'transparent' })).json.error).toMatchObject({ param: 'background', message: expect.stringContaining('does not have the edit remove-background') });
  });
});

describe('a guardrail that cannot be asked about a picture', () => {
  beforeEach(() => {
    world = new World({ ...CONFIGURATION, policy: { guardrail: { id: 'g', version: '1', region: 'us-west-2' } } });
    world.guard.fails = (_text, what) => (what === 'output image' ? new Error('no answer') : undefined);
  });

  it('has the request repeated by clients that count, which costs nothing', async () => {
    const { status, headers } = await post({}, { 'X-Stainless-Retry-Count': '0' });
    expect([status, headers['x-should-retry']]).toEqual([503, undefined]);
    world.guard.fails = () => undefined;
    expect((await post({}, { 'X-Stainless-Retry-Count': '1' })).status).toBe(200);
    expect(world.models.calls).toHaveLength(1);
  });

  it('says to all others that it was charged, and no word of repeating', async () => {
    const { status, json, headers } = await post({});
    expect([status, headers['Retry-After'], headers['x-should-retry']]).toEqual([502, undefined, 'false']);
    expect(json.detail).toContain('was drawn, and charged');
  });
});

describe('failures', () => {
  it.each<[string, ApiError, number, object, string | undefined]>([
    ['filtered', new ApiError('CONTENT_FILTERED', 'the prompt was filtered'), 400, {
      type: 'image_generation_user_error', code: 'moderation_blocked', message: 'Your request was rejected as a result of the safety system: the prompt was filtered',
    }, undefined],
    ['model failed', new ApiError('MODEL_ERROR', 'x'), 502, { type: 'server_error' }, 'false'],
    ['model ended', new ApiError('MODEL_UNAVAILABLE', 'x'), 502, { type: 'server_error' }, 'false'],
    ['too slow', new ApiError('MODEL_TIMEOUT', 'x'), 504, { type: 'server_error' }, 'false'],
    ['busy', new ApiError('MODEL_BUSY', 'x', { retryAfterSeconds: 10 }), 503, { type: 'server_error' }, undefined],
    ['throttled', new ApiError('THROTTLED', 'x', { retryAfterSeconds: 10 }), 429, { type: 'rate_limit_error' }, undefined],
    ['a bug', new ApiError('INTERNAL', 'x'), 500, { type: 'server_error' }, 'false'],
  ])('%s', async (_, error, status, body, shouldRetry) => {
    world.models.failWith(error);
    const answer = await post({});
    expect([answer.status, answer.json.error, answer.headers['x-should-retry']]).toEqual([status, expect.objectContaining(body), shouldRetry]);
    expect(answer.headers['x-request-id']).toBe(answer.json.requestId);
    expect(answer.json.status).toBe(status);
  });

  it('of the standard routes are as ever', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'x'), new ApiError('MODEL_ERROR', 'x'));
    expect((await world.call('POST /images', { body: { prompt: 'x' } })).status).toBe(422);
    expect((await world.call('POST /images', { body: { prompt: 'x' } })).headers['x-should-retry']).toBeUndefined();
  });
});

describe('GET /v1/models', () => {
  it('lists as OpenAI does', async () => {
    const { status, json } = await world.call('GET /v1/models');
    expect([status, json]).toEqual([200, {
      object: 'list', data: [CORE, ULTRA, SD3_5].map((id) => ({ id, object: 'model', created: 0, owned_by: 'Stability AI' })),
    }]);
  });
});

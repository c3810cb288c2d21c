import { ApiError } from '../../../../src/handlers/shared/api-error';
import { INVALID_REQUESTS } from '../../../fixtures/invalid-requests';
import { CONFIGURATION, CORE, PNG, throttled, World } from '../../../helpers/world';

let world: World;
beforeEach(() => { world = new World(); });

const post = (body: unknown, headers: Record<string, string> = {}) => world.call('POST /images', { body, headers });

describe('POST /images', () => {
  it('returns 201 with a presigned URL, its expiration and the location of the image', async () => {
    const response = await post({ prompt: 'a lighthouse', seed: 7 });

    expect(response.status).toBe(201);
    expect(response.json).toEqual({
      id: '01JD0000000000000000000001',
      status: 'succeeded',
      model: CORE,
      prompt: 'a lighthouse',
      parameters: { aspectRatio: '1:1', seed: 7, outputFormat: 'png' },
      createdAt: '2026-11-21T12:00:00.250Z',
      completedAt: '2026-11-21T12:00:00.250Z',
      imageExpiresAt: '2026-12-21T12:00:00.250Z',
      images: [{
        url: expect.stringMatching(/^https:\/\/signed\/images\/[0-9a-f]{32}\/01JD0000000000000000000001\/0\.png\?at=2026-11-21T12:00:00\.000Z&for=3600$/),
        expiresAt: '2026-11-21T13:00:00.000Z',
        seed: 7,
        contentType: 'image/png',
        width: 1,
        height: 1,
      }],
      estimatedCostUsd: 0.04,
    });
    expect(response.headers).toMatchObject({
      'Location': '/prod/images/01JD0000000000000000000001',
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Estimated-Cost-Usd': '0.04',
      'Access-Control-Allow-Origin': 'https://app.example.com',
      'Access-Control-Expose-Headers': 'Location, Retry-After, Preference-Applied, Age, X-Should-Retry, X-Ignored-Parameters, Idempotency-Replayed, '
        + 'X-Estimated-Cost-Usd, X-Budget-Remaining-Usd',
    });
  });

  it('passes the request to the model, with the defaults of the model', async () => {
    await post({ prompt: 'a lighthouse', negativePrompt: 'fog', aspectRatio: '16:9', seed: 7, count: 1, outputFormat: 'jpeg' });
    await post({ prompt: 'a lighthouse' });

    expect(world.models.calls[0]).toEqual({ prompt: 'a lighthouse', negativePrompt: 'fog', aspectRatio: '16:9', seed: 7, count: 1, outputFormat: 'jpeg' });
    expect(world.models.calls[1]).toEqual({ prompt: 'a lighthouse', aspectRatio: '1:1', seed: expect.any(Number), count: 1, outputFormat: 'png' });
  });

  it.each([[1024, 1024, '1:1'], [1536, 1024, '3:2'], [1024, 1536, '2:3'], [1792, 1024, '16:9'], [1024, 1792, '9:16'], [4096, 64, '21:9']])(
    'maps %i x %i to the nearest aspect ratio', async (width, height, ratio) => {
      await post({ prompt: 'x', width, height });
      expect(world.models.calls[0].aspectRatio).toBe(ratio);
    });

  it('generates a seed if it is absent or 0, so that the image can be generated again', async () => {
    for (const seed of [undefined, 0]) await post({ prompt: 'x', seed });
    for (const { seed } of world.models.calls) expect(seed).toBeGreaterThan(0);
    expect(world.models.calls[0].seed).not.toBe(world.models.calls[1].seed);
  });

  it('generates several images in parallel calls with different seeds', async () => {
    const { json } = await post({ prompt: 'x', count: 4, seed: 4_294_967_294 });
    expect(world.models.calls.map(({ seed }) => seed)).toEqual([4_294_967_294, 4_294_967_295, 1, 2]);
    expect(json.images).toHaveLength(4);
    expect(new Set(json.images.map(({ url }) => url)).size).toBe(4);
  });

  it('returns the other images and the failures when some images fail', async () => {
    world.models.next.push(world.models.respond, () => { throw new TypeError('bug'); }, () => { throw new ApiError('CONTENT_FILTERED', 'the output was filtered'); });

    const { status, json } = await post({ prompt: 'x', count: 4, seed: 1 });

    expect(status).toBe(201);
    expect(json.images.map(({ seed }) => seed)).toEqual([1, 4]);
    expect(json.failures).toEqual([
      { seed: 2, code: 'INTERNAL', detail: expect.any(String), charged: 'maybe' },
      { seed: 3, code: 'CONTENT_FILTERED', detail: 'the output was filtered', charged: 'maybe' },
    ]);
    expect(world.records.items[0].images).toHaveLength(2);
  });

  it('returns base64 on request', async () => {
    const { json } = await post({ prompt: 'x', response: 'base64' });
    expect(Buffer.from(String(json.images[0].base64), 'base64')).toEqual(PNG);
    expect(json.images[0]).not.toHaveProperty('url');
    expect(world.store.objects.size).toBe(1);
  });

  it('returns a URL with a warning when base64 would be too large', async () => {
    world.models.respond = ({ seed }) => ({ bytes: Buffer.alloc(4 * 1024 * 1024 + 1), seed, contentType: 'image/png', width: 1, height: 1 });
    const { status, json } = await post({ prompt: 'x', response: 'base64' });
    expect(status).toBe(201);
    expect(json.warning).toBe('INLINE_TOO_LARGE');
    expect(json.images[0].url).toMatch(/^https:/);
    expect(json.images[0]).not.toHaveProperty('base64');
  });

  it.each([
    'image/png', 'image/png,image/*;q=0.8', 'image/*, */*;q=0.1', 'image/avif, image/png', 'image/avif,image/webp,image/apng,image/*,*/*;q=0.8',
    'image/jpeg;q=0.5, image/png', 'image/jpeg;q=0, image/png, text/html', 'IMAGE/PNG ; q=1', 'image/png;q=', 'image/png;q=best',
  ])('returns the image file for Accept: %s', async (accept) => {
    const response = await post({ prompt: 'x' }, { Accept: accept });
    expect(response).toMatchObject({ status: 201, isBase64: true, text: PNG.toString('base64') });
    expect(response.headers).toMatchObject({ 'Content-Type': 'image/png', 'Location': expect.stringContaining('/images/') });
  });

  it.each([
    '*/*', 'application/json, image/*', 'text/html, image/png', 'image/avif', 'image/webp', 'image/avif, */*', 'image/png;q=0.5, application/json', 'image/png;q=0', '', ',;',
  ])('returns JSON for Accept: %s', async (accept) => {
    expect((await post({ prompt: 'x' }, { accept })).json.status).toBe('succeeded');
  });

  it.each([['image/jpeg', 'jpeg'], ['image/jpg', 'jpeg'], ['image/webp, image/jpeg', 'jpeg'], ['image/*', 'png']])('generates the format of Accept: %s', async (accept, format) => {
    await post({ prompt: 'x' }, { Accept: accept });
    expect(world.models.calls[0].outputFormat).toBe(format);
  });

  it('returns JSON if the requested model does not have the format, although the default model has it', async () => {
    world = new World({ ...CONFIGURATION, models: [...CONFIGURATION.models, { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1' }] });
    const { status, json } = await post({ prompt: 'x', model: 'nova-canvas' }, { Accept: 'image/jpeg' });
    expect({ status, json }).toMatchObject({ status: 201, json: { status: 'succeeded' } });
  });

  it.each([[0, true], [1, false]])('returns an image that is %i bytes larger than an inline image inline: %j', async (more, isInline) => {
    const bytes = Buffer.alloc(4 * 1024 * 1024 + more);
    world.models.respond = ({ seed }) => ({ bytes, seed, contentType: 'image/png', width: 1, height: 1 });
    const { isBase64, json } = await post({ prompt: 'x' }, { Accept: 'image/png' });
    expect(isBase64).toBe(isInline);
    if (!isInline) expect(json).toMatchObject({ warning: 'INLINE_TOO_LARGE', images: [{ url: expect.stringMatching(/^https:/) }] });
  });

  it('generates outputFormat when it is one of several types in Accept', async () => {
    expect((await post({ prompt: 'x', outputFormat: 'jpeg' }, { Accept: 'image/png, image/jpeg' })).headers['Content-Type']).toBe('image/png');
    expect(world.models.calls[0].outputFormat).toBe('jpeg');
  });

  it('returns 400 when outputFormat conflicts with Accept', async () => {
    const { status, json } = await post({ prompt: 'x', outputFormat: 'png' }, { Accept: 'image/jpeg' });
    expect(status).toBe(400);
    expect(json.errors[0].pointer).toBe('/outputFormat');
    expect(world.models.calls).toHaveLength(0);
  });

  it('returns 400 for several images with Accept: image/*', async () => {
    const { status, json } = await post({ prompt: 'x', count: 2 }, { Accept: 'image/*' });
    expect(status).toBe(400);
    expect(json.errors[0].pointer).toBe('/count');
    expect(world.models.calls).toHaveLength(0);
  });
});

describe('a JSON body', () => {
  const send = (bytes: Buffer) => world.call('POST /images', { rawBody: bytes.toString('base64'), isBase64Encoded: true });

  it('can begin with a byte order mark', async () => {
    expect((await send(Buffer.from('\ufeff{"prompt":"K\u00e4se"}'))).status).toBe(201);
    expect(world.models.calls[0].prompt).toBe('K\u00e4se');
  });

  it('returns 400 when it is not UTF-8', async () => {
    expect(await send(Buffer.from('{"prompt":"K\u00e4se"}', 'latin1'))).toMatchObject({ status: 400, json: { detail: 'the body is not valid UTF-8' } });
    expect(world.models.calls).toHaveLength(0);
  });
});

describe('an invalid request', () => {
  it.each(INVALID_REQUESTS)('returns 400 for $name', async ({ body, pointers, detail }) => {
    const { status, headers, json } = await post(body);

    expect(status).toBe(400);
    expect(headers['Content-Type']).toBe('application/problem+json');
    expect(json).toMatchObject({ code: 'INVALID_REQUEST', status: 400, requestId: 'request-1', error: { type: 'invalid_request_error' } });
    expect(json.errors.map(({ pointer }) => pointer).sort()).toEqual([...pointers].sort());
    if (detail) expect(json.errors[0].detail).toMatch(detail);
    expect(world.models.calls).toHaveLength(0);
  });

  it.each([['{"prompt": ', /not valid JSON/], ['[1]', /must be a JSON object/], ['null', /must be a JSON object/], ['', /not valid JSON/]])(
    'returns 400 for the body %j', async (rawBody, detail) => {
      const { status, json } = await world.call('POST /images', { rawBody });
      expect(status).toBe(400);
      expect(json.detail).toMatch(detail);
    });

  it('returns 400 with the meaning of a pattern', async () => {
    expect((await post({ prompt: ' ' })).json.errors).toEqual([{ pointer: '/prompt', detail: 'must not be blank, got " "' }]);
  });

  it.each(['', 'x'.repeat(201)])('returns one error for an invalid model: %j', async (model) => {
    expect((await post({ prompt: 'x', model })).json.errors.map(({ pointer }) => pointer)).toEqual(['/model']);
  });

  it('returns 415 for a compressed body, but not for a charset in Content-Encoding', async () => {
    const detail = 'Content-Encoding must be absent, got gzip; send the body without compression';
    expect(await post({ prompt: 'x' }, { 'Content-Encoding': 'gzip' })).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA_TYPE', detail } });
    for (const encoding of ['identity', 'utf-8', '']) expect((await post({ prompt: 'x' }, { 'Content-Encoding': encoding })).status).toBe(201);
  });

  it('returns 415 for another content type', async () => {
    expect(await post({ prompt: 'x' }, { 'content-type': 'text/plain; charset=utf-8' })).toMatchObject({ status: 415, json: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });

  it.each([['', 0], ['  ', 0], ['k'.repeat(256), 256]])('returns 400 for the Idempotency-Key %j', async (key, length) => {
    const { status, json } = await post({ prompt: 'x' }, { 'Idempotency-Key': key });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: 'Idempotency-Key', detail: `must have 1 to 255 characters, got ${length}` }]);
  });

  it('does not have an Idempotency-Key of 255 characters', async () => {
    expect((await post({ prompt: 'x' }, { 'Idempotency-Key': 'k'.repeat(255) })).status).toBe(201);
  });
});

describe('a failed model call', () => {
  it.each([
    ['CONTENT_FILTERED', 422, 'image_generation_user_error'],
    ['MODEL_UNAVAILABLE', 502, 'server_error'],
    ['MODEL_ERROR', 502, 'server_error'],
    ['MODEL_BUSY', 503, 'server_error'],
    ['MODEL_TIMEOUT', 504, 'server_error'],
  ] as const)('returns %s and %i without a retry', async (code, status, type) => {
    world.models.failWith(new ApiError(code, 'what the client reads', { cause: new Error('Model access is denied to the operator'), ...(code === 'MODEL_BUSY' && { retryAfterSeconds: 10 }) }));

    const response = await post({ prompt: 'x' });

    expect(response.status).toBe(status);
    expect(response.json).toMatchObject({ code, status, detail: 'what the client reads', error: { message: 'what the client reads', type } });
    expect(response.text).not.toContain('operator');
    expect(world.logs.join()).toContain('"causeDetail":"Model access is denied"');
    expect(world.models.calls).toHaveLength(1);
  });

  it('is retried after throttling', async () => {
    world.models.failWith(throttled());
    expect((await post({ prompt: 'x' })).status).toBe(201);
    expect(world.models.calls).toHaveLength(2);
  });

  it('returns 429 with Retry-After after three throttled calls', async () => {
    world.models.failWith(throttled(), throttled(), throttled(), throttled());
    expect(await post({ prompt: 'x' })).toMatchObject({ status: 429, json: { code: 'THROTTLED' }, headers: { 'Retry-After': '20' } });
    expect(world.models.calls).toHaveLength(3);
  });

  it('is not retried after the deadline', async () => {
    world.models.next.push(() => { world.time += 20_000; throw throttled(); });
    expect((await post({ prompt: 'x' })).status).toBe(429);
    expect(world.slept).toEqual([]);
  });

  it('returns 500 without details for an unexpected error', async () => {
    world.models.failWith(new TypeError('cannot read x of undefined'));
    const { status, json, text } = await post({ prompt: 'x' });
    expect({ status, json }).toMatchObject({ status: 500, json: { code: 'INTERNAL' } });
    expect(text).not.toContain('undefined');
    expect(world.logs.join()).toContain('cannot read x of undefined');
  });
});

describe('a generated image', () => {
  it('is returned inline with a warning when it cannot be stored', async () => {
    world.store.fails = () => true;
    const { status, headers, json } = await post({ prompt: 'x' });
    expect(status).toBe(201);
    expect(json.warning).toBe('STORAGE_FAILED');
    expect(Buffer.from(String(json.images[0].base64), 'base64')).toEqual(PNG);
    expect(headers).not.toHaveProperty('Location');
    expect(world.records.items).toHaveLength(0);
    expect(world.logs.join()).toContain('image not stored');
  });

  const respondWith = (bytes: number) => ({ seed }: { seed?: number }) => ({ bytes: Buffer.alloc(bytes), seed, contentType: 'image/png', width: 1, height: 1 });

  it('is reported with its seed when it can neither be stored nor returned', async () => {
    world.store.fails = () => true;
    world.models.respond = respondWith(5_000_000);
    const { status, json } = await post({ prompt: 'x', seed: 99, count: 2 });
    expect({ status, json }).toMatchObject({ status: 500, json: { code: 'INTERNAL' } });
    expect(json.detail).toContain('seed 99, 100');
  });

  it('is returned inline beside stored images and recorded as a failure', async () => {
    world.store.fails = (key) => key.endsWith('/1.png');
    const { json, headers } = await post({ prompt: 'x', count: 2, seed: 5 });
    expect(json.images.map((image) => 'url' in image)).toEqual([true, false]);
    expect(json.images[1]).toHaveProperty('base64');
    expect(json.warning).toBe('STORAGE_FAILED');
    expect(json).not.toHaveProperty('failures');
    const again = await world.call(`GET ${headers.Location.replace('/prod', '')}`);
    expect(again.json.images).toHaveLength(1);
    expect(again.json.failures).toEqual([{ seed: 6, code: 'INTERNAL', detail: expect.stringContaining('could not be stored'), charged: 'yes' }]);
  });

  it('has priority for inline data if it could not be stored', async () => {
    world.store.fails = (key) => key.endsWith('/2.png');
    world.models.respond = respondWith(1_500_000);
    const { status, json } = await post({ prompt: 'x', count: 4, response: 'base64' });
    expect(status).toBe(201);
    expect(json.images.map((image) => 'base64' in image)).toEqual([false, false, true, false]);
  });

  it('that can neither be stored nor returned does not fail the others', async () => {
    world.store.fails = (key) => !key.endsWith('/0.png');
    world.models.respond = respondWith(1_500_000);
    const { status, json } = await post({ prompt: 'x', count: 4, seed: 1 });
    expect(status).toBe(201);
    expect(json.images.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(json.failures).toEqual([expect.objectContaining({ seed: 4 })]);
  });

  it('is recorded with 0 for a number that the table cannot store', async () => {
    world = new World({ ...CONFIGURATION, models: [{ id: 'custom', region: 'us-west-2', family: 'stability-v1-text_prompts' }] });
    const { status, json } = await post({ prompt: 'a bay', cfgScale: 1e-313 });
    expect({ status, json }).toMatchObject({ status: 201, json: { parameters: { cfgScale: 0 } } });
    expect(json).not.toHaveProperty('warning');
  });

  it('is returned with a warning when its record cannot be written', async () => {
    world.records.fails = true;
    const { status, headers, json } = await post({ prompt: 'x' });
    expect({ status, json }).toMatchObject({ status: 201, json: { warning: 'RECORD_FAILED' } });
    expect(json.images[0].url).toMatch(/^https:/);
    expect(headers).not.toHaveProperty('Location');
    expect(world.logs.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ message: 'record not written', id: json.id }));
  });
});

describe('log lines', () => {
  it('do not contain prompts, keys or URLs', async () => {
    const secret = 'a secret lighthouse';
    await post({ prompt: secret }, { 'Idempotency-Key': 'key-of-mine', 'x-api-key': 'value-of-mine' });
    world.models.failWith(new ApiError('INVALID_REQUEST', 'rejected', { cause: new Error(`bad prompt ${secret} at https://example.com/${secret}`) }));
    await post({ prompt: secret });
    world.store.fails = () => true;
    await post({ prompt: secret });
    world.store.fails = undefined;
    world.records.fails = true;
    await post({ prompt: secret });
    await world.call('POST /images', { rawBody: `{"prompt": ${secret}` });

    const logs = world.logs.join('\n');
    expect(world.logs.length).toBeGreaterThanOrEqual(8);
    for (const forbidden of [secret, 'lighthouse', 'key-of-mine', 'value-of-mine', 'http']) expect(logs).not.toContain(forbidden);
  });

  it('contain the route, status and duration of each request', async () => {
    world.models.next.push((input) => { world.time += 1234; return world.models.respond(input); });
    await post({ prompt: 'x' });
    expect(JSON.parse(world.logs[0])).toMatchObject({ level: 'info', message: 'request', requestId: 'request-1', route: 'POST /images', status: 201, ms: 1234 });
  });
});

describe('an event of API Gateway', () => {
  it('can have a body in base64', async () => {
    const rawBody = Buffer.from('{"prompt": "ein Füchslein"}').toString('base64');
    expect((await world.call('POST /images', { rawBody, isBase64Encoded: true })).json.prompt).toBe('ein Füchslein');
  });

  it('can have no headers', async () => {
    expect((await world.call('GET /images', { headers: null })).status).toBe(200);
  });

  it('can have header names in any case', async () => {
    world = new World({ ...CONFIGURATION, corsOrigins: ['https://a.example', 'https://b.example'] });
    for (const name of ['origin', 'Origin', 'ORIGIN']) {
      const { headers } = await world.call('GET /images', { headers: { [name]: 'https://b.example' } });
      expect(headers).toMatchObject({ 'Access-Control-Allow-Origin': 'https://b.example', 'Vary': 'Origin' });
    }
  });
});

describe('the expiration of an image', () => {
  it('is the configured one', async () => {
    world = new World({ ...CONFIGURATION, expirationDays: 2 });
    expect((await post({ prompt: 'x' })).json.imageExpiresAt).toBe('2026-11-23T12:00:00.250Z');
  });
});

describe('the field model', () => {
  const two = { ...CONFIGURATION, models: [...CONFIGURATION.models, { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }, { id: 'acme.painter-v1:0', region: 'eu-west-1', family: 'stability-v2' }] };

  it.each(['stability.sd3-5-large-v1:0', 'sd3-5-large'])('can be the id or alias %s', async (model) => {
    world = new World(two);
    expect((await post({ prompt: 'x', model, outputFormat: 'webp' })).json.model).toBe('stability.sd3-5-large-v1:0');
  });

  it('determines the valid ranges', async () => {
    world = new World(two);
    expect((await post({ prompt: 'x', model: 'sd3-5-large', seed: 4_294_967_295 })).json.errors[0].detail).toMatch(/0 to 4294967294 for stability\.sd3-5-large/);
  });

  it('can be a model that is not in the catalog, with the parameters of its family', async () => {
    world = new World(two);
    expect((await post({ prompt: 'x', model: 'acme.painter-v1:0', aspectRatio: '16:9' })).status).toBe(201);
  });

  it('can be any model that GET /models returns, with its parameters', async () => {
    world = new World(two);
    const { status, json } = await world.call('GET /models');
    expect(status).toBe(200);
    expect(json.models).toMatchObject([
      { id: CORE, alias: 'stable-image-core', default: true, region: 'us-west-2', priceUsd: 0.04, parameters: { seed: { minimum: 0, maximum: 4_294_967_295 }, count: { minimum: 1, maximum: 4, default: 1 } } },
      { id: 'stability.sd3-5-large-v1:0', default: false, parameters: { outputFormat: { values: ['png', 'jpeg', 'webp'] } } },
      { id: 'acme.painter-v1:0', region: 'eu-west-1', parameters: { aspectRatio: { default: '1:1' } } },
    ]);
  });
});

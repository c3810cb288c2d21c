import { ApiError } from '../../../src/handlers/shared/errors';
import { picture } from '../../fixtures/images';
import { CONFIGURATION, TIME_MS, throttled, World } from '../../helpers/world';

const HOUR_MS = 3600 * 1000;
const FILE = picture(64, 64);
let world: World;
beforeEach(() => { world = new World(); });

const post = (body: unknown = { prompt: 'x' }, key = 'k', keyId = 'key-a') =>
  world.call('POST /images', { body, headers: { 'Idempotency-Key': key }, keyId });

/** The first attempt at the key is cut off by the function's time-out, before or after it stored its image. */
async function crash(stored: boolean, body: unknown = { prompt: 'x' }): Promise<void> {
  const real = world.store.put.bind(world.store);
  const never = new Promise<never>(() => undefined);
  await new Promise<void>((cutOff) => {
    world.store.put = async (key, image) => {
      if (stored) await real(key, image);
      cutOff();
      return never;
    };
    void post(body);
  });
  world.store.put = real;
}

describe('Idempotency-Key', () => {
  it('gives the same image, freshly signed, to the same request', async () => {
    const first = await post({ prompt: 'x', seed: 3 });
    world.time += HOUR_MS;
    const second = await post({ seed: 3, prompt: 'x' });

    expect(second.status).toBe(201);
    expect(second.json.id).toBe(first.json.id);
    expect(second.headers.Location).toBe(first.headers.Location);
    expect(second.json.images[0].expiresAt).toBe('2026-11-21T14:00:00.000Z');
    expect(world.models.calls).toHaveLength(1);
  });

  it('buys one image for 20 requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, json, headers } of answers.filter((answer) => answer.status !== 201)) {
      expect([status, json.code, headers['Retry-After']]).toEqual([409, 'IN_PROGRESS', '5']);
    }
    expect(world.models.calls).toHaveLength(1);
  });

  it('goes on when its own claim was written but the answer to the write was lost', async () => {
    world.claims.take = async (claim) => { world.claims.items.set(claim.owner + claim.key, claim); return claim; };
    expect((await post()).status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
  });

  it('is refused with another request', async () => {
    await post({ prompt: 'x' });
    const { status, json } = await post({ prompt: 'y' });
    expect([status, json.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH']);
    expect(world.models.calls).toHaveLength(1);
  });

  it('is the caller\'s own', async () => {
    const alice = await post({ prompt: 'x' }, 'k', 'key-a');
    const bob = await post({ prompt: 'y' }, 'k', 'key-b');
    expect(bob.status).toBe(201);
    expect(bob.json.id).not.toBe(alice.json.id);
  });

  it('is forgotten after 24 hours', async () => {
    const first = await post();
    world.time += 24 * HOUR_MS - 1;
    expect((await post()).json.id).toBe(first.json.id);
    world.time += 1;
    expect((await post()).json.id).not.toBe(first.json.id);
  });

  it('is not used up by a request that is not valid', async () => {
    expect((await post({})).status).toBe(400);
    expect((await post()).status).toBe(201);
  });

  it.each(['MODEL_ERROR', 'MODEL_TIMEOUT', 'MODEL_UNAVAILABLE', 'MODEL_BUSY'] as const)('may be tried again after %s', async (code) => {
    world.models.failWith(new ApiError(code, 'failed', { retryAfterSeconds: 10 }));
    expect((await post()).json.code).toBe(code);
    expect((await post()).status).toBe(201);
  });

  it('may be tried again after a throttle that did not end', async () => {
    world.models.failWith(throttled(), throttled(), throttled());
    expect((await post()).status).toBe(429);
    expect((await post()).status).toBe(201);
  });

  it('stays filtered, without another call', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'the model filtered the prompt'));
    const first = await post();
    const second = await post();
    expect(second).toMatchObject({ status: 422, json: { code: 'CONTENT_FILTERED', detail: first.json.detail } });
    expect(world.models.calls).toHaveLength(1);
  });

  it('does not buy again what was deleted', async () => {
    const { json } = await post();
    await world.call(`DELETE /images/${json.id}`);
    expect((await post()).status).toBe(404);
    expect(world.models.calls).toHaveLength(1);
  });

  it('gives the same image though the one that it was drawn from is gone', async () => {
    world = new World({ ...CONFIGURATION, models: [{ id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }] });
    world.models.drawing = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 64, height: 64 });
    const { json } = await world.call('POST /images', { body: { prompt: 'x' } });
    const body = { prompt: 'x', image: json.id, strength: 0.5 };
    const first = await post(body);
    await world.call(`DELETE /images/${json.id}`);
    expect((await post(body)).json.id).toBe(first.json.id);
    expect(world.models.calls).toHaveLength(2);
  });

  it('delivers the image even if the claim cannot be closed', async () => {
    world.claims.fails = true;
    const first = await post();
    expect(first.status).toBe(201);
    expect((await post()).json.id).toBe(first.json.id);
    expect(world.models.calls).toHaveLength(1);
  });

  it('reports the model\'s failure even if the claim cannot be closed', async () => {
    world.claims.fails = true;
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    expect((await post()).json.code).toBe('MODEL_ERROR');
    expect(world.logs.join()).toContain('claim not closed');
  });

  it('is what makes a request look for images of an earlier attempt', async () => {
    world.store.find = async () => { throw new Error('not asked for'); };
    expect((await world.call('POST /images', { body: { prompt: 'x' } })).status).toBe(201);
    expect((await post()).status).toBe(201);
  });
});

describe('the answer to a repeated request', () => {
  const headers = { 'Idempotency-Key': 'k' };

  it('carries the picture inline if that was asked', async () => {
    const [first, second] = [await post({ prompt: 'x', response: 'base64' }), await post({ prompt: 'x', response: 'base64' })];
    expect(second.json.images).toEqual(first.json.images);
    expect(second.json).not.toHaveProperty('warning');
  });

  it('is the picture itself if that was asked', async () => {
    const ask = () => world.call('POST /images', { body: { prompt: 'x' }, headers: { ...headers, Accept: 'image/png' } });
    const [first, second] = [await ask(), await ask()];
    expect(second).toMatchObject({ status: 201, isBase64: true, text: first.text });
    expect(world.models.calls).toHaveLength(1);
  });

  it('has a URL where the picture is too large for that', async () => {
    world.models.drawing = ({ seed }) => ({ bytes: Buffer.alloc(4 * 1024 * 1024 + 1), seed, contentType: 'image/png', width: 1, height: 1 });
    await post({ prompt: 'x', response: 'base64' });
    world.store.read = async () => { throw new Error('not read: it is too large'); };
    const { json } = await post({ prompt: 'x', response: 'base64' });
    expect([json.warning, json.images[0].url]).toEqual(['INLINE_TOO_LARGE', expect.stringContaining('https:')]);
  });
});

describe('after a crash', () => {
  it('waits until the first attempt is surely over', async () => {
    await crash(false);
    expect((await post()).status).toBe(409);
    world.time += TIME_MS + 4_999;
    expect((await post()).status).toBe(409);
    world.time += 1;
    expect((await post()).status).toBe(201);
  });

  it('tells how long to wait, if that is less than usual', async () => {
    await crash(false);
    world.time += TIME_MS + 5_000 - 1_500;
    expect((await post()).headers['Retry-After']).toBe('2');
  });

  it('finds the image that was stored, and does not pay for it again', async () => {
    await crash(true);
    world.time += TIME_MS + 5_000;
    const { status, json } = await post();
    expect(status).toBe(201);
    expect(json.images).toHaveLength(1);
    expect(json.images[0].seed).toBe(world.models.calls[0].seed);
    expect(world.models.calls).toHaveLength(1);
    expect((await world.call(`GET /images/${json.id}`)).status).toBe(200);
  });

  it('draws the same picture again where none was stored', async () => {
    await crash(false);
    world.time += TIME_MS + 5_000;
    await post();
    expect(world.models.calls[1].seed).toBe(world.models.calls[0].seed);
  });

  it('does not pay again because S3 cannot tell just now whether the image is there', async () => {
    await crash(true);
    world.time += TIME_MS + 5_000;
    const find = world.store.find.bind(world.store);
    world.store.find = async () => { throw new Error('503 slow down'); };
    expect((await post()).status).toBe(500);
    world.store.find = find;
    world.time += TIME_MS + 5_000;
    expect((await post()).status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
  });

  it('goes on when the take-over was written but the answer to the write was lost', async () => {
    await crash(false);
    world.time += TIME_MS + 5_000;
    const take = world.claims.take.bind(world.claims);
    world.claims.take = async (claim, now, supersedes) => {
      const there = await take(claim, now, supersedes);
      return supersedes ? claim : there;
    };
    expect((await post()).status).toBe(201);
  });

  it('counts the life of the image from the first attempt, as the bucket does', async () => {
    await crash(true);
    world.time += 12 * HOUR_MS;
    expect((await post()).json.createdAt).toBe('2026-11-21T12:00:00.250Z');
  });

  it('keeps what was stored for a later attempt when the next one fails', async () => {
    world = new World({ ...CONFIGURATION, models: [{ id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }] });
    world.models.drawing = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 64, height: 64 });
    const { json: source } = await world.call('POST /images', { body: { prompt: 'x' } });
    const body = { prompt: 'x', image: source.id, strength: 0.5, count: 2 };
    const real = world.store.put.bind(world.store);
    await new Promise<void>((cutOff) => {
      world.store.put = async (key, image) => {
        if (key.endsWith('0.png')) return real(key, image);
        cutOff();
        return new Promise(() => undefined);
      };
      void post(body);
    });
    world.store.put = real;
    world.time += TIME_MS + 5_000;
    const readIfThere = world.store.readIfExists.bind(world.store);
    world.store.readIfExists = async (key) => { if (key.endsWith('.png')) throw new Error('S3 is slow'); return undefined; };
    expect((await post(body)).status).toBe(500);
    world.store.readIfExists = readIfThere;
    const { json } = await post(body);
    expect(json.images).toHaveLength(2);
    // the source, two that were cut off, and the second of them again
    expect(world.models.calls).toHaveLength(4);
    expect(world.models.calls[3].image).toEqual(FILE);
  });

  it('lets only one of many take over', async () => {
    await crash(false);
    world.time += TIME_MS + 5_000;
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => post()))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(world.models.calls).toHaveLength(2);
  });

  it('completes an image whose record could not be written', async () => {
    world.records.fails = true;
    expect((await post()).json.warning).toBe('RECORD_FAILED');
    world.records.fails = false;
    world.time += TIME_MS + 5_000;
    const { status, json } = await post();
    expect(status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
    expect((await world.call(`GET /images/${json.id}`)).status).toBe(200);
  });
});

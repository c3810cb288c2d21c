import { ApiError } from '../../../src/handlers/errors';
import { TIME_MS, throttled, World } from '../world';

const HOUR_MS = 3600 * 1000;
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
    world.models.failWith(new ApiError(code, 'failed'));
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

import { LEASE_MS, QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { CONFIGURATION, REMAINING_TIME_MS, START, World } from '../../helpers/world';

// S3 stores an image, but the function gets no response. fault-matrix.test.ts has one fault at each step.

const BODY = { prompt: 'a bay', seed: 7 };
const headers = { 'Idempotency-Key': 'k' };
let world: QueuedWorld;
beforeEach(() => { world = new QueuedWorld({ ...QUEUED, policy: undefined, events: {} }); });

/** The next writes of images are stored, but get no response. */
function loseResponses(target: World, count = 1): void {
  const put = target.store.put.bind(target.store);
  let lost = 0;
  target.store.put = async (...parameters) => {
    const stored = await put(...parameters);
    if (lost++ < count) throw new Error('socket hang up');
    return stored;
  };
}

/** The lookup after a write fails. */
const failLookup = () => jest.spyOn(world.store, 'findSame').mockRejectedValue(new Error('no bucket'));
const post = (body: object = BODY, requestHeaders: Record<string, string> = headers) => world.call('POST /images', { body, headers: requestHeaders });

describe('an image whose write gets no response', () => {
  it('is found and returned as a stored image', async () => {
    loseResponses(world);
    const { status, headers: { Location }, json } = await post(BODY, {});
    expect(status).toBe(201);
    expect(json).not.toHaveProperty('warning');
    expect(json.images).toMatchObject([{ seed: 7, url: expect.any(String) }]);
    expect((await world.call(`GET ${Location.replace('/prod', '')}`)).json.images).toHaveLength(1);
    expect(world.logs.join()).not.toContain('image not stored');
  });

  it('is looked up after a write that takes all of its time', async () => {
    const put = world.store.put.bind(world.store);
    world.store.put = async (key, image, deadline) => {
      await put(key, image, deadline);
      world.time = deadline;
      throw new DOMException('aborted', 'AbortError');
    };
    const { json } = await post();
    expect(world.time).toBeLessThan(START + REMAINING_TIME_MS - 1_000);
    expect(json).not.toHaveProperty('warning');
  });

  it('completes its job', async () => {
    loseResponses(world);
    const { json: { id } } = await world.enqueue(BODY);
    expect(await world.deliver(world.message)).toBe(true);
    expect((await world.status(id)).status).toBe('succeeded');
    expect(world.queue.deadLetters).toEqual([]);
  });
});

describe('an image whose write and lookup get no response', () => {
  beforeEach(failLookup);

  it('is returned inline, and by URL if the request is repeated, without a second charge', async () => {
    loseResponses(world);
    const first = await post();
    expect(first.json).toMatchObject({ warning: 'STORAGE_FAILED', images: [{ base64: expect.any(String) }] });
    for (let time = 0; time < 2; time++) {
      const { status, json } = await post();
      expect({ status, json }).toMatchObject({ status: 201, json: { id: first.json.id, images: [{ seed: 7, url: expect.any(String) }] } });
    }
    expect(world.models.calls).toHaveLength(1);
    expect(world.eventPublisher.published.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
    expect([...world.claims.items.values()]).toMatchObject([{ state: 'done' }]);
  });

  it('is returned without those that are not stored, and no model is called for them', async () => {
    world.store.fails = (key) => key.endsWith('/1.png');
    loseResponses(world, 2);
    await post({ ...BODY, count: 2 });
    world.store.fails = () => false;
    const { json } = await post({ ...BODY, count: 2 });
    expect(json.images).toMatchObject([{ seed: 7 }]);
    expect(json.failures).toMatchObject([{ code: 'INTERNAL', detail: expect.stringContaining('could not be stored') }]);
    expect(world.models.calls).toHaveLength(2);
  });

  it('is not charged again if the repeated request cannot look it up, and is found later', async () => {
    loseResponses(world);
    await post();
    const find = jest.spyOn(world.store, 'find').mockRejectedValueOnce(new Error('no bucket'));
    expect((await post()).status).toBe(500);
    find.mockRestore();
    expect((await post()).status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
  });

  it('is found again if the repeated request cannot record it', async () => {
    loseResponses(world);
    await post();
    expect(world.logs.join()).toContain('image not looked up');
    world.records.fails = true;
    const unrecorded = await post();
    expect(unrecorded.json).toMatchObject({ images: [{ seed: 7 }], warning: 'RECORD_FAILED' });
    // GET /images/{id} would return 404
    expect(unrecorded.headers).not.toHaveProperty('Location');
    world.records.fails = false;
    expect((await post()).json).toMatchObject({ images: [{ seed: 7, url: expect.any(String) }] });
    expect(world.models.calls).toHaveLength(1);
    expect(world.eventPublisher.published.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
  });

  it('is found by a retry of an OpenAI SDK', async () => {
    loseResponses(world);
    const send = (count: number) => world.call('POST /v1/images/generations', { body: { prompt: 'a bay', response_format: 'url' }, headers: { 'X-Stainless-Retry-Count': String(count) } });
    await send(0);
    const { status, json } = await send(1);
    expect({ status, json }).toMatchObject({ status: 200, json: { data: [{ url: expect.any(String) }] } });
    expect(world.models.calls).toHaveLength(1);
  });

  it('is found by a redrive of its job', async () => {
    loseResponses(world);
    const { json: { id } } = await world.enqueue(BODY);
    await world.deliver(world.message);
    expect((await world.status(id)).status).toBe('failed');
    world.time += LEASE_MS;
    await world.deliver(world.queue.deadLetters[0]);
    expect((await world.status(id)).status).toBe('succeeded');
    expect(world.models.calls).toHaveLength(1);
  });
});

it('an image that is not stored is looked up again for each repeated request, and returned as failed', async () => {
  const simple = new World(CONFIGURATION);
  simple.store.fails = () => true;
  await simple.call('POST /images', { body: BODY, headers });
  for (let time = 0; time < 2; time++) {
    expect(await simple.call('POST /images', { body: BODY, headers })).toMatchObject({ status: 500, headers: { 'Idempotency-Replayed': 'true' } });
  }
  expect(simple.models.calls).toHaveLength(1);
});

import { ApiError } from '../../../src/handlers/shared/errors';
import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { CONFIGURATION, throttled, TIME_MS, World, type Call } from '../../helpers/world';

const TOLD: HandlerConfiguration = {
  ...CONFIGURATION,
  policy: { deny: ['forbidden fruit'] },
  queue: { url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 3600 },
  events: { api: 'abc123' },
};

let world: World;
beforeEach(() => { world = new World(TOLD); });

const post = (body: object = { prompt: 'a bay' }, headers: Record<string, string> = {}) => world.call('POST /images', { body, headers });
const later = (headers: Record<string, string> = {}) => post(undefined, { Prefer: 'respond-async', ...headers });
const remove = (id: string, call: Call = {}) => world.call(`DELETE /images/${id}`, call);
const message = () => world.queue.messages.at(-1)!.message;
const told = () => world.eventPublisher.published.map(({ outcome, record: { id } }) => [outcome, id]);

describe('an image that is drawn at once', () => {
  it('is told when it is there, and when it is deleted', async () => {
    const { json: { id } } = await post();
    expect(world.eventPublisher.published).toMatchObject([{ outcome: 'succeeded', record: { id, owner: 'client:alice', images: [{ contentType: 'image/png' }] } }]);
    await remove(id);
    expect(told()).toEqual([['succeeded', id], ['deleted', id]]);
  });

  it('is told once, however often its request is repeated', async () => {
    await post(undefined, { 'Idempotency-Key': 'k' });
    await post(undefined, { 'Idempotency-Key': 'k' });
    expect(world.eventPublisher.published).toHaveLength(1);
  });

  it.each(['CONTENT_FILTERED', 'MODEL_ERROR', 'MODEL_UNAVAILABLE', 'MODEL_TIMEOUT', 'MODEL_BUSY', 'THROTTLED', 'INTERNAL'] as const)('is told where it failed by %s', async (code) => {
    world.models.failWith(new ApiError(code, `why: ${code}`, { retryAfterSeconds: 5 }));
    await post();
    expect(world.eventPublisher.published).toMatchObject([{ outcome: 'failed', record: { owner: 'client:alice', model: CONFIGURATION.models[0].id, images: [], failures: [{ code, detail: `why: ${code}` }] } }]);
  });

  it('is told where its function failed in a way nobody thought of, without saying how', async () => {
    world.models.failWith(new Error('a secret bay'));
    await post();
    expect(world.eventPublisher.published).toMatchObject([{ outcome: 'failed', record: { failures: [{ code: 'INTERNAL' }] } }]);
    expect(JSON.stringify(world.eventPublisher.published)).not.toContain('secret');
  });

  it('is not told where nothing was to be drawn', async () => {
    await post({ prompt: ' ' });
    await post({ prompt: 'forbidden fruit' });
    await remove('01JD0000000000000000009999');
    expect(world.eventPublisher.published).toEqual([]);
  });

  it('is not told where nobody could find it', async () => {
    world.records.fails = true;
    expect((await post()).status).toBe(201);
    expect(world.eventPublisher.published).toEqual([]);
  });

  it('is its client\'s whether it can be told or not', async () => {
    world.eventPublisher.fails = true;
    const { status, json } = await post();
    expect([status, (await remove(json.id)).status]).toEqual([201, 204]);
    world.models.failWith(new ApiError('MODEL_ERROR', 'why'));
    expect((await post()).json.code).toBe('MODEL_ERROR');
    const lines = world.logs.map((line) => JSON.parse(line)).filter((line) => line.message === 'event not sent');
    expect(lines).toMatchObject([
      { outcome: 'succeeded', id: json.id, causeDetail: 'event bus is gone' }, { outcome: 'deleted', id: json.id }, { outcome: 'failed' },
    ]);
  });

  it('is told within a second and a half, and never at the cost of the answer', async () => {
    await post();
    world.models.next.push((input) => { world.time += TIME_MS - 2_000; return world.models.drawing(input); });
    const start = world.time;
    await post();
    expect(world.eventPublisher.deadlines).toEqual([start + 1_500, start + TIME_MS - 1_000]);
  });

  it('is not told where nobody asked', async () => {
    world = new World({ ...TOLD, events: undefined });
    await later();
    await world.work(message());
    await remove((await post()).json.id);
    expect([world.eventPublisher.published, JSON.stringify(world.records.items)]).toEqual([[], expect.not.stringContaining('unannounced')]);
  });
});

describe('a job', () => {
  it('is told when it is done, once', async () => {
    const { json: { id } } = await later();
    expect(world.eventPublisher.published).toEqual([]);
    await world.work(message());
    await world.work(message(), 2);
    expect(told()).toEqual([['succeeded', id]]);
    expect(world.records.items[0]).not.toHaveProperty('unannounced');
  });

  it('is told when it failed, and when it then succeeds', async () => {
    const { json: { id } } = await later();
    world.models.failWith(new ApiError('MODEL_ERROR', 'why'));
    await world.work(message());
    await world.work(message(), 2);
    expect(told()).toEqual([['failed', id]]);
    await world.work(world.queue.deadLetters[0]);
    expect(told()).toEqual([['failed', id], ['succeeded', id]]);
  });

  it('is not told while the model is throttled', async () => {
    await later();
    world.models.failWith(throttled(), throttled(), throttled());
    await world.work(message());
    expect(world.eventPublisher.published).toEqual([]);
  });

  it.each<[string, () => void]>([['succeeded', () => undefined], ['failed', () => world.models.failWith(new ApiError('MODEL_ERROR', 'why'))]])('that %s is told by the next worker where the first cannot', async (outcome, arrange) => {
    const { json: { id } } = await later();
    arrange();
    world.eventPublisher.fails = true;
    expect(await world.work(message())).toBe(false);
    world.eventPublisher.fails = false;
    expect(await world.work(message(), 2)).toBe(true);
    expect([told(), world.models.calls.length]).toEqual([[[outcome, id]], 1]);
    await world.work(message(), 3);
    expect(world.eventPublisher.published).toHaveLength(1);
  });

  it('is told again where nobody knows whether it was', async () => {
    const { json: { id } } = await later();
    jest.spyOn(world.records, 'markPublished').mockRejectedValueOnce(new Error('table is gone'));
    expect(await world.work(message())).toBe(false);
    expect(await world.work(message(), 2)).toBe(true);
    expect(told()).toEqual([['succeeded', id], ['succeeded', id]]);
  });

  it('that was deleted meanwhile does not come back', async () => {
    const { json: { id } } = await later();
    world.eventPublisher.fails = true;
    await world.work(message());
    world.eventPublisher.fails = false;
    await remove(id);
    expect(await world.work(message(), 2)).toBe(true);
    expect([world.records.items, told()]).toEqual([[], [['deleted', id]]]);
  });

  it('is told when it is cancelled', async () => {
    const { json: { id } } = await later();
    await remove(id);
    expect(told()).toEqual([['deleted', id]]);
  });

  it('that failed before it could be told, and is asked for again, is told by what comes of that', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const { json: { id } } = await later(headers);
    world.models.failWith(new ApiError('MODEL_ERROR', 'why'));
    world.eventPublisher.fails = true;
    await world.work(message());
    world.eventPublisher.fails = false;
    await later(headers);
    await world.work(message());
    expect(told()).toEqual([['succeeded', id]]);
  });
});

describe('what the operator\'s rules filter of a batch', () => {
  const batch = () => world.call('POST /images/batches', { body: { requests: [{ prompt: 'forbidden fruit' }] }, headers: { 'Idempotency-Key': 'k' } });

  it('is told by a worker', async () => {
    const { json } = await batch();
    expect(told()).toEqual([]);
    await world.work(message());
    await world.work(message(), 2);
    expect(told()).toEqual([['failed', json.images[0]]]);
  });

  it('is told where the function died before its message was sent', async () => {
    world.queue.fails = true;
    await batch();
    world.queue.fails = false;
    world.time += TIME_MS + 5_000;
    const { json } = await batch();
    await world.work(message());
    expect(told()).toEqual([['failed', json.images[0]]]);
  });
});

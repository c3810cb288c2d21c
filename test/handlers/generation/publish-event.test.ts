import { ApiError } from '../../../src/handlers/shared/api-error';
import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { CONFIGURATION, REMAINING_TIME_MS, throttled } from '../../helpers/world';

const WITH_EVENTS: HandlerConfiguration = { ...QUEUED, events: {} };

let world: QueuedWorld;
beforeEach(() => { world = new QueuedWorld(WITH_EVENTS); });

const WITH_KEY = { headers: { 'Idempotency-Key': 'k' } };
const post = (body: object = { prompt: 'a bay' }, headers: Record<string, string> = {}) => world.call('POST /images', { body, headers });
const deleteImage = (id: string) => world.call(`DELETE /images/${id}`);
const published = () => world.eventPublisher.published.map(({ outcome, record: { id } }) => [outcome, id]);

describe('the events of a synchronous request', () => {
  it('include Image Succeeded, and Image Deleted when the image is deleted', async () => {
    const { json: { id } } = await post();
    expect(world.eventPublisher.published).toMatchObject([
      { outcome: 'succeeded', record: { id, owner: 'client:alice', images: [{ contentType: 'image/png' }] } },
    ]);
    await deleteImage(id);
    expect(published()).toEqual([['succeeded', id], ['deleted', id]]);
  });

  it('are published once if the request is repeated', async () => {
    await post(undefined, WITH_KEY.headers);
    await post(undefined, WITH_KEY.headers);
    expect(world.eventPublisher.published).toHaveLength(1);
  });

  it.each(['CONTENT_FILTERED', 'MODEL_ERROR', 'MODEL_UNAVAILABLE', 'MODEL_TIMEOUT', 'MODEL_BUSY', 'THROTTLED', 'INTERNAL'] as const)(
    'include Image Failed with %s', async (code) => {
      world.models.failWith(new ApiError(code, `why: ${code}`, ['MODEL_BUSY', 'THROTTLED'].includes(code) ? { retryAfterSeconds: 5 } : {}));
      await post();
      const record = { owner: 'client:alice', model: CONFIGURATION.models[0].id, images: [], failures: [{ code, detail: `why: ${code}` }] };
      expect(world.eventPublisher.published).toMatchObject([{ outcome: 'failed', record }]);
    });

  it('include Image Failed for an unexpected error, without its message', async () => {
    world.models.failWith(new Error('a secret bay'));
    await post();
    expect(world.eventPublisher.published).toMatchObject([{ outcome: 'failed', record: { failures: [{ code: 'INTERNAL' }] } }]);
    expect(JSON.stringify(world.eventPublisher.published)).not.toContain('secret');
  });

  it('do not include requests that are not valid or that the prompt policy denies', async () => {
    await post({ prompt: ' ' });
    await post({ prompt: 'forbidden fruit' });
    await deleteImage('01JD0000000000000000009999');
    expect(world.eventPublisher.published).toEqual([]);
  });

  it('do not include requests whose input image does not exist', async () => {
    await world.call('POST /images/edits', { body: { operation: 'remove-background', image: '01JD0000000000000000009999' } });
    expect(world.eventPublisher.published).toEqual([]);
  });

  it('do not include the error of an earlier request', async () => {
    world.models.failWith(new ApiError('MODEL_ERROR', 'why'));
    world.claims.update = async () => { throw new Error('DynamoDB is not available'); };
    await post(undefined, WITH_KEY.headers);
    expect(published()).toMatchObject([['failed', expect.any(String)]]);
    world.time += LEASE_MS;
    expect(await post(undefined, WITH_KEY.headers)).toMatchObject({ headers: { 'Idempotency-Replayed': 'true' } });
    expect(world.eventPublisher.published).toHaveLength(1);
  });

  it.each<[HandlerConfiguration['policy'], object]>([
    [undefined, { prompt: 'a bay' }], [{ retention: 'none' }, { prompt: undefined }],
  ])('have the prompt of a failed request as the record would have it: %j', async (policy, record) => {
    world = new QueuedWorld({ ...WITH_EVENTS, policy });
    world.models.failWith(new ApiError('MODEL_ERROR', 'why'));
    await post();
    expect(world.eventPublisher.published).toMatchObject([{ outcome: 'failed', record }]);
  });

  it('do not include images without a record', async () => {
    world.records.fails = true;
    expect((await post()).status).toBe(201);
    expect(world.eventPublisher.published).toEqual([]);
  });

  it('do not change the response if they cannot be published, which is logged', async () => {
    world.eventPublisher.fails = true;
    const { status, json } = await post();
    expect(status).toBe(201);
    expect((await deleteImage(json.id)).status).toBe(204);
    world.models.failWith(new ApiError('MODEL_ERROR', 'why'));
    expect((await post()).json.code).toBe('MODEL_ERROR');
    expect(world.logged('event not published')).toMatchObject([
      { outcome: 'succeeded', id: json.id, cause: 'Error' }, { outcome: 'deleted', id: json.id }, { outcome: 'failed' },
    ]);
  });

  it('are published within 1.5 seconds, and at least 1 second before the timeout', async () => {
    await post();
    world.models.next.push((input) => { world.time += REMAINING_TIME_MS - 2_000; return world.models.respond(input); });
    const start = world.time;
    await post();
    expect(world.eventPublisher.deadlines).toEqual([start + 1_500, start + REMAINING_TIME_MS - 1_000]);
  });

  it('are not published if no rule uses them', async () => {
    world = new QueuedWorld({ ...WITH_EVENTS, events: undefined });
    await world.enqueue();
    await world.deliver(world.message);
    const { status, json: { id } } = await post();
    expect([status, (await deleteImage(id)).status]).toEqual([201, 204]);
    expect(world.eventPublisher.published).toEqual([]);
    expect(JSON.stringify(world.records.items)).not.toContain('eventPending');
  });
});

describe('the event of a job', () => {
  it('is published once when the job succeeds', async () => {
    const { json: { id } } = await world.enqueue();
    expect(world.eventPublisher.published).toEqual([]);
    await world.deliver(world.message);
    await world.deliver(world.message, 2);
    expect(published()).toEqual([['succeeded', id]]);
    expect(world.records.items[0]).not.toHaveProperty('eventPending');
  });

  it('is published when the job fails, and when it succeeds after a redrive', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('MODEL_ERROR', 'why'));
    await world.deliver(world.message);
    await world.deliver(world.message, 2);
    expect(published()).toEqual([['failed', id]]);
    await world.deliver(world.queue.deadLetters[0]);
    expect(published()).toEqual([['failed', id], ['succeeded', id]]);
  });

  it('is not published while the model throttles the job', async () => {
    await world.enqueue();
    world.models.failWith(throttled(), throttled(), throttled());
    await world.deliver(world.message);
    expect(world.eventPublisher.published).toEqual([]);
  });

  it.each<[string, () => void]>([
    ['succeeded', () => undefined], ['failed', () => world.models.failWith(new ApiError('MODEL_ERROR', 'why'))],
  ])('%s is published by the next worker if the first one cannot', async (outcome, prepareModel) => {
    const { json: { id } } = await world.enqueue();
    prepareModel();
    world.eventPublisher.fails = true;
    expect(await world.deliver(world.message)).toBe(false);
    world.eventPublisher.fails = false;
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(published()).toEqual([[outcome, id]]);
    expect(world.models.calls).toHaveLength(1);
    await world.deliver(world.message, 3);
    expect(world.eventPublisher.published).toHaveLength(1);
  });

  it('is published again if the record could not be updated', async () => {
    const { json: { id } } = await world.enqueue();
    jest.spyOn(world.records, 'markPublished').mockRejectedValueOnce(new Error('DynamoDB is not available'));
    expect(await world.deliver(world.message)).toBe(false);
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(published()).toEqual([['succeeded', id], ['succeeded', id]]);
  });

  it('is not published, and the record not written again, after the image was deleted', async () => {
    const { json: { id } } = await world.enqueue();
    world.eventPublisher.fails = true;
    await world.deliver(world.message);
    world.eventPublisher.fails = false;
    await deleteImage(id);
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(world.records.items).toEqual([]);
    expect(published()).toEqual([['deleted', id]]);
  });

  it('is Image Deleted if the job is cancelled', async () => {
    const { json: { id } } = await world.enqueue();
    await deleteImage(id);
    expect(published()).toEqual([['deleted', id]]);
  });

  it('is that of the second run if a failed job is enqueued again before the event of the first run was published', async () => {
    const { json: { id } } = await world.enqueue(undefined, WITH_KEY);
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'why'));
    world.eventPublisher.fails = true;
    await world.deliver(world.message);
    world.eventPublisher.fails = false;
    await world.enqueue(undefined, WITH_KEY);
    await world.deliver(world.message);
    expect(published()).toEqual([['succeeded', id]]);
  });
});

describe('the event of a batch request that the prompt policy filters', () => {
  const postBatch = () => world.call('POST /images/batches', { body: { requests: [{ prompt: 'forbidden fruit' }] }, ...WITH_KEY });

  it('is published by a worker', async () => {
    const { json } = await postBatch();
    expect(published()).toEqual([]);
    await world.deliver(world.message);
    await world.deliver(world.message, 2);
    expect(published()).toEqual([['failed', json.images[0].id]]);
  });

  it('is published after a repeated request if the message could not be sent', async () => {
    world.queue.fails = true;
    await postBatch();
    world.queue.fails = false;
    world.time += LEASE_MS;
    const { json } = await postBatch();
    await world.deliver(world.message);
    expect(published()).toEqual([['failed', json.images[0].id]]);
  });
});

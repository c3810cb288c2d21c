import type { JobRecord } from '../../../src/handlers/generation/storage/records';
import { ApiError } from '../../../src/handlers/shared/api-error';
import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { PNG, throttled, type Response } from '../../helpers/world';

const HOUR_MS = 3600 * 1000;

let world: QueuedWorld;
beforeEach(() => { world = new QueuedWorld(); });

describe('a job', () => {
  it('generates its image once if its message is delivered ten times at once', async () => {
    const { json: { id } } = await world.enqueue();
    const results = await Promise.all(Array.from({ length: 10 }, () => world.deliver(world.message)));
    expect(results.filter(Boolean).length).toBeGreaterThan(0);
    // the other deliveries are received again later
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect((await world.status(id)).status).toBe('succeeded');
    expect(world.models.calls).toHaveLength(1);
    expect(world.store.objects.size).toBe(1);
  });

  it('is running while a worker generates, and invisible to other workers until the lease ends', async () => {
    const { json: { id } } = await world.enqueue();
    let running: Response['json'] | undefined;
    world.models.next.push(async (input) => {
      world.time += 4_000;
      running = await world.status(id);
      expect(await world.deliver(world.message, 2)).toBe(false);
      return world.models.respond(input);
    });
    await world.deliver(world.message);
    expect(running).toMatchObject({ status: 'running', attempts: 1, ageSeconds: 4 });
    expect(world.queue.visibilityChanges).toEqual([(LEASE_MS - 4_000) / 1000]);
    expect(world.models.calls).toHaveLength(1);
  });

  it.each<[ApiError['code'], number]>([
    ['CONTENT_FILTERED', 0], ['MODEL_ERROR', 1], ['MODEL_TIMEOUT', 1], ['MODEL_UNAVAILABLE', 1],
  ])('that fails with %s is not attempted again, and sends %i message to the dead-letter queue', async (code, deadLetters) => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError(code, `why: ${code}`));
    expect(await world.deliver(world.message)).toBe(true);
    expect(await world.status(id)).toMatchObject({
      status: 'failed', attempts: 1, images: [], problem: { code, detail: `why: ${code}`, type: expect.stringMatching(code) },
    });
    expect(world.queue.deadLetters).toHaveLength(deadLetters);
    expect(world.store.documents).toHaveLength(deadLetters);
    // a duplicate delivery has no effect
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(world.models.calls).toHaveLength(1);
  });

  it('logs the error code if it fails', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    await world.deliver(world.message);
    expect(world.logged('job failed')).toMatchObject([{ id, code: 'MODEL_ERROR' }]);
  });

  it('succeeds if some of its images fail', async () => {
    const { json: { id } } = await world.enqueue({ prompt: 'a bay', count: 3 });
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'filtered'));
    await world.deliver(world.message);
    expect(await world.status(id)).toMatchObject({ status: 'succeeded', images: [{}, {}], failures: [{ code: 'CONTENT_FILTERED' }] });
  });

  it('fails with an error that may have been charged rather than with throttling', async () => {
    const { json: { id } } = await world.enqueue({ prompt: 'a bay', seed: 7, count: 2 });
    world.models.respond = ({ seed }) => { throw seed === 7 ? throttled() : new ApiError('MODEL_TIMEOUT', 'too late'); };
    expect(await world.deliver(world.message)).toBe(true);
    expect((await world.status(id)).problem).toMatchObject({ code: 'MODEL_TIMEOUT' });
    expect(world.models.calls.filter(({ seed }) => seed === 8)).toHaveLength(1);
  });

  it('reports duration and delay in the log', async () => {
    await world.enqueue();
    jest.spyOn(world.store, 'read').mockImplementationOnce(async () => { world.time += 400; throw new Error('S3 is not available'); });
    await world.deliver(world.message);
    await world.deliver(world.message, 2);
    const [first, second] = world.logged('job');
    expect(first).toMatchObject({ ms: 400, retryInSeconds: 15, requestId: 'work-1' });
    expect(second).not.toHaveProperty('retryInSeconds');
  });
});

describe('a job that no worker receives', () => {
  const MAX_AGE_MS = QUEUED.queue!.maxAgeSeconds * 1000;
  const overdue = { status: 'failed', problem: { code: 'MODEL_TIMEOUT', detail: expect.stringContaining('waited too long') } };

  it('is reported as failed from its maximum age, in its batch too', async () => {
    const { json: { id, images } } = await world.call('POST /images/batches', { body: { requests: [{ prompt: 'a bay' }] } });
    world.time += MAX_AGE_MS - 1;
    expect((await world.status(String(images[0].id))).status).toBe('queued');
    world.time += 1;
    expect(await world.status(String(images[0].id))).toMatchObject(overdue);
    expect((await world.call(`GET /images/batches/${id}`)).json.counts).toEqual({ failed: 1 });
  });

  it('is reported as failed after its worker stopped, when the lease has ended', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.next.push(() => new Promise(() => undefined));
    world.time += MAX_AGE_MS - 1_000;
    void world.deliver(world.message);
    await new Promise(setImmediate);
    world.time += LEASE_MS - 1;
    expect((await world.status(id)).status).toBe('running');
    world.time += 1;
    expect(await world.status(id)).toMatchObject(overdue);
  });

  it('is not reported as failed after it was enqueued again', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const { json: { id } } = await world.enqueue(undefined, { headers });
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not available'));
    await world.deliver(world.message);
    world.time += MAX_AGE_MS;
    await world.enqueue(undefined, { headers });
    expect((await world.status(id)).status).toBe('queued');
    world.time += MAX_AGE_MS;
    expect((await world.status(id)).status).toBe('failed');
  });

  it('is reported with its own error if it has failed before', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('MODEL_ERROR', 'why'));
    await world.deliver(world.message);
    world.time += 2 * MAX_AGE_MS;
    expect((await world.status(id)).problem).toMatchObject({ code: 'MODEL_ERROR' });
  });

  it('is reported as failed if the API has no queue any more', async () => {
    const { json: { id } } = await world.enqueue();
    const { queue, ...buffered } = QUEUED;
    const other = new QueuedWorld(buffered);
    other.time = world.time;
    other.records.items.push(...world.records.items);
    expect(await other.status(id)).toMatchObject(overdue);
  });
});

describe('a message', () => {
  it('that is not JSON is received again', async () => {
    expect(await world.deliver('{')).toBe(false);
    expect(world.queue.visibilityChanges).toEqual([30]);
  });

  it('without a record is deleted', async () => {
    expect(await world.deliver({ owner: 'client:alice', id: 'x' })).toBe(true);
  });
});

describe('a throttled job', () => {
  it('is enqueued again with increasing delays, and its receive count starts over', async () => {
    const { json: { id } } = await world.enqueue();
    for (let round = 1; round <= 12; round++) {
      world.models.failWith(throttled(), throttled(), throttled());
      expect(await world.deliver(world.message)).toBe(true);
      expect(await world.status(id)).toMatchObject({ status: 'queued', attempts: round });
      expect(world.job.job.throttles).toBe(round);
    }
    const delays = world.queue.messages.slice(1).map(({ delaySeconds }) => delaySeconds);
    expect(delays[0]).toBeGreaterThanOrEqual(10);
    expect(delays[0]).toBeLessThanOrEqual(20);
    expect(Math.max(...delays)).toBeGreaterThan(300);
    expect(Math.max(...delays)).toBeLessThanOrEqual(900);
    expect(world.queue.visibilityChanges).toEqual([]);
    expect(await world.deliver(world.message)).toBe(true);
    expect((await world.status(id)).status).toBe('succeeded');
  });

  it('fails with THROTTLED after the maximum age', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(throttled(), throttled(), throttled());
    await world.deliver(world.message);
    world.time += HOUR_MS;
    await world.deliver(world.message);
    expect((await world.status(id)).problem).toMatchObject({ code: 'THROTTLED', detail: expect.stringContaining('in 1 run, the model was throttled') });
  });

  it('keeps its age when it is enqueued again', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.respond = () => { throw throttled(); };
    for (let round = 0; round < 2; round++) {
      world.time += HOUR_MS / 2;
      await world.deliver(world.message);
    }
    expect((await world.status(id)).problem).toMatchObject({ code: 'THROTTLED', detail: expect.stringContaining('in 1 run, the model was throttled') });
  });

  it('keeps the time of its redrive when it is enqueued again', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(throttled(), throttled(), throttled(), new ApiError('MODEL_UNAVAILABLE', 'not subscribed'));
    await world.deliver(world.message);
    await world.deliver(world.message);
    world.time += 2 * HOUR_MS;
    world.models.respond = () => { throw throttled(); };
    const redrivenAt = world.time;
    await world.deliver(world.queue.deadLetters[0]);
    expect(await world.status(id)).toMatchObject({ status: 'queued' });
    expect(world.message.redrivenAt).toBe(redrivenAt);
    expect(world.job.job.throttles).toBe(1);
    world.time += HOUR_MS;
    await world.deliver(world.message);
    expect((await world.status(id)).problem).toMatchObject({ code: 'THROTTLED' });
  });
});

describe('a job that reaches a limit', () => {
  it('fails with INTERNAL at the maximum receive count, without a model call', async () => {
    const { json: { id } } = await world.enqueue();
    const interrupted = { ...world.job, job: { ...world.job.job, state: 'running', attempts: 2, leaseUntil: world.time - 1 } } as JobRecord;
    world.records.items.splice(0, 1, interrupted);
    expect(await world.deliver(world.message, 3)).toBe(true);
    expect(await world.status(id)).toMatchObject({
      status: 'failed', attempts: 2, problem: { code: 'INTERNAL', detail: expect.stringContaining('the job failed after 2 attempts; stored images remain'), status: 500, requestId: 'work-1' },
    });
    expect(world.models.calls).toEqual([]);
    expect(world.queue.deadLetters).toEqual([{ owner: 'client:alice', id, redriveOfRevision: world.job.job.revision }]);
  });

  it('fails with MODEL_TIMEOUT at the maximum age, without a model call', async () => {
    const { json: { id } } = await world.enqueue();
    world.time += HOUR_MS;
    expect(await world.deliver(world.message)).toBe(true);
    expect((await world.status(id)).problem).toMatchObject({ code: 'MODEL_TIMEOUT', detail: 'the job waited too long; try again later' });
    expect(world.models.calls).toEqual([]);
  });

  it('fails when its images would have expired, without a model call', async () => {
    world = new QueuedWorld({ ...QUEUED, expirationDays: 1, queue: { ...QUEUED.queue!, maxAgeSeconds: 7 * 24 * 3600 } });
    await world.enqueue();
    world.time += 24 * HOUR_MS;
    await world.deliver(world.message);
    expect(world.job.job.failure).toMatchObject({ code: 'MODEL_TIMEOUT', detail: expect.stringContaining('expiration') });
    expect(world.models.calls).toEqual([]);
  });
});

describe('a redrive', () => {
  it('runs a failed job again, once', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not subscribed'));
    await world.deliver(world.message);
    const [deadLetter] = world.queue.deadLetters;
    world.time += 2 * HOUR_MS;
    expect(await world.deliver(deadLetter)).toBe(true);
    expect((await world.status(id)).status).toBe('succeeded');
    expect(world.models.calls).toHaveLength(2);
    expect(await world.deliver(deadLetter, 2)).toBe(true);
    expect(world.models.calls).toHaveLength(2);
  });

  it('has no effect on a job that was cancelled', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    await world.deliver(world.message);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(await world.deliver(world.queue.deadLetters[0])).toBe(true);
    expect(world.models.calls).toHaveLength(1);
    expect(world.store.documents).toEqual([]);
  });
});

it('a worker needs a queue', async () => {
  world = new QueuedWorld({ ...QUEUED, queue: undefined });
  await expect(world.deliver({ owner: 'client:alice', id: 'x' })).rejects.toThrow('the configuration of the worker has no queue');
});

describe('DELETE /images/{id} of a job', () => {
  it('cancels a queued job', async () => {
    const { json: { id } } = await world.enqueue();
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect((await world.call(`GET /images/${id}`)).status).toBe(404);
    expect(await world.deliver(world.message)).toBe(true);
    expect(world.models.calls).toEqual([]);
    expect(world.store.documents).toEqual([]);
  });

  it('returns 409 while the job is running', async () => {
    const { json: { id } } = await world.enqueue();
    let rejected: Response | undefined;
    world.models.next.push(async (input) => {
      rejected = await world.call(`DELETE /images/${id}`);
      return world.models.respond(input);
    });
    await world.deliver(world.message);
    expect(rejected).toMatchObject({ status: 409, json: { code: 'IN_PROGRESS' }, headers: { 'Retry-After': '5' } });
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(world.store.objects.size).toBe(0);
  });

  it('returns 409 if a worker starts the job at the same time', async () => {
    const { json: { id } } = await world.enqueue();
    jest.spyOn(world.records, 'cancel').mockResolvedValueOnce(false);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(409);
  });

  it('deletes the images that an attempt of a failed job stored', async () => {
    const { json: { id } } = await world.enqueue({ prompt: 'a bay', outputFormat: 'jpeg' });
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('DynamoDB is not available'));
    await world.deliver(world.message);
    world.time += LEASE_MS;
    await world.deliver(world.message, 3);
    expect((await world.status(id)).status).toBe('failed');
    expect(world.store.objects.size).toBe(1);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(world.store.objects.size).toBe(0);
    expect(world.store.documents).toEqual([]);
  });
});

describe('the enhanced prompt of a job', () => {
  const ENHANCED: HandlerConfiguration = { ...QUEUED, textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' } };
  beforeEach(() => { world = new QueuedWorld(ENHANCED); });

  it('is generated once for all attempts', async () => {
    const { json: { id } } = await world.enqueue({ prompt: 'a bay', enhancePrompt: true });
    for (let round = 0; round < 3; round++) {
      world.textModel.respond = () => ({ text: `a bay, take ${round}`, stopReason: 'end_turn', usage: { inputTokens: 3, outputTokens: 5 } });
      world.models.failWith(throttled(), throttled(), throttled());
      await world.deliver(world.message);
    }
    await world.deliver(world.message);
    expect((await world.status(id)).enhancedPrompt).toBe('a bay, take 0');
    expect(world.textModel.calls).toHaveLength(1);
    expect(new Set(world.models.calls.map(({ prompt }) => prompt))).toEqual(new Set(['a bay, take 0']));
    expect(world.store.documents).toEqual([]);
  });

  it('is generated again if it could not be stored', async () => {
    await world.enqueue({ prompt: 'a secret bay', enhancePrompt: true });
    jest.spyOn(world.store, 'write').mockRejectedValueOnce(new Error('cannot write a secret bay, in oil'));
    world.models.failWith(throttled(), throttled(), throttled());
    await world.deliver(world.message);
    await world.deliver(world.message);
    expect(world.textModel.calls).toHaveLength(2);
    expect(world.records.items[0].enhancedPrompt).toBe('a secret bay, in oil');
    expect(world.logged('text not cached')).toHaveLength(1);
    expect(world.logs.join('')).not.toContain('secret');
  });

  it('is deleted with a cancelled job', async () => {
    const { json: { id } } = await world.enqueue({ prompt: 'a bay', enhancePrompt: true });
    world.models.failWith(throttled(), throttled(), throttled());
    await world.deliver(world.message);
    expect(world.store.documents).toHaveLength(2);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(world.store.documents).toEqual([]);
  });
});

describe('an image of a job that cannot be stored', () => {
  beforeEach(() => { world.store.fails = (key) => key.endsWith('.png'); });

  it('fails the job with the seed that generates it again', async () => {
    const { json: { id } } = await world.enqueue({ prompt: 'a bay', seed: 7 });
    expect(await world.deliver(world.message)).toBe(true);
    expect((await world.status(id)).problem).toMatchObject({ code: 'INTERNAL', detail: expect.stringContaining('seed') });
    expect(world.job.job.failure?.seed).toBe(7);
    expect(world.models.calls).toHaveLength(1);
  });

  it('is not generated again if the request is repeated with its key', async () => {
    const call = { headers: { 'Idempotency-Key': 'k' } };
    await world.enqueue(undefined, call);
    await world.deliver(world.message);
    expect(await world.enqueue(undefined, call)).toMatchObject({ status: 500, headers: { 'Idempotency-Replayed': 'true' } });
    expect(world.queue.messages).toHaveLength(1);
  });

  it('determines the failure of the job if another image was not generated', async () => {
    const { json: { id } } = await world.enqueue({ prompt: 'a bay', seed: 7, count: 2 });
    world.models.respond = ({ seed }) => {
      if (seed === 7) throw new ApiError('MODEL_ERROR', 'why');
      return { bytes: PNG, seed, contentType: 'image/png', width: 1, height: 1 };
    };
    await world.deliver(world.message);
    expect((await world.status(id)).problem).toMatchObject({ detail: expect.stringContaining('could not be stored') });
    expect(world.job.job.failure?.seed).toBe(8);
  });
});

import { ApiError } from '../../../src/handlers/shared/api-error';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { REMAINING_TIME_MS } from '../../helpers/world';

// S3, DynamoDB, SQS or the function fail between two calls

let world: QueuedWorld;
beforeEach(() => { world = new QueuedWorld(); });

const idempotent = { headers: { 'Idempotency-Key': 'k' } };
const never = () => new Promise<never>(() => undefined);
const expectOneImage = async (id: string) => {
  expect((await world.status(id)).status).toBe('succeeded');
  expect(world.records.items).toHaveLength(1);
  expect(world.models.calls).toHaveLength(1);
};

describe('a worker that is interrupted', () => {
  it.each<[string, number, () => jest.SpyInstance]>([
    ['before the model call', 1, () => jest.spyOn(world.store, 'read').mockImplementationOnce(never)],
    ['between the model call and PutObject', 2, () => jest.spyOn(world.store, 'put').mockImplementationOnce(never)],
    ['between PutObject and PutItem', 1, () => jest.spyOn(world.records, 'put').mockImplementationOnce(never)],
    ['after PutItem', 1, () => jest.spyOn(world.store, 'remove').mockImplementationOnce(never)],
  ])('%s leads to one image with the requested seed, with %i model calls', async (_when, calls, interrupt) => {
    const { json: { id } } = await world.enqueue({ prompt: 'a bay', seed: 7 });
    const last = interrupt();
    void world.deliver(world.message);
    while (last.mock.calls.length === 0) await new Promise(setImmediate);

    world.time += LEASE_MS;
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(await world.status(id)).toMatchObject({ status: 'succeeded', images: [{ seed: 7 }] });
    expect(world.store.objects.size).toBe(1);
    expect(world.models.calls).toHaveLength(calls);
  });
});

describe('a failure of S3', () => {
  it('delays the next attempt by the receive count before the model call, and is logged without the prompt', async () => {
    const { json: { id } } = await world.enqueue({ prompt: 'a secret bay' });
    const read = jest.spyOn(world.store, 'read');
    for (const [receiveCount, seconds] of [[1, 15], [2, 30]]) {
      read.mockRejectedValueOnce(new Error('cannot read a secret bay'));
      expect(await world.deliver(world.message, receiveCount)).toBe(false);
      expect(world.queue.visibilityChanges.at(-1)).toBe(seconds);
      expect((await world.status(id)).status).toBe('queued');
    }
    expect(world.logged('job attempt failed')[0]).toMatchObject({ id, requestId: 'work-1', cause: 'Error' });
    expect(world.logs.join('')).not.toContain('secret');
    await world.drain();
    await expectOneImage(id);
  });

  it('does not fail the job if its documents cannot be deleted: its message is received again, and deletes them', async () => {
    const { json: { id } } = await world.enqueue();
    jest.spyOn(world.store, 'remove').mockRejectedValueOnce(new Error('S3 is not available'));
    expect(await world.deliver(world.message)).toBe(false);
    await expectOneImage(id);
    expect(world.store.documents).toHaveLength(1);
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(world.store.documents).toEqual([]);
    await expectOneImage(id);
    expect(world.logged('job documents not deleted')).toMatchObject([{ cause: 'Error' }]);
  });

  it('delays the next deletion of the documents by the receive count', async () => {
    await world.enqueue();
    jest.spyOn(world.store, 'remove').mockRejectedValue(new Error('S3 is not available'));
    for (const receiveCount of [1, 2]) await world.deliver(world.message, receiveCount);
    expect(world.queue.visibilityChanges).toEqual([15, 30]);
  });
});

describe('the documents of a job', () => {
  const failRemove = () => jest.spyOn(world.store, 'remove').mockRejectedValueOnce(new Error('S3 is not available'));

  it('are deleted with its image if the worker could not delete them', async () => {
    const { json: { id } } = await world.enqueue();
    failRemove();
    await world.deliver(world.message);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(world.store.documents).toEqual([]);
  });

  it('are deleted by its message if they could not be deleted when the job was cancelled', async () => {
    const { json: { id } } = await world.enqueue();
    failRemove();
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(500);
    expect(await world.deliver(world.message)).toBe(true);
    expect(world.store.documents).toEqual([]);
  });

  it('are deleted by the next delivery if the worker stops after it wrote the record', async () => {
    await world.enqueue();
    const remove = jest.spyOn(world.store, 'remove').mockImplementationOnce(never);
    void world.deliver(world.message);
    while (remove.mock.calls.length === 0) await new Promise(setImmediate);
    expect(world.store.documents).toHaveLength(1);
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(world.store.documents).toEqual([]);
  });
});

describe('a failure of DynamoDB', () => {
  it('makes the message visible when the lease ends if the image is stored', async () => {
    await world.enqueue();
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('DynamoDB is not available'));
    world.models.next.push(async (input) => { world.time += 3_000; return world.models.respond(input); });
    expect(await world.deliver(world.message)).toBe(false);
    expect(world.queue.visibilityChanges).toEqual([(REMAINING_TIME_MS - 3_000) / 1000 + 5]);
  });

  it('causes no second model call if the image is stored', async () => {
    const { json: { id } } = await world.enqueue();
    const put = jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('DynamoDB is not available'));
    expect(await world.deliver(world.message)).toBe(false);
    expect(put).toHaveBeenCalledTimes(1);
    await world.drain();
    await expectOneImage(id);
    expect(world.store.objects.size).toBe(1);
  });

  it('does not lose the job if the record is created and the response is lost', async () => {
    const create = world.records.create.bind(world.records);
    jest.spyOn(world.records, 'create').mockImplementationOnce(async (created, deadline) => { await create(created, deadline); throw new Error('no response'); });
    expect((await world.enqueue(undefined, idempotent)).status).toBe(500);
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    await world.deliver(world.message);
    await expectOneImage(id);
  });
});

describe('a failure of DynamoDB when a job fails', () => {
  const CONFLICT = async () => false;
  const UNAVAILABLE = async () => { throw new Error('DynamoDB is not available'); };

  /** Lets the updates of the record that follow the start of a run have these outcomes. */
  function failUpdates(...outcomes: (() => Promise<boolean>)[]): void {
    const replace = world.records.replace.bind(world.records);
    const spy = jest.spyOn(world.records, 'replace').mockImplementationOnce(replace);
    for (const outcome of outcomes) spy.mockImplementationOnce(outcome);
  }

  it('causes no second model call if the call may have been charged', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    failUpdates(UNAVAILABLE, UNAVAILABLE);
    expect(await world.deliver(world.message)).toBe(false);
    expect(world.logged('job failure not recorded')).toMatchObject([{ id, cause: 'Error' }]);
    world.time += LEASE_MS;
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(await world.status(id)).toMatchObject({ status: 'failed', problem: { code: 'MODEL_ERROR' } });
    expect(world.models.calls).toHaveLength(1);
  });

  it('does not change the result if only the first update fails', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    failUpdates(UNAVAILABLE);
    expect(await world.deliver(world.message)).toBe(true);
    expect(await world.status(id)).toMatchObject({ status: 'failed', problem: { code: 'MODEL_ERROR' } });
  });

  it('stores no failure that was not charged', async () => {
    await world.enqueue();
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not available'));
    failUpdates(UNAVAILABLE);
    expect(await world.deliver(world.message)).toBe(false);
    // the request
    expect(world.store.documents).toHaveLength(1);
  });

  it('leaves the job to the worker that has updated its record', async () => {
    await world.enqueue();
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    failUpdates(CONFLICT);
    expect(await world.deliver(world.message)).toBe(false);
    expect(world.queue.visibilityChanges).toEqual([15]);
    expect(world.queue.deadLetters).toEqual([]);
  });
});

describe('a failure of SQS', () => {
  it('is logged if ChangeMessageVisibility fails', async () => {
    await world.enqueue();
    jest.spyOn(world.store, 'read').mockRejectedValueOnce(new Error('S3 is not available'));
    jest.spyOn(world.queue, 'changeVisibility').mockRejectedValueOnce(new Error('SQS is not available'));
    expect(await world.deliver(world.message)).toBe(false);
    expect(world.logged('ChangeMessageVisibility failed')).toMatchObject([{ cause: 'Error' }]);
  });

  it('does not lose the job if DynamoDB cannot delete the record either', async () => {
    world.queue.fails = true;
    const cancel = jest.spyOn(world.records, 'cancel').mockRejectedValueOnce(new Error('DynamoDB is not available'));
    const updateClaim = jest.spyOn(world.claims, 'update');
    expect((await world.enqueue(undefined, idempotent)).status).toBe(500);
    expect(cancel).toHaveBeenCalledTimes(1);
    // without a reservation, the claim does not change
    expect(updateClaim).not.toHaveBeenCalled();
    world.queue.fails = false;
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    await world.deliver(world.message);
    await expectOneImage(id);
  });

  it('does not mark the job as failed if it cannot be sent to the dead-letter queue', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'), new ApiError('MODEL_ERROR', 'failed'));
    jest.spyOn(world.queue, 'sendToDeadLetterQueue').mockRejectedValueOnce(new Error('SQS is not available'));
    expect(await world.deliver(world.message)).toBe(false);
    expect((await world.status(id)).status).toBe('running');
    world.time += LEASE_MS;
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect((await world.status(id)).status).toBe('failed');
    expect(world.queue.deadLetters).toHaveLength(1);
    expect(world.models.calls).toHaveLength(1);
  });

  it('does not fail a job that was not charged if it cannot be sent to the dead-letter queue', async () => {
    const { json: { id } } = await world.enqueue();
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not available'));
    jest.spyOn(world.queue, 'sendToDeadLetterQueue').mockRejectedValueOnce(new Error('SQS is not available'));
    expect(await world.deliver(world.message)).toBe(false);
    world.time += LEASE_MS;
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect((await world.status(id)).status).toBe('succeeded');
  });

  it('does not change the response if only the queue depth cannot be read', async () => {
    jest.spyOn(world.queue, 'approximateDepth').mockRejectedValueOnce(new Error('SQS is not available'));
    expect(await world.enqueue()).toMatchObject({ status: 202, json: { estimatedSeconds: 5 } });
  });

  it('leaves a failed job failed if it cannot be enqueued again', async () => {
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'failed'));
    await world.deliver(world.message);
    world.queue.fails = true;
    expect((await world.enqueue(undefined, idempotent)).status).toBe(500);
    expect((await world.status(id)).status).toBe('failed');
    world.queue.fails = false;
    expect((await world.enqueue(undefined, idempotent)).json.status).toBe('queued');
    await world.deliver(world.message);
    expect((await world.status(id)).status).toBe('succeeded');
  });

  it('causes no second model call if the message was sent although the call failed', async () => {
    jest.spyOn(world.queue, 'send').mockImplementationOnce(async (sent) => { await world.deliver(sent); throw new Error('no response'); });
    const { status, json: { id } } = await world.enqueue(undefined, idempotent);
    expect(status).toBe(202);
    await expectOneImage(id);
    expect((await world.enqueue(undefined, idempotent)).json).toMatchObject({ id, status: 'succeeded' });
    expect(world.models.calls).toHaveLength(1);
  });
});

describe('a failure of the guardrail', () => {
  beforeEach(() => { world = new QueuedWorld({ ...QUEUED, policy: { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } } }); });

  it('delays the next attempt by the receive count if the prompt cannot be checked', async () => {
    const { json: { id } } = await world.enqueue();
    world.guardrail.fails = () => new Error('no connection');
    for (const [receiveCount, seconds] of [[1, 15], [2, 30]]) {
      expect(await world.deliver(world.message, receiveCount)).toBe(false);
      expect(world.queue.visibilityChanges.at(-1)).toBe(seconds);
      expect((await world.status(id)).status).toBe('queued');
    }
    expect(world.logged('job attempt failed')).toMatchObject([{ id, code: 'MODEL_BUSY' }, { id, code: 'MODEL_BUSY' }]);
    expect(world.models.calls).toEqual([]);
    world.guardrail.fails = () => undefined;
    await world.drain();
    await expectOneImage(id);
  });

  it.each(['prompt', 'output image'])('fails the job without a retry if the guardrail does not exist, which is charged once: %s', async (checked) => {
    const { json: { id } } = await world.enqueue();
    world.guardrail.fails = (_text, what) => (what === checked ? new ApiError('MODEL_UNAVAILABLE', 'no guardrail') : undefined);
    expect(await world.deliver(world.message)).toBe(true);
    expect(await world.status(id)).toMatchObject({ status: 'failed', problem: { code: 'MODEL_UNAVAILABLE' } });
    expect(world.queue.deadLetters).toHaveLength(1);
    world.guardrail.fails = () => undefined;
    await world.deliver(world.queue.deadLetters[0]);
    await expectOneImage(id);
  });

  it('delays the next attempt if a stored image cannot be read, which causes no second model call', async () => {
    const { json: { id } } = await world.enqueue();
    world.guardrail.fails = (_text, what) => (what === 'output image' ? new Error('no connection') : undefined);
    expect(await world.deliver(world.message)).toBe(false);
    world.guardrail.fails = () => undefined;
    const read = world.store.read.bind(world.store);
    const failRead = jest.spyOn(world.store, 'read').mockImplementation(async (key) => {
      if (key.endsWith('.png')) throw new Error('S3 is not available');
      return read(key);
    });
    expect(await world.deliver(world.message, 2)).toBe(false);
    expect((await world.status(id)).status).toBe('queued');
    failRead.mockRestore();
    expect(await world.deliver(world.message, 2)).toBe(true);
    await expectOneImage(id);
  });

  it('fails the job at the maximum receive count', async () => {
    const { json: { id } } = await world.enqueue();
    world.guardrail.fails = () => new Error('no connection');
    await world.drain();
    expect(await world.status(id)).toMatchObject({ status: 'failed', attempts: 2, problem: { code: 'INTERNAL' } });
    expect(world.queue.deadLetters).toHaveLength(1);
    expect(world.models.calls).toEqual([]);
  });
});

describe('a request that enqueues a job', () => {
  it('is completed by a repeated request if it is interrupted before it sends the message', async () => {
    const send = jest.spyOn(world.queue, 'send').mockImplementationOnce(never);
    void world.enqueue(undefined, idempotent);
    while (send.mock.calls.length === 0) await new Promise(setImmediate);
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    await world.deliver(world.message);
    await expectOneImage(id);
  });

  it('returns the result of a failed job that a worker completes before the record is updated', async () => {
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'failed'));
    await world.deliver(world.message);
    const send = world.queue.send.bind(world.queue);
    jest.spyOn(world.queue, 'send').mockImplementationOnce(async (sent) => { await send(sent); await world.deliver(sent); });
    expect((await world.enqueue(undefined, idempotent)).json).toMatchObject({ id, status: 'succeeded' });
    expect(world.models.calls).toHaveLength(2);
  });
});

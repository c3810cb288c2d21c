import { ApiError } from '../../../src/handlers/shared/api-error';
import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { imageFile } from '../../fixtures/images';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { throttled, type Response } from '../../helpers/world';

const DAY = '2026-11-21';
const MIDNIGHT = Date.UTC(2026, 10, 22);

const NOVA_2 = 'amazon.nova-2-lite-v1:0';
const TEXT = { id: NOVA_2, region: 'us-west-2', call: `us.${NOVA_2}` };

let world: QueuedWorld;
beforeEach(() => { world = worldWith(); });

/** The price of an image is 0.04. */
function worldWith(more: Partial<HandlerConfiguration> = {}): QueuedWorld {
  return new QueuedWorld({ ...QUEUED, budget: { dailyUsd: 0.12 }, ...more });
}

const spent = async (day = DAY) => await world.budgets.spent({ day }) / 1_000_000;
const batch = (count: number, headers = {}) => world.call('POST /images/batches', { body: { requests: Array.from({ length: count }, () => ({ prompt: 'a bay' })) }, headers });

describe('a job', () => {
  it('reserves its cost when it is enqueued, and a request that exceeds the budget is refused', async () => {
    expect(await world.enqueue({ prompt: 'a bay', count: 3 })).toMatchObject({ status: 202, headers: { 'X-Budget-Remaining-Usd': '0' } });
    expect(await world.enqueue()).toMatchObject({ status: 429, json: { code: 'QUOTA_EXCEEDED' } });
    expect(await world.call('POST /images', { body: { prompt: 'a bay' } })).toMatchObject({ status: 429 });
    expect(world.queue.messages).toHaveLength(1);
    expect(world.records.items).toHaveLength(1);
    await world.drain();
    expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded', estimatedCostUsd: 0.12 });
    expect(await spent()).toBe(0.12);
  });

  it('is charged to the day on which it was enqueued', async () => {
    world.time = MIDNIGHT - 1;
    await world.enqueue();
    world.time = MIDNIGHT;
    await world.drain();
    expect(await spent()).toBe(0.04);
    expect(await spent('2026-11-22')).toBe(0);
  });

  it('keeps its reservation while the model throttles it', async () => {
    await world.enqueue();
    world.models.failWith(throttled(), throttled(), throttled());
    await world.deliver(world.message);
    expect(await spent()).toBe(0.04);
    await world.drain();
    expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded' });
    expect(await spent()).toBe(0.04);
  });

  it.each<[string, Error, number]>([
    ['returns its reservation when the model rejects it', new ApiError('INVALID_REQUEST', 'rejected'), 0],
    ['is charged when it may have been charged', new ApiError('MODEL_ERROR', 'failed'), 0.04],
  ])('%s', async (_what, error, usd) => {
    await world.enqueue();
    world.models.failWith(error);
    await world.drain();
    expect(await world.status(world.job.id)).toMatchObject({ status: 'failed' });
    expect(await spent()).toBe(usd);
    expect(world.job.job).not.toHaveProperty('reservation.day');
  });

  it('returns what its images were not charged', async () => {
    await world.enqueue({ prompt: 'a bay', count: 3 });
    world.models.next.push(world.models.respond, () => { throw new ApiError('INVALID_REQUEST', 'rejected'); }, world.models.respond);
    await world.drain();
    expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded', estimatedCostUsd: 0.08 });
    expect(await spent()).toBe(0.08);
  });

  it('counts the images of an interrupted attempt once', async () => {
    await world.enqueue({ prompt: 'a bay', count: 2 });
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('no response'));
    await world.deliver(world.message);
    world.time += LEASE_MS;
    await world.drain();
    expect(world.models.calls).toHaveLength(2);
    expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded', estimatedCostUsd: 0.08 });
    expect(await spent()).toBe(0.08);
  });

  it('keeps its reservation when it fails after an interrupted attempt, whose cost is not known', async () => {
    await world.enqueue();
    jest.spyOn(world.store, 'read').mockRejectedValueOnce(new Error('no response'));
    await world.deliver(world.message);
    world.time += LEASE_MS;
    await world.deliver(world.message, QUEUED.queue!.maxReceiveCount);
    expect(await world.status(world.job.id)).toMatchObject({ status: 'failed' });
    expect(await spent()).toBe(0.04);
  });

  it('returns its reservation when it fails without an attempt', async () => {
    await world.enqueue();
    await world.deliver(world.message, QUEUED.queue!.maxReceiveCount);
    expect(await world.status(world.job.id)).toMatchObject({ status: 'failed' });
    expect(await spent()).toBe(0);
  });

  it('returns its reservation when it is cancelled before its first attempt', async () => {
    await world.enqueue();
    await world.call(`DELETE /images/${world.job.id}`);
    expect(await spent()).toBe(0);
  });

  it('keeps its reservation when it is cancelled after an attempt whose cost is not known', async () => {
    await world.enqueue();
    jest.spyOn(world.store, 'read').mockRejectedValueOnce(new Error('no response'));
    await world.deliver(world.message);
    await world.call(`DELETE /images/${world.job.id}`);
    expect(await spent()).toBe(0.04);
  });

  describe('that the model throttled in each attempt', () => {
    beforeEach(() => { world.models.failWith(throttled(), throttled(), throttled()); });

    it('returns its reservation when it is cancelled', async () => {
      await world.enqueue();
      await world.deliver(world.message);
      await world.call(`DELETE /images/${world.job.id}`);
      expect(await spent()).toBe(0);
    });

    it('returns its reservation when it has waited too long', async () => {
      await world.enqueue();
      await world.deliver(world.message);
      world.time += QUEUED.queue!.maxAgeSeconds * 1000;
      await world.deliver(world.message);
      expect(await world.status(world.job.id)).toMatchObject({ status: 'failed', problem: { code: 'THROTTLED', charged: 'no' } });
      expect(await spent()).toBe(0);
    });

    it.each<[string, (job: string) => Promise<unknown>]>([
      ['succeeds', () => world.drain()], ['is cancelled', (job) => world.call(`DELETE /images/${job}`)],
    ])('is charged for its enhanced prompt once when it %s', async (end, run) => {
      world = worldWith({ textModel: TEXT });
      world.models.failWith(throttled(), throttled(), throttled());
      await world.enqueue({ prompt: 'a bay', enhancePrompt: true });
      await world.deliver(world.message);
      await run(world.job.id);
      expect(await spent()).toBe(end === 'succeeds' ? 0.04 + 0.000015 : 0.000015);
    });
  });

  it('returns its reservation when it cannot be enqueued', async () => {
    jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('no response'));
    expect((await world.enqueue()).status).toBe(500);
    expect(await spent()).toBe(0);
  });

  describe('with a key, of which it is not known whether it was enqueued', () => {
    const call = { headers: { 'Idempotency-Key': 'k' } };

    beforeEach(async () => {
      jest.spyOn(world.records, 'create').mockRejectedValueOnce(new Error('no response'));
      jest.spyOn(world.records, 'cancel').mockRejectedValueOnce(new Error('no response'));
      expect((await world.enqueue({ prompt: 'a bay' }, call)).status).toBe(500);
      expect(await spent()).toBe(0.04);
      world.time += LEASE_MS;
    });

    it('is reserved once when its client repeats the request', async () => {
      expect((await world.enqueue({ prompt: 'a bay' }, call)).status).toBe(202);
      await world.drain();
      expect(await spent()).toBe(0.04);
    });

    it('returns its reservation when the repeated request cannot enqueue it', async () => {
      jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('no response'));
      expect((await world.enqueue({ prompt: 'a bay' }, call)).status).toBe(500);
      expect(await spent()).toBe(0);
      expect((await world.enqueue({ prompt: 'a bay' }, call)).status).toBe(202);
      expect(await spent()).toBe(0.04);
    });

    it('keeps its reservation while the claim has it', async () => {
      jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('no response'));
      jest.spyOn(world.claims, 'release').mockRejectedValueOnce(new Error('no response'));
      expect((await world.enqueue({ prompt: 'a bay' }, call)).status).toBe(500);
      expect(await spent()).toBe(0.04);
      world.time += LEASE_MS;
      expect((await world.enqueue({ prompt: 'a bay' }, call)).status).toBe(202);
      expect(await spent()).toBe(0.04);
    });
  });

  it('does not use up the idempotency key when it is refused', async () => {
    await world.enqueue({ prompt: 'a bay', count: 3 });
    const call = { headers: { 'Idempotency-Key': 'k' } };
    expect((await world.enqueue({ prompt: 'x' }, call)).status).toBe(429);
    world.time = MIDNIGHT;
    expect((await world.enqueue({ prompt: 'x' }, call)).status).toBe(202);
  });
});

describe('a job whose worker is interrupted after the model call', () => {
  beforeEach(async () => {
    world = worldWith({ budget: { dailyUsd: 0.08 } });
    await world.enqueue();
    await interrupt();
  });

  /** Runs the job until its image must be stored. Nothing is executed after it. */
  async function interrupt(): Promise<void> {
    const interrupted = new Promise<void>((resolve) => {
      jest.spyOn(world.store, 'put').mockImplementationOnce(() => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    void world.deliver(world.message);
    await interrupted;
    world.time += LEASE_MS;
  }

  it('is charged for the model calls of both runs', async () => {
    await world.deliver(world.message, 2);
    expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded' });
    expect(world.models.calls).toHaveLength(2);
    expect(await spent()).toBe(0.08);
  });

  it('does not call the model again over budget', async () => {
    expect((await world.call('POST /images', { body: { prompt: 'a bay' } })).status).toBe(201);
    await world.deliver(world.message, 2);
    expect(await world.status(world.job.id)).toMatchObject({ status: 'failed', problem: { code: 'QUOTA_EXCEEDED', charged: 'maybe' } });
    expect(world.models.calls).toHaveLength(2);
    expect(world.queue.deadLetters).toHaveLength(1);
    expect(await spent()).toBe(0.08);
  });

  it('does not call the model more often than the budget allows when it is interrupted again', async () => {
    await interrupt();
    await world.deliver(world.message, 2);
    expect(await world.status(world.job.id)).toMatchObject({ status: 'failed', problem: { code: 'QUOTA_EXCEEDED' } });
    expect(world.models.calls).toHaveLength(2);
    expect(await spent()).toBe(0.08);
  });

  it('returns only the reservation of the second run when the model throttles it', async () => {
    world.models.failWith(throttled(), throttled(), throttled());
    await world.deliver(world.message, 2);
    expect(await spent()).toBe(0.04);
    await world.drain();
    expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded' });
    expect(await spent()).toBe(0.08);
  });

  it('keeps the reservation of the first run when the model rejects the second', async () => {
    world.models.failWith(new ApiError('INVALID_REQUEST', 'rejected'));
    await world.deliver(world.message, 2);
    expect(await world.status(world.job.id)).toMatchObject({ status: 'failed', problem: { charged: 'maybe' } });
    expect(await spent()).toBe(0.04);
  });

  it('keeps its reservation when it is cancelled', async () => {
    await world.call(`DELETE /images/${world.job.id}`);
    expect(await spent()).toBe(0.04);
  });
});

it('a job whose record is not written is charged for each image once, and not for an image that the model rejected', async () => {
  await world.enqueue({ prompt: 'a bay', count: 2 });
  world.models.next.push(world.models.respond, () => { throw new ApiError('INVALID_REQUEST', 'rejected'); });
  jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('no response'));
  await world.deliver(world.message);
  world.time += LEASE_MS;
  await world.deliver(world.message, 2);
  expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded', estimatedCostUsd: 0.04 });
  expect(world.models.calls).toHaveLength(2);
  expect(await spent()).toBe(0.04);
});

describe('a failed job', () => {
  const call = { headers: { 'Idempotency-Key': 'k' } };

  async function fail(): Promise<void> {
    await world.enqueue({ prompt: 'a bay' }, call);
    await world.deliver(world.message, QUEUED.queue!.maxReceiveCount);
    expect(await spent()).toBe(0);
    world.queue.messages.length = 0;
  }

  it('reserves its cost again when its client repeats the request', async () => {
    await fail();
    expect(await world.enqueue({ prompt: 'a bay' }, call)).toMatchObject({ status: 202, headers: { 'X-Budget-Remaining-Usd': '0.08' } });
    await world.drain();
    expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded' });
    expect(await spent()).toBe(0.04);
  });

  it('is not enqueued again when its client repeats the request over budget', async () => {
    await fail();
    await world.enqueue({ prompt: 'other', count: 3 });
    expect((await world.enqueue({ prompt: 'a bay' }, call)).status).toBe(429);
    expect(world.queue.messages).toHaveLength(1);
  });

  it('reserves its cost in the worker when the operator redrives it', async () => {
    await fail();
    const redriven = world.queue.deadLetters.at(-1)!;
    expect(await world.deliver(redriven)).toBe(true);
    expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded' });
    expect(await spent()).toBe(0.04);
  });

  it('fails again without a model call when the operator redrives it over budget', async () => {
    await fail();
    await world.enqueue({ prompt: 'other', count: 3 });
    await world.deliver(world.queue.deadLetters.at(-1)!);
    expect(await world.status(world.job.id)).toMatchObject({ status: 'failed', problem: { code: 'QUOTA_EXCEEDED' } });
    expect(world.models.calls).toHaveLength(0);
    expect(world.queue.deadLetters).toHaveLength(2);
  });

  it('keeps the second reservation when the record may contain it', async () => {
    await fail();
    const replace = world.records.replace.bind(world.records);
    jest.spyOn(world.records, 'replace').mockImplementationOnce(async (...parameters) => {
      await replace(...parameters);
      throw new Error('no response');
    });
    expect((await world.enqueue({ prompt: 'a bay' }, call)).status).toBe(500);
    expect(await spent()).toBe(0.04);
    await world.drain();
    expect(await world.status(world.job.id)).toMatchObject({ status: 'succeeded' });
    expect(await spent()).toBe(0.04);
  });

  it('returns the second reservation when the message cannot be sent', async () => {
    await fail();
    jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('no response'));
    expect((await world.enqueue({ prompt: 'a bay' }, call)).status).toBe(500);
    expect(await spent()).toBe(0);
  });

  it('returns the second reservation when a worker has taken the job before', async () => {
    await fail();
    jest.spyOn(world.records, 'replace').mockResolvedValueOnce(false);
    await world.enqueue({ prompt: 'a bay' }, call);
    expect(await spent()).toBe(0);
  });
});

describe('a reservation of an API whose budget was removed meanwhile', () => {
  const call = { headers: { 'Idempotency-Key': 'k' } };
  let removeBudget: () => void;
  let image: string;

  beforeEach(async () => {
    const configuration: HandlerConfiguration & { budget?: HandlerConfiguration['budget'] } = { ...QUEUED, budget: { dailyUsd: 1 } };
    removeBudget = () => { configuration.budget = undefined; };
    world = new QueuedWorld(configuration);
    world.models.respond = ({ seed }) => ({ bytes: imageFile(96, 64), seed, contentType: 'image/png', width: 96, height: 64 });
    image = (await world.call('POST /images', { body: { prompt: 'a bay' } })).json.id;
  });

  it('does not fail its job', async () => {
    const { json: { id } } = await world.enqueue();
    removeBudget();
    expect(await world.deliver(world.message)).toBe(true);
    expect((await world.status(id)).status).toBe('succeeded');
  });

  it.each<[string, (edit: object) => Promise<Response>, () => void]>([
    ['a request that is repeated', (body) => world.call('POST /images/edits', { body, headers: { Prefer: 'respond-async', ...call.headers } }), () => {
      jest.spyOn(world.records, 'create').mockRejectedValueOnce(new Error('no response'));
      jest.spyOn(world.records, 'cancel').mockRejectedValueOnce(new Error('no response'));
    }],
    ['a batch that is repeated', (body) => world.call('POST /images/batches', { body: { requests: [body] }, ...call }), () => {
      jest.spyOn(world.batches, 'put').mockRejectedValueOnce(new Error('no response'));
    }],
  ])('does not change the error of %s', async (_what, send, arrange) => {
    arrange();
    const edit = { operation: 'remove-background', image };
    expect((await send(edit)).status).toBe(500);
    removeBudget();
    await world.call(`DELETE /images/${image}`);
    world.time += LEASE_MS;
    expect((await send(edit)).status).toBeLessThan(500);
  });
});

describe('a batch', () => {
  it('reserves the cost of all of its jobs, or enqueues none', async () => {
    expect(await batch(4)).toMatchObject({ status: 429, json: { detail: expect.stringContaining('can cost 0.16 US dollars and can never succeed') } });
    expect(world.records.items).toHaveLength(0);
    expect(await batch(3)).toMatchObject({ status: 202, headers: { 'X-Budget-Remaining-Usd': '0' } });
    await world.deliverAll();
    expect(world.models.calls).toHaveLength(3);
    expect(await spent()).toBe(0.12);
  });

  it('returns the reservations of its jobs that fail', async () => {
    await batch(3);
    world.models.failWith(new ApiError('INVALID_REQUEST', 'rejected'));
    await world.deliverAll();
    expect(await spent()).toBe(0.08);
  });

  it('reserves nothing for filtered requests', async () => {
    await world.call('POST /images/batches', { body: { requests: [{ prompt: 'forbidden fruit' }, { prompt: 'a bay' }] } });
    expect(await spent()).toBe(0.04);
  });

  it('returns the reservations of jobs that cannot be enqueued', async () => {
    jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('no response'));
    expect((await batch(3)).status).toBe(202);
    expect(await spent()).toBe(0.08);
  });

  it('returns all reservations when no job can be enqueued', async () => {
    jest.spyOn(world.queue, 'send').mockRejectedValue(new Error('no response'));
    expect((await batch(3)).status).toBe(500);
    expect(await spent()).toBe(0);
  });

  it('does not reserve again when an interrupted request is repeated', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('no response'));
    expect((await batch(3, headers)).status).toBe(500);
    expect(await spent()).toBe(0.12);
    expect((await batch(3, headers)).status).toBe(202);
    await world.deliverAll();
    expect(world.models.calls).toHaveLength(3);
    expect(await spent()).toBe(0.12);
  });

  it('returns its reservation when its item cannot be written', async () => {
    jest.spyOn(world.batches, 'put').mockRejectedValueOnce(new Error('no response'));
    expect((await batch(3)).status).toBe(500);
    expect(world.queue.messages).toEqual([]);
    expect(await spent()).toBe(0);
  });

  it('keeps the share of a job that may be enqueued', async () => {
    jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('no response'));
    jest.spyOn(world.records, 'cancel').mockRejectedValueOnce(new Error('no response'));
    expect((await batch(3)).status).toBe(202);
    expect(await spent()).toBe(0.12);
  });

  describe('with a key whose item cannot be written', () => {
    const headers = { 'Idempotency-Key': 'k' };
    beforeEach(async () => {
      jest.spyOn(world.batches, 'put').mockRejectedValueOnce(new Error('no response'));
      expect((await batch(3, headers)).status).toBe(500);
      expect(await spent()).toBe(0.12);
    });

    it('is reserved once when the request is repeated', async () => {
      expect((await batch(3, headers)).status).toBe(202);
      await world.deliverAll();
      expect(world.models.calls).toHaveLength(3);
      expect(await spent()).toBe(0.12);
    });

    it('is reserved once when the item cannot be written again', async () => {
      jest.spyOn(world.batches, 'put').mockRejectedValueOnce(new Error('no response'));
      expect((await batch(3, headers)).status).toBe(500);
      expect((await batch(3, headers)).status).toBe(202);
      expect(await spent()).toBe(0.12);
    });
  });

  it.each([['returns its reservation', 0.04, false], ['keeps its reservation while its claim has it', 0.11, true]])('whose item cannot be written %s when an input image of the repeated request is deleted', async (_what, usd, isClaimed) => {
    const headers = { 'Idempotency-Key': 'k' };
    world.models.respond = ({ seed }) => ({ bytes: imageFile(96, 64), seed, contentType: 'image/png', width: 96, height: 64 });
    const { json: { id } } = await world.call('POST /images', { body: { prompt: 'a bay' } });
    const send = () => world.call('POST /images/batches', { body: { requests: [{ operation: 'remove-background', image: id }] }, headers });
    jest.spyOn(world.batches, 'put').mockRejectedValueOnce(new Error('no response'));
    expect((await send()).status).toBe(500);
    expect(await spent()).toBe(0.11);
    await world.call(`DELETE /images/${id}`);
    if (isClaimed) jest.spyOn(world.claims, 'release').mockRejectedValueOnce(new Error('no response'));
    expect((await send()).status).toBe(400);
    expect(await spent()).toBe(usd);
  });

  it.each<[string, object]>([['with a key', { 'Idempotency-Key': 'k' }], ['without a key', {}]])('%s returns the reservations of failed jobs to the day of its reservation', async (_what, headers) => {
    world.time = MIDNIGHT - 1;
    const reserve = world.budgets.reserve.bind(world.budgets);
    // the request starts on the day before
    jest.spyOn(world.claims, 'take').mockImplementationOnce(async () => { world.time = MIDNIGHT; return undefined; });
    jest.spyOn(world.budgets, 'reserve').mockImplementationOnce(async (...parameters) => reserve(...parameters).finally(() => { world.time = MIDNIGHT; }));
    expect((await batch(3, headers)).status).toBe(202);
    world.models.failWith(...Array.from({ length: 3 }, () => new ApiError('INVALID_REQUEST', 'rejected')));
    await world.deliverAll();
    expect([await spent(), await spent('2026-11-22')]).toEqual([0, 0]);
  });

  it('returns the reservation of an interrupted request, which was made on the day before, to that day', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    world.time = MIDNIGHT - 1;
    jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('no response'));
    expect((await batch(3, headers)).status).toBe(500);
    world.time = MIDNIGHT;
    expect((await batch(3, headers)).status).toBe(202);
    world.models.failWith(...Array.from({ length: 3 }, () => new ApiError('INVALID_REQUEST', 'rejected')));
    await world.deliverAll();
    expect([await spent(), await spent('2026-11-22')]).toEqual([0, 0]);
  });

  it('does not use up the idempotency key when it is refused', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const add = jest.spyOn(world.budgets, 'add');
    expect((await batch(4, headers)).status).toBe(429);
    // it has no reservation that could be returned
    expect(add).not.toHaveBeenCalled();
    expect(await batch(3, headers)).toMatchObject({ status: 202 });
  });
});

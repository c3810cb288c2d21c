import { filteredRecord, enqueueRecord, nameOf, recordOf, settle, type EnqueuePorts, type EnqueueSettings } from './enqueue';
import type { JobBody } from './job';
import { finishDeadline } from '../generation/deadlines';
import { closed, stillRunning, takeClaim } from '../generation/idempotency';
import type { Batches } from '../generation/ports';
import { pendingEvent } from '../generation/publish-event';
import { isJob, type JobRecord, type Batch } from '../generation/records';
import { firstSeed } from '../generation/seeds';
import type { RequestContext, GenerateRequest } from '../generation/types';
import type { ApiError } from '../shared/errors';

/** One request of a batch: to be drawn, or filtered before. */
export type BatchItem =
  | { readonly body: JobBody; readonly request: GenerateRequest }
  | { readonly body: JobBody; readonly filtered: ApiError; readonly model: string };

export interface BatchPorts extends EnqueuePorts {
  readonly batches: Batches;
}

export interface BatchSettings extends EnqueueSettings {
  readonly requestId: string;
}

/** Hands all of them to the workers, once per idempotency key. What of it was not handed in when the function died is by a repetition. */
export async function enqueueBatch(
  items: readonly BatchItem[], fingerprint: string, caller: RequestContext, ports: BatchPorts, settings: BatchSettings,
): Promise<Batch> {
  const { owner, idempotencyKey: key, deadline } = caller;
  const now = ports.clock.now();
  // by their times, so that they are listed in the order in which they were asked for
  const images = items.map((_, index) => ports.newId(now + index));
  const fresh: Batch = { owner, id: ports.newId(), createdAt: now, images, expirationDays: settings.expirationDays };
  if (key === undefined) return handInAll(fresh, items, deadline, ports, settings);

  const wanted = { owner, key, fingerprint, holder: fresh.id, id: fresh.id, seed: 0 };
  const outcome = await takeClaim(wanted, deadline, { ...ports, records: ports.batches });
  const { claim } = outcome;
  if ('replay' in outcome && claim.state === 'done') return outcome.replay;
  // not all may have been handed in: whoever has an answer asks no more
  if ('replay' in outcome && now < claim.leaseUntil) throw stillRunning(claim.leaseUntil - now);
  const batch = 'replay' in outcome ? outcome.replay : { ...fresh, id: claim.id };
  try {
    await handInAll(batch, items, deadline, ports, settings);
  } catch (error) {
    // the next one need not wait for us
    await closed(ports.claims.settle({ ...claim, leaseUntil: now }, finishDeadline(deadline)), ports.log);
    throw error;
  }
  await settle(claim, finishDeadline(deadline), ports);
  return batch;
}

/** The list first: whoever comes after a function that died finds the ids of what it handed in. */
async function handInAll(batch: Batch, items: readonly BatchItem[], deadline: number, ports: BatchPorts, settings: BatchSettings): Promise<Batch> {
  await ports.batches.put(batch, finishDeadline(deadline));
  // all of them, whatever becomes of one: what went on after our answer could meet a repetition
  const outcomes = await Promise.allSettled(items.map((item, index) => handInOne(item, batch, index, deadline, ports, settings)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return batch;
}

async function handInOne(
  item: BatchItem, { owner, images, createdAt }: Batch, index: number, deadline: number, ports: BatchPorts, settings: BatchSettings,
): Promise<void> {
  const id = images[index];
  const there = await ports.records.get(owner, id);
  // by a function that died, perhaps before its message was sent
  if (there) return (isJob(there) && there.job.state === 'queued') || there.unannounced ? ports.queue.send(nameOf(there)) : undefined;
  if ('filtered' in item) return handInFiltered(filteredRecord(item, { owner, id, createdAt }, settings), deadline, ports);
  const { request, body } = item;
  const seed = firstSeed(request.seed, request.maxSeed);
  await enqueueRecord(recordOf(request, owner, { id, seed }, createdAt, ports, settings), body, deadline, ports, settings);
}

/** There is nothing to draw, but a worker tells of it where somebody wants to know. */
async function handInFiltered(record: JobRecord, deadline: number, ports: BatchPorts): Promise<void> {
  await ports.records.create({ ...record, ...pendingEvent(ports) }, finishDeadline(deadline));
  if (ports.eventPublisher) await ports.queue.send(nameOf(record));
}

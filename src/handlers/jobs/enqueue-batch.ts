import { checkInputImages } from './check-input-images';
import { Enqueuer, isResumable, type EnqueuePorts, type JobRequest } from './enqueue';
import { referenceOf } from './job';
import type { Deadlines } from '../generation/deadlines';
import { awaitClaimUpdate, inProgress, markClaimDone, retryAfterLease, takeClaim } from '../generation/idempotency';
import { InputImageLoader } from '../generation/input-image-loader';
import type { Batches } from '../generation/ports';
import { pendingEvent } from '../generation/publish-event';
import { firstSeed } from '../generation/seeds';
import { storedError } from '../generation/spend/charges';
import { hasJobState, type Batch, type Claim, type ImageRecord, type JobRecord, type JobReference, type Reservation } from '../generation/storage/records';
import { expirationTime, type Caller, type GenerationSettings } from '../generation/types';
import { ApiError } from '../shared/api-error';
import { describeCause } from '../shared/log';

/** A request that becomes a failed job: its prompt contains denied words, or it could not be enqueued. */
export interface RefusedRequest {
  readonly error: ApiError;
  readonly model: string;
  /** The edit operation. */
  readonly operation?: string;
}

export type BatchItem = JobRequest | RefusedRequest;

/** A request of a batch, and the job that it becomes. */
interface BatchJob extends JobReference, Pick<Batch, 'createdAt'> {
  readonly item: BatchItem;
}

export interface BatchPorts extends EnqueuePorts {
  readonly batches: Batches;
}

export interface BatchSettings extends GenerationSettings {
  readonly requestId: string;
}

export interface EnqueuedBatch {
  readonly batch: Batch;
  /** The records of its requests, in order. A record is undefined if it was deleted or could not be written. */
  readonly records: readonly (ImageRecord | undefined)[];
}

/** Enqueues batches. */
export class BatchEnqueuer {
  private readonly inputImages: InputImageLoader;
  private readonly enqueuer: Enqueuer;

  constructor(private readonly ports: BatchPorts, private readonly settings: BatchSettings) {
    this.inputImages = new InputImageLoader(ports, settings);
    this.enqueuer = new Enqueuer(ports, settings, this.inputImages);
  }

  /** Enqueues the requests of a batch, once per idempotency key. A repeated request enqueues those that an interrupted request did not. */
  public async enqueue(items: readonly BatchItem[], fingerprint: string, caller: Caller): Promise<EnqueuedBatch> {
    const { owner, idempotencyKey: key, deadlines } = caller;
    const { clock, newId, batches, claims, log, measurements } = this.ports;
    const now = clock.now();
    // one millisecond apart, so that lists have the order of the requests
    const images = items.map((_, index) => newId(now + index));
    const newBatch: Batch = { owner, id: newId(), createdAt: now, images, expirationDays: this.settings.expirationDays };
    if (key === undefined) return this.enqueueOnce(newBatch, items, deadlines);

    const newClaim = { owner, key, fingerprint, holder: newBatch.id, id: newBatch.id, seed: 0 };
    const claimed = await takeClaim(newClaim, deadlines, { ...this.ports, records: batches, what: 'batch' });
    const { claim } = claimed;
    if ('replay' in claimed && claim.state === 'done') {
      measurements.reuse();
      return { batch: claimed.replay, records: await this.recordsOf(claimed.replay) };
    }
    // The response must not contain the batch before all of its requests are enqueued.
    if ('replay' in claimed && now < claim.leaseUntil) throw inProgress(retryAfterLease(claim.leaseUntil - now));
    // the reservation of an interrupted request remains: this one enqueues its jobs
    const batch = 'replay' in claimed ? claimed.replay : await this.reserveClaimed({ ...newBatch, id: claim.id }, items, claim, deadlines);
    let enqueued: EnqueuedBatch;
    try {
      if (!('replay' in claimed)) await batches.put(batch, deadlines.response);
      enqueued = await this.enqueueAll(batch, items, deadlines);
    } catch (error) {
      // ends the lease, so that the client can repeat the request immediately
      await awaitClaimUpdate(claims.update({ ...claim, ...reservationOf(batch), leaseUntil: now }, deadlines.response), log);
      throw error;
    }
    await markClaimDone(claim, deadlines.response, this.ports);
    return enqueued;
  }

  /** Enqueues a batch that a repeated request cannot complete. */
  private async enqueueOnce(newBatch: Batch, items: readonly BatchItem[], deadlines: Deadlines): Promise<EnqueuedBatch> {
    await this.checkInputImages(items, newBatch.owner);
    const batch = { ...newBatch, ...reservationOf({ reservation: await this.reserve(items, newBatch.owner, deadlines) }) };
    try {
      await this.ports.batches.put(batch, deadlines.response);
    } catch (error) {
      await this.giveBack(batch, items, deadlines);
      throw error;
    }
    return this.enqueueAll(batch, items, deadlines, true);
  }

  /** Returns a batch with a reservation: that of an interrupted request, or a new one. If it is refused, the key can be used again. */
  private async reserveClaimed(batch: Batch, items: readonly BatchItem[], claim: Claim, deadlines: Deadlines): Promise<Batch> {
    const earlier = { ...batch, ...reservationOf(claim) };
    try {
      await this.checkInputImages(items, batch.owner);
      return { ...batch, ...reservationOf({ reservation: claim.reservation ?? await this.reserve(items, batch.owner, deadlines) }) };
    } catch (error) {
      const isReleased = await awaitClaimUpdate(this.ports.claims.release(claim, deadlines.response), this.ports.log);
      if (isReleased) await this.giveBack(earlier, items, deadlines);
      throw error;
    }
  }

  /** Reads the records of a batch. */
  private recordsOf({ owner, images }: Batch): Promise<(ImageRecord | undefined)[]> {
    return Promise.all(images.map((id) => this.ports.records.get(owner, id)));
  }

  private checkInputImages(items: readonly BatchItem[], owner: string): Promise<void> {
    return checkInputImages(items.map((item) => ('error' in item ? undefined : item.request)), owner, this.inputImages);
  }

  /** Reserves the cost of all jobs, or throws `QUOTA_EXCEEDED`: no job of the batch is then enqueued. */
  private async reserve(items: readonly BatchItem[], owner: string, deadlines: Deadlines): Promise<Reservation | undefined> {
    return this.ports.budget?.reserve(owner, this.totalCost(items), deadlines.response);
  }

  private totalCost(items: readonly BatchItem[]): number {
    return items.reduce((sum, item) => sum + this.costOf(item), 0);
  }

  private costOf(item: BatchItem): number {
    return 'error' in item ? 0 : this.enqueuer.costOf(item.request);
  }

  /** `isFinal`: no repeated request enqueues the jobs that could not be enqueued, so they are recorded as failed. */
  private async enqueueAll(batch: Batch, items: readonly BatchItem[], deadlines: Deadlines, isFinal = false): Promise<EnqueuedBatch> {
    const { owner, createdAt, images } = batch;
    // waits for all requests, because a request that is still being enqueued could collide with a repeated one
    const outcomes = await Promise.all(items.map(async (item, index) => {
      const job = { owner, createdAt, id: images[index], item };
      try {
        return { job, record: await this.enqueueJob(job, batch.reservation, deadlines) };
      } catch (cause) {
        return { job, cause };
      }
    }));
    const failed = outcomes.flatMap((outcome) => ('cause' in outcome ? outcome : []));
    if (isFinal) await this.giveBack(batch, failed.flatMap(({ job, cause }) => (isResumable(cause) ? [] : job.item)), deadlines);
    // a request without a key cannot be completed by a repeated one, which would be charged again: its client needs the ids
    if (failed.length > 0 && (!isFinal || failed.length === items.length)) throw failed[0].cause;
    const records = await Promise.all(outcomes.map((outcome) => (
      'cause' in outcome ? this.recordNotEnqueued(outcome.job, outcome.cause, deadlines) : outcome.record)));
    return { batch, records };
  }

  /** Gives the shares of jobs back that are not enqueued. */
  private async giveBack({ owner, reservation }: Batch, items: readonly BatchItem[], { response: deadline }: Deadlines): Promise<void> {
    if (reservation) await this.ports.budget?.settle(owner, { ...reservation, microUsd: this.totalCost(items) }, 0, deadline);
  }

  /** Records a request that could not be enqueued as a failed job. If that fails, the batch reports it as deleted. */
  private async recordNotEnqueued(job: BatchJob, cause: unknown, deadlines: Deadlines): Promise<ImageRecord | undefined> {
    const { log } = this.ports;
    const { id, item } = job;
    log.error('job not enqueued', { id, ...describeCause(cause) });
    const { model, operation } = 'error' in item ? item : { model: item.request.model.id, operation: item.request.operation };
    const error = new ApiError('INTERNAL', 'the job could not be enqueued; send the request again');
    return this.recordFailed({ error, model, operation }, job, deadlines).catch((failure) => {
      log.error('record not written', { id, ...describeCause(failure) });
      return undefined;
    });
  }

  private async enqueueJob(job: BatchJob, reservation: Reservation | undefined, deadlines: Deadlines): Promise<ImageRecord> {
    const { records, queue } = this.ports;
    const { owner, id, createdAt, item } = job;
    const existing = await records.get(owner, id);
    if (existing) {
      // an interrupted request created the record and may not have sent the message
      if ((hasJobState(existing) && existing.job.state === 'queued') || existing.eventPending) await queue.send(referenceOf(existing));
      return existing;
    }
    if ('error' in item) return this.recordFailed(item, job, deadlines);
    const seed = firstSeed(item.request.seed, item.request.maxSeed);
    const share = reservation && { ...reservation, microUsd: this.costOf(item) };
    const record = await this.enqueuer.recordOf(item.request, { owner, id, seed, createdAt }, share);
    return this.enqueuer.enqueueRecord(record, item.body, deadlines);
  }

  /** Records a request without a job as a failed job. A worker publishes its event, if a rule uses it. */
  private async recordFailed(
    { error, model, operation }: RefusedRequest, { owner, id, createdAt }: BatchJob, deadlines: Deadlines,
  ): Promise<JobRecord> {
    const failure = { ...storedError(error), requestId: this.settings.requestId };
    const record: JobRecord = {
      owner,
      id,
      model,
      operation,
      createdAt,
      imageExpiresAt: expirationTime(createdAt, this.settings),
      images: [],
      failures: [],
      job: { state: 'failed', revision: 0, attempts: 0, throttles: 0, failure },
      ...pendingEvent(this.ports),
    };
    await this.ports.records.create(record, deadlines.response);
    if (this.ports.eventPublisher) await this.ports.queue.send(referenceOf(record));
    return record;
  }
}

/** DynamoDB stores no undefined attributes. */
function reservationOf({ reservation }: Pick<Batch, 'reservation'>): Pick<Batch, 'reservation'> {
  return reservation ? { reservation } : {};
}

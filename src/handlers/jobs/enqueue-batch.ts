import { Enqueuer, type EnqueuePorts, type JobRequest } from './enqueue';
import { referenceOf } from './job';
import type { FieldError } from '../../private/contract/errors';
import type { Deadlines } from '../generation/deadlines';
import { awaitClaimUpdate, inProgress, markClaimDone, retryAfterLease, takeClaim } from '../generation/idempotency';
import { InputImageLoader } from '../generation/input-image-loader';
import type { Batches } from '../generation/ports';
import { pendingEvent } from '../generation/publish-event';
import { firstSeed } from '../generation/seeds';
import { storedError } from '../generation/spend/charges';
import { hasJobState, type Batch, type ImageRecord, type JobRecord, type JobReference, type Reservation } from '../generation/storage/records';
import { expirationTime, type GenerationSettings, type RequestContext } from '../generation/types';
import { ApiError, invalidRequest } from '../shared/api-error';
import { describeCause } from '../shared/log';

/** A request whose prompt contains denied words. */
export interface FilteredRequest {
  readonly filtered: ApiError;
  readonly model: string;
  /** The edit operation. */
  readonly operation?: string;
}

/** Each check has the images of one request in memory. */
const MAX_PARALLEL_CHECKS = 4;

export type BatchItem = JobRequest | FilteredRequest;

export interface BatchPorts extends EnqueuePorts {
  readonly batches: Batches;
}

export interface BatchSettings extends GenerationSettings {
  readonly requestId: string;
}

interface EnqueueAllOptions {
  /** UTC day of the reservation. Absent without a budget. */
  readonly day?: string;
  /** Whether no repeated request enqueues the jobs that could not be enqueued. They are recorded as failed. */
  readonly isFinal?: boolean;
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
  public async enqueue(items: readonly BatchItem[], fingerprint: string, context: RequestContext): Promise<EnqueuedBatch> {
    const { owner, idempotencyKey: key, deadlines } = context;
    const { clock, newId, batches, claims, log, measurements } = this.ports;
    const now = clock.now();
    // one millisecond apart, so that lists have the order of the requests
    const images = items.map((_, index) => newId(now + index));
    const newBatch: Batch = { owner, id: newId(), createdAt: now, images, expirationDays: this.settings.expirationDays };
    if (key === undefined) {
      await this.checkInputImages(items, owner);
      const reservation = await this.reserve(items, owner, deadlines);
      return this.enqueueAll(newBatch, items, deadlines, { day: reservation?.day, isFinal: true });
    }

    const newClaim = { owner, key, fingerprint, holder: newBatch.id, id: newBatch.id, seed: 0 };
    const claimed = await takeClaim(newClaim, deadlines, { ...this.ports, records: batches });
    const { claim } = claimed;
    if ('replay' in claimed && claim.state === 'done') {
      measurements.reuse();
      return { batch: claimed.replay, records: await this.recordsOf(claimed.replay) };
    }
    // The response must not contain the batch before all of its requests are enqueued.
    if ('replay' in claimed && now < claim.leaseUntil) throw inProgress(retryAfterLease(claim.leaseUntil - now));
    const batch = 'replay' in claimed ? claimed.replay : { ...newBatch, id: claim.id };
    if (!('replay' in claimed)) {
      try {
        await this.checkInputImages(items, owner);
        await this.reserve(items, owner, deadlines);
      } catch (error) {
        await awaitClaimUpdate(claims.release(claim, deadlines.response), log);
        throw error;
      }
    }
    let enqueued: EnqueuedBatch;
    try {
      // the reservation of an interrupted request remains: this one enqueues its jobs
      enqueued = await this.enqueueAll(batch, items, deadlines, { day: this.ports.budget?.dayOf(batch.createdAt) });
    } catch (error) {
      // ends the lease, so that the client can repeat the request immediately
      await awaitClaimUpdate(claims.update({ ...claim, leaseUntil: now }, deadlines.response), log);
      throw error;
    }
    await markClaimDone(claim, deadlines.response, this.ports);
    return enqueued;
  }

  /** Reads the records of a batch. */
  private recordsOf({ owner, images }: Batch): Promise<(ImageRecord | undefined)[]> {
    return Promise.all(images.map((id) => this.ports.records.get(owner, id)));
  }

  /** Loads the input images of all requests, so that their errors are returned to the client. Requests with equal images are checked once. */
  private async checkInputImages(items: readonly BatchItem[], owner: string): Promise<void> {
    const requests = items.map((item) => ('filtered' in item || item.request.inputImages.length === 0 ? undefined : item.request));
    const keys = requests.map((request) => request && JSON.stringify([request.model.id, request.inputImages]));
    const errors = new Map<string, ApiError>();
    const distinct = [...new Set(keys)].flatMap((key) => key ?? []);
    for (let start = 0; start < distinct.length; start += MAX_PARALLEL_CHECKS) {
      await Promise.all(distinct.slice(start, start + MAX_PARALLEL_CHECKS).map(async (key) => {
        try {
          await this.inputImages.load(requests[keys.indexOf(key)]!, owner);
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          errors.set(key, error);
        }
      }));
    }
    const fieldErrors = keys.flatMap((key, index): FieldError[] => {
      const error = key === undefined ? undefined : errors.get(key);
      if (!error) return [];
      const { fieldErrors: errorsOfImages = [{ pointer: '', detail: error.message }] } = error;
      return errorsOfImages.map(({ pointer, detail }) => ({ pointer: `/requests/${index}${pointer}`, detail }));
    });
    if (fieldErrors.length > 0) throw invalidRequest(fieldErrors);
  }

  /** Reserves the cost of all jobs, or throws `QUOTA_EXCEEDED`: no job of the batch is then enqueued. */
  private async reserve(items: readonly BatchItem[], owner: string, deadlines: Deadlines): Promise<Reservation | undefined> {
    const cost = items.reduce((sum, item) => sum + this.costOf(item), 0);
    return this.ports.budget?.reserve(owner, cost, deadlines.response);
  }

  private costOf(item: BatchItem): number {
    return 'filtered' in item ? 0 : this.enqueuer.costOf(item.request);
  }

  /** Writes the batch first, so that a repeated request finds the ids of the jobs if this invocation is interrupted. */
  private async enqueueAll(
    batch: Batch, items: readonly BatchItem[], deadlines: Deadlines, { day, isFinal = false }: EnqueueAllOptions,
  ): Promise<EnqueuedBatch> {
    await this.ports.batches.put(batch, deadlines.response);
    // waits for all requests, because a request that is still being enqueued could collide with a repeated one
    const reservations = items.map((item) => (day === undefined ? undefined : { day, microUsd: this.costOf(item) }));
    const outcomes = await Promise.allSettled(items.map((item, index) => (
      this.enqueueItem(item, batch, index, { deadlines, reservation: reservations[index] }))));
    const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? { reason: outcome.reason as unknown } : []));
    if (isFinal) await this.giveBack(batch.owner, reservations.filter((_, index) => outcomes[index].status === 'rejected'), deadlines);
    // a request without a key cannot be completed by a repeated one, which would be charged again: its client needs the ids
    if (failed.length > 0 && (!isFinal || failed.length === items.length)) throw failed[0].reason;
    const records = await Promise.all(outcomes.map((outcome, index) => (
      outcome.status === 'fulfilled' ? outcome.value : this.recordRefused(items[index], batch, index, { reason: outcome.reason, deadlines }))));
    return { batch, records };
  }

  private async giveBack(owner: string, reservations: readonly (Reservation | undefined)[], deadlines: Deadlines): Promise<void> {
    const [first] = reservations;
    if (!first) return;
    const microUsd = reservations.reduce((sum, reservation) => sum + (reservation?.microUsd ?? 0), 0);
    await this.ports.budget?.settle(owner, { ...first, microUsd }, 0, deadlines.response);
  }

  /** Records a request that could not be enqueued as a failed job. If that fails, the batch reports it as deleted. */
  private async recordRefused(
    item: BatchItem, { owner, images, createdAt }: Batch, index: number,
    { reason, deadlines }: { readonly reason: unknown; readonly deadlines: Deadlines },
  ): Promise<ImageRecord | undefined> {
    const { log } = this.ports;
    const id = images[index];
    log.error('job not enqueued', { id, ...describeCause(reason) });
    const { model, operation } = 'filtered' in item ? item : { model: item.request.model.id, operation: item.request.operation };
    const filtered = new ApiError('INTERNAL', 'the job could not be enqueued; send the request again');
    return this.recordFailed({ filtered, model, operation }, { owner, id, createdAt }, deadlines).catch((cause) => {
      log.error('record not written', { id, ...describeCause(cause) });
      return undefined;
    });
  }

  private async enqueueItem(
    item: BatchItem, { owner, images, createdAt }: Batch, index: number,
    { deadlines, reservation }: { readonly deadlines: Deadlines; readonly reservation?: Reservation },
  ): Promise<ImageRecord> {
    const { records, queue } = this.ports;
    const id = images[index];
    const existing = await records.get(owner, id);
    if (existing) {
      // an interrupted request created the record and may not have sent the message
      if ((hasJobState(existing) && existing.job.state === 'queued') || existing.eventPending) await queue.send(referenceOf(existing));
      return existing;
    }
    if ('filtered' in item) return this.recordFailed(item, { owner, id, createdAt }, deadlines);
    const seed = firstSeed(item.request.seed, item.request.maxSeed);
    const record = await this.enqueuer.recordOf(item.request, { owner, id, seed, createdAt }, reservation);
    return this.enqueuer.enqueueRecord(record, item.body, deadlines);
  }

  /** Records a request without a job, which was filtered or refused, as a failed job. A worker publishes its event, if a rule uses it. */
  private async recordFailed(
    { filtered, model, operation }: FilteredRequest, { owner, id, createdAt }: JobReference & Pick<Batch, 'createdAt'>, deadlines: Deadlines,
  ): Promise<JobRecord> {
    const failure = { ...storedError(filtered), requestId: this.settings.requestId };
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

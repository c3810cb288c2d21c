import { Enqueuer, type EnqueuePorts, type JobRequest } from './enqueue';
import { referenceOf } from './job';
import type { FieldError } from '../../private/contract/errors';
import type { Deadlines } from '../generation/deadlines';
import { awaitClaimUpdate, inProgress, markClaimDone, retryAfterLease, takeClaim } from '../generation/idempotency';
import { InputImageLoader } from '../generation/input-image-loader';
import type { Batches } from '../generation/ports';
import { pendingEvent } from '../generation/publish-event';
import { hasJobState, type Batch, type JobRecord, type JobReference } from '../generation/records';
import { firstSeed } from '../generation/seeds';
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

/** Enqueues batches. */
export class BatchEnqueuer {
  private readonly enqueuer: Enqueuer;

  constructor(private readonly ports: BatchPorts, private readonly settings: BatchSettings) {
    this.enqueuer = new Enqueuer(ports, settings);
  }

  /** Enqueues the requests of a batch, once per idempotency key. A repeated request enqueues those that an interrupted request did not. */
  public async enqueue(items: readonly BatchItem[], fingerprint: string, context: RequestContext): Promise<Batch> {
    const { owner, idempotencyKey: key, deadlines } = context;
    const { clock, newId, batches, claims, log } = this.ports;
    const now = clock.now();
    // one millisecond apart, so that lists have the order of the requests
    const images = items.map((_, index) => newId(now + index));
    const newBatch: Batch = { owner, id: newId(), createdAt: now, images, expirationDays: this.settings.expirationDays };
    if (key === undefined) {
      await this.checkInputImages(items, owner);
      return this.enqueueAll(newBatch, items, deadlines, true);
    }

    const newClaim = { owner, key, fingerprint, holder: newBatch.id, id: newBatch.id, seed: 0 };
    const claimed = await takeClaim(newClaim, deadlines, { ...this.ports, records: batches });
    const { claim } = claimed;
    if ('replay' in claimed && claim.state === 'done') return claimed.replay;
    // The response must not contain the batch before all of its requests are enqueued.
    if ('replay' in claimed && now < claim.leaseUntil) throw inProgress(retryAfterLease(claim.leaseUntil - now));
    const batch = 'replay' in claimed ? claimed.replay : { ...newBatch, id: claim.id };
    if (!('replay' in claimed)) {
      await this.checkInputImages(items, owner).catch(async (error) => {
        await awaitClaimUpdate(claims.release(claim, deadlines.response), log);
        throw error;
      });
    }
    try {
      await this.enqueueAll(batch, items, deadlines);
    } catch (error) {
      // ends the lease, so that the client can repeat the request immediately
      await awaitClaimUpdate(claims.update({ ...claim, leaseUntil: now }, deadlines.response), log);
      throw error;
    }
    await markClaimDone(claim, deadlines.response, this.ports);
    return batch;
  }

  /** Loads the input images of all requests, so that their errors are returned to the client. Requests with equal images are checked once. */
  private async checkInputImages(items: readonly BatchItem[], owner: string): Promise<void> {
    const loader = new InputImageLoader(this.ports, this.settings);
    const requests = items.map((item) => ('filtered' in item || item.request.inputImages.length === 0 ? undefined : item.request));
    const keys = requests.map((request) => request && JSON.stringify([request.model.id, request.inputImages]));
    const errors = new Map<string, ApiError>();
    const distinct = [...new Set(keys)].flatMap((key) => key ?? []);
    for (let start = 0; start < distinct.length; start += MAX_PARALLEL_CHECKS) {
      await Promise.all(distinct.slice(start, start + MAX_PARALLEL_CHECKS).map(async (key) => {
        try {
          await loader.load(requests[keys.indexOf(key)]!, owner);
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

  /** Writes the batch first, so that a repeated request finds the ids of the jobs if this invocation is interrupted. */
  private async enqueueAll(batch: Batch, items: readonly BatchItem[], deadlines: Deadlines, recordsFailures = false): Promise<Batch> {
    await this.ports.batches.put(batch, deadlines.response);
    // waits for all requests, because a request that is still being enqueued could collide with a repeated one
    const outcomes = await Promise.allSettled(items.map((item, index) => this.enqueueItem(item, batch, index, deadlines)));
    const failed = outcomes.flatMap((outcome, index) => (outcome.status === 'rejected' ? { index, reason: outcome.reason as unknown } : []));
    if (failed.length === 0) return batch;
    // a request without a key cannot be completed by a repeated one, which would be charged again: its client needs the ids
    if (!recordsFailures || failed.length === items.length) throw failed[0].reason;
    await Promise.all(failed.map(({ index, reason }) => this.recordRefused(items[index], batch, index, { reason, deadlines })));
    return batch;
  }

  /** Records a request that could not be enqueued as a failed job. If that fails, the batch reports it as deleted. */
  private async recordRefused(
    item: BatchItem, { owner, images, createdAt }: Batch, index: number,
    { reason, deadlines }: { readonly reason: unknown; readonly deadlines: Deadlines },
  ): Promise<void> {
    const { log } = this.ports;
    const id = images[index];
    log.error('job not enqueued', { id, ...describeCause(reason) });
    const { model, operation } = 'filtered' in item ? item : { model: item.request.model.id, operation: item.request.operation };
    const filtered = new ApiError('INTERNAL', 'the job could not be enqueued; send the request again');
    await this.recordFailed({ filtered, model, operation }, { owner, id, createdAt }, deadlines)
      .catch((cause) => log.error('record not written', { id, ...describeCause(cause) }));
  }

  private async enqueueItem(item: BatchItem, { owner, images, createdAt }: Batch, index: number, deadlines: Deadlines): Promise<void> {
    const { records, queue } = this.ports;
    const id = images[index];
    const existing = await records.get(owner, id);
    // an interrupted request created the record and may not have sent the message
    if (existing) return (hasJobState(existing) && existing.job.state === 'queued') || existing.eventPending ? queue.send(referenceOf(existing)) : undefined;
    if ('filtered' in item) return this.recordFailed(item, { owner, id, createdAt }, deadlines);
    const seed = firstSeed(item.request.seed, item.request.maxSeed);
    await this.enqueuer.enqueueRecord(this.enqueuer.recordOf(item.request, { owner, id, seed, createdAt }), item.body, deadlines);
  }

  /** Records a request without a job, which was filtered or refused, as a failed job. A worker publishes its event, if a rule uses it. */
  private async recordFailed(
    { filtered, model, operation }: FilteredRequest, { owner, id, createdAt }: JobReference & Pick<Batch, 'createdAt'>, deadlines: Deadlines,
  ): Promise<void> {
    const failure = { code: filtered.code, detail: filtered.message, requestId: this.settings.requestId };
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
  }
}

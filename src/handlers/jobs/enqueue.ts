import { referenceOf, updateJob } from './job';
import type { Deadlines } from '../generation/deadlines';
import { awaitClaimUpdate, markClaimDone, replayedError, takeClaim, type ClaimPorts } from '../generation/idempotency';
import { InputImageLoader, type InputImagePorts } from '../generation/input-image-loader';
import type { Measurements } from '../generation/measurement/measurements';
import { parametersOf } from '../generation/parameters';
import type { Documents, EventPublisher, ImageRecords, JobQueue } from '../generation/ports';
import { firstSeed } from '../generation/seeds';
import { maxCost } from '../generation/spend/prices';
import type { SpendPorts } from '../generation/spend/within-budget';
import { jobKey } from '../generation/storage/keys';
import { hasJobState, type Claim, type ImageRecord, type JobRecord, type Reservation } from '../generation/storage/records';
import { asResumable } from '../generation/storage/store-image';
import { expirationTime, type GenerateRequest, type GenerationSettings, type Caller } from '../generation/types';
import type { ImageRequest } from '../requests/parse-request';
import { ApiError, isClientError } from '../shared/api-error';
import { describeCause, type Logger } from '../shared/log';
import type { PromptPolicy } from '../shared/prompt-policy';

export interface EnqueuePorts extends ClaimPorts, InputImagePorts, Pick<SpendPorts, 'budget' | 'textPrice'> {
  readonly records: ImageRecords;
  readonly queue: JobQueue;
  readonly documents: Documents;
  readonly newId: (time?: number) => string;
  readonly promptPolicy: PromptPolicy;
  readonly log: Logger;
  readonly measurements: Measurements;
  /** Absent if no rule uses the events. */
  readonly eventPublisher?: EventPublisher;
}

/** A validated request, and its body, which the worker validates again. */
export interface JobRequest {
  readonly request: GenerateRequest;
  readonly body: ImageRequest;
}

/** Enqueues requests as jobs. */
export class Enqueuer {
  constructor(
    private readonly ports: EnqueuePorts, private readonly settings: GenerationSettings,
    private readonly inputImages = new InputImageLoader(ports, settings),
  ) {}

  /**
   * Enqueues a request, once per idempotency key. Returns the record. If the request is repeated, its images may already be stored. Input
   * images are loaded before, so that their errors are returned to the client.
   */
  public async enqueue(job: JobRequest, caller: Caller): Promise<ImageRecord> {
    const { request } = job;
    const { owner, idempotencyKey: key, deadlines } = caller;
    const newJob = { id: this.ports.newId(), seed: firstSeed(request.seed, request.maxSeed) };
    if (key === undefined) return this.enqueueReserved(job, { owner, ...newJob, createdAt: this.ports.clock.now() }, deadlines);

    const claimed = await takeClaim({ owner, key, fingerprint: request.fingerprint, holder: newJob.id, ...newJob }, deadlines, this.ports);
    if ('replay' in claimed) return this.replay(claimed.replay, claimed.claim, request, deadlines);
    return this.enqueueReserved(job, claimed.claim, deadlines, claimed.claim);
  }

  /** Reserves the cost of a job and enqueues it. */
  private async enqueueReserved({ request, body }: JobRequest, job: NewJob, deadlines: Deadlines, claim?: Claim): Promise<JobRecord> {
    let reservation = claim?.reservation;
    try {
      await this.inputImages.load(request, job.owner);
      reservation ??= await this.ports.budget?.reserve(job.owner, this.costOf(request), deadlines.response);
      return await this.enqueueRecord(await this.recordOf(request, job, reservation), body, deadlines, claim);
    } catch (error) {
      const { claims, budget, log } = this.ports;
      // the job may be enqueued: if the claim were released, a repeated request would generate images in addition to those of the record
      if (isResumable(error)) {
        if (claim && reservation) await awaitClaimUpdate(claims.update({ ...claim, reservation }, deadlines.response), log);
        throw error;
      }
      const isReleased = !claim || await awaitClaimUpdate(claims.release(claim, deadlines.response), log);
      // a repeated request uses the reservation of its claim
      if (reservation && (isReleased || !claim.reservation)) await budget?.settle(job.owner, reservation, 0, deadlines.response);
      throw error;
    }
  }

  /** Returns the most that a job can cost, in millionths of a US dollar. */
  public costOf(request: GenerateRequest): number {
    return maxCost(request, request.count, this.ports.textPrice);
  }

  /** Builds the record of a queued job. */
  public async recordOf(request: GenerateRequest, { owner, id, seed, createdAt }: NewJob, reservation?: Reservation): Promise<JobRecord> {
    const { model, operation, input } = request;
    const { promptPolicy } = this.ports;
    return {
      owner,
      id,
      model: model.id,
      operation,
      prompt: input.prompt && promptPolicy.retain(input.prompt),
      parameters: promptPolicy.retainTexts(parametersOf(request, seed)),
      source: await this.inputImages.sourceOf(request, owner),
      createdAt,
      imageExpiresAt: expirationTime(createdAt, this.settings),
      images: [],
      failures: [],
      seed,
      job: { state: 'queued', revision: 0, attempts: 0, throttles: 0, ...(reservation && { reservation }) },
    };
  }

  /** Writes the request and the record before sending the message, so that a worker finds both. Deletes both if the message cannot be sent. */
  public async enqueueRecord(record: JobRecord, body: ImageRequest, { response: deadline }: Deadlines, claim?: Claim): Promise<JobRecord> {
    const { documents, records, queue } = this.ports;
    try {
      await documents.write(jobKey(record, this.settings.prefix), JSON.stringify(body), deadline);
    } catch (cause) {
      // the request may have been stored although the call failed
      await this.removeDocument(record);
      throw cause;
    }
    try {
      await records.create(record, deadline);
    } catch (cause) {
      // the record may have been created although the call failed; a request without a key is not repeated, so no message will follow
      const isUnknown = await records.cancel(record).then(() => false, () => claim !== undefined);
      if (isUnknown) throw asResumable(cause);
      await this.removeDocument(record);
      throw cause;
    }
    try {
      await queue.send(referenceOf(record));
    } catch (cause) {
      // The message may have been sent although the call failed. Without a record it has no effect; if a worker has taken the job, it is enqueued.
      if (await records.cancel(record).catch(() => { throw asResumable(cause); })) {
        await this.removeDocument(record);
        throw cause;
      }
    }
    if (claim) await markClaimDone(claim, deadline, this.ports);
    return record;
  }

  /** Deletes the request of a job that was not enqueued: it contains the prompt and the input images. */
  private async removeDocument(record: JobRecord): Promise<void> {
    const { store, log } = this.ports;
    await store.remove([jobKey(record, this.settings.prefix)]).catch((cause) => log.error('job documents not deleted', describeCause(cause)));
  }

  private async replay(record: ImageRecord, claim: Claim, request: GenerateRequest, deadlines: Deadlines): Promise<ImageRecord> {
    const { measurements, queue } = this.ports;
    if (hasJobState(record) && record.job.state === 'failed') {
      const { failure } = record.job;
      if (failure && (failure.mayBeCharged || isClientError(failure.code))) throw replayedError(failure);
      return this.enqueueAgain(record, request, deadlines);
    }
    measurements.reuse();
    // the first request may have ended before it sent the message; a duplicate message has no effect
    if (hasJobState(record) && record.job.state === 'queued' && claim.state === 'running') {
      await queue.send(referenceOf(record));
      await markClaimDone(claim, deadlines.response, this.ports);
    }
    return record;
  }

  /** Enqueues a failed job that was not charged with its id and seed, so that the worker finds stored images. Sends the message first, because each queued record must have one. */
  private async enqueueAgain(record: JobRecord, request: GenerateRequest, { response: deadline }: Deadlines): Promise<ImageRecord> {
    const { records, queue, clock, budget } = this.ports;
    const { owner, id } = record;
    const reservation = await budget?.reserve(owner, this.costOf(request), deadline);
    // a worker that has taken the job reserves its cost itself
    const giveBack = async () => { if (reservation) await budget?.settle(owner, reservation, 0, deadline); };
    const redrivenAt = clock.now();
    try {
      await queue.send({ ...referenceOf(record), redriveOfRevision: record.job.revision, redrivenAt });
    } catch (error) {
      await giveBack();
      throw error;
    }
    const queued = updateJob(record, { state: 'queued', attempts: 0, throttles: 0, redrivenAt, reservation });
    // if this fails, the record may contain the reservation
    if (await records.replace(queued, record, deadline)) return queued;
    await giveBack();
    return await records.get(owner, id) ?? record;
  }
}

type NewJob = Pick<Claim, 'owner' | 'id' | 'seed' | 'createdAt'>;

/** Returns whether a job may be enqueued although an error occurred. */
export function isResumable(error: unknown): boolean {
  return error instanceof ApiError && error.resumable;
}

import { DocumentTextCache } from './document-text-cache';
import { referenceOf, updateJob } from './job';
import { chargedReservation, chargeOfRuns, limitError, throttleDelaySeconds, type JobLimits } from './job-limits';
import type { Deadlines } from '../generation/deadlines';
import { ImageGenerator, type GenerationResult } from '../generation/image-generator';
import type { JobQueue } from '../generation/ports';
import { pendingEvent, publishAtLeastOnce } from '../generation/publish-event';
import { errorFromStored, highestCharge, storedError } from '../generation/spend/charges';
import { generateWithinBudget } from '../generation/spend/within-budget';
import { deleteFailures, findImageSlots, storeFailures } from '../generation/storage/image-slots';
import { failureKeys, imageKeys, jobKey, jobKeys, textKey } from '../generation/storage/keys';
import { hasJobState, type ImageRecord, type JobFailure, type JobMessage, type JobRecord, type JobReference, type JobState } from '../generation/storage/records';
import { CachedTextModel } from '../generation/text/cached-text-model';
import type { GenerationRun } from '../generation/types';
import type { HandlerContext } from '../requests/context';
import { parseRequest, type ImageRequest } from '../requests/parse-request';
import { ApiError, isClientError, isFiltered } from '../shared/api-error';
import { fromJson } from '../shared/json';
import { describeCause } from '../shared/log';

/** A received SQS message. */
export interface ReceivedMessage {
  readonly message: JobMessage;
  readonly receiveCount: number;
  readonly requestId: string;
  readonly deadlines: Deadlines;
}

/** Undefined if the message can be deleted. Otherwise the message must be received again after some seconds. */
export type ProcessJobResult = { readonly retryInSeconds: number } | undefined;

/** What is known of the run that failed a job. */
interface FailedRun {
  readonly seed?: number;
  /** What the run was charged, in millionths of a US dollar. Absent if the job fails without a run. */
  readonly charged?: number;
}

/** Revision of a new job in its first run. */
const FIRST_RUN_REVISION = 1;
/** Delay of the next run after a conflicting update of the record. After a failure of an AWS service, it is multiplied by the receive count. */
const RETRY_SECONDS = 15;

/** Processes jobs. A job can be received more than once, also at the same time: one worker generates, and the next one finds the stored images. */
export class JobProcessor {
  private readonly ports: HandlerContext['ports'];
  private readonly prefix: string;

  constructor(private readonly context: HandlerContext, private readonly queue: JobQueue, private readonly limits: JobLimits) {
    this.ports = context.ports;
    this.prefix = context.configuration.prefix;
  }

  /** Processes a received message. */
  public async process(received: ReceivedMessage): Promise<ProcessJobResult> {
    const { message, deadlines } = received;
    const { clock, records, measurements } = this.ports;
    const now = clock.now();
    const record = await records.get(message.owner, message.id);
    // the job was cancelled, or its image was deleted
    if (!record) return this.deleteDocuments(message, received);
    measurements.describe({ imageId: record.id, model: record.model });
    measurements.describeOwner(record.owner);
    const isDone = !hasJobState(record) || (record.job.state === 'failed' && message.redriveOfRevision !== record.job.revision);
    // the worker that completed the job may have ended before it published the event
    if (isDone) return this.close(record, received);
    const { state, attempts, throttles, leaseUntil = 0, failure: noted } = record.job;
    if (state === 'running' && now < leaseUntil) return retryIn((leaseUntil - now) / 1000);

    // an earlier worker noted the failure, and stopped before it failed the job
    if (state === 'running' && noted) {
      return this.fail(record, errorFromStored(noted, { mayBeCharged: noted.mayBeCharged }), received, { seed: noted.seed });
    }

    const error = limitError(record, received, now, this.limits);
    if (error) return this.fail(record, error, received);
    const change = {
      attempts: attempts + 1,
      ...(state === 'failed' ? { throttles: 0, redrivenAt: message.redrivenAt ?? now } : { throttles }),
      // the reservation of an interrupted run remains, because its model calls may have been charged: this run reserves its own
      ...(state === 'running' && { reservation: undefined }),
    };
    const running = updateJob(record, { state: 'running', ...change, leaseUntil: deadlines.lease });
    if (!await records.replace(running, record, deadlines.response)) return retryIn(RETRY_SECONDS);
    // a redrive by the operator generates all missing images
    if (state === 'failed' && message.redrivenAt === undefined) await deleteFailures(failureKeys(record, this.prefix), this.ports);
    measurements.add('queueAge', (now - (running.job.redrivenAt ?? running.createdAt)) / 1000);
    return this.run(running, received);
  }

  private async run(running: JobRecord, received: ReceivedMessage): Promise<ProcessJobResult> {
    let result: GenerationResult;
    try {
      result = await this.generate(running, received.deadlines);
    } catch (error) {
      return this.handleError(running, error, received);
    }
    if (result.record.images.length === 0) {
      // generated and charged, but not stored: the same seed generates the image again
      const [{ detail, seed }] = result.images.flatMap(({ storageFailure }) => storageFailure ?? []);
      return this.fail(running, new ApiError('INTERNAL', detail, { mayBeCharged: true }), received, { seed, charged: this.ports.spending.chargedMicroUsd });
    }
    await this.settle(running, this.ports.spending.chargedMicroUsd, received.deadlines);
    // the next run finds the stored images and writes the record
    if (!result.recorded) return retryIn((received.deadlines.lease - this.ports.clock.now()) / 1000);
    this.ports.measurements.describe({ outcome: 'succeeded' });
    return this.close(result.record, received);
  }

  private async generate(running: JobRecord, deadlines: Deadlines): Promise<GenerationResult> {
    const { owner, id, createdAt, imageExpiresAt, seed = 0 } = running;
    const body = fromJson<ImageRequest>(await this.ports.documents.read(jobKey(running, this.prefix)));
    this.ports.measurements.describe({ routeSet: body.routeSet ?? 'standard' });
    const { request } = await parseRequest(body, this.context);
    const slots = await findImageSlots(imageKeys(request, owner, id, this.prefix), this.ports, running.job.revision === FIRST_RUN_REVISION);
    const run: GenerationRun = { owner, id, seed, createdAt, imageExpiresAt, isResumable: true, slots, deadlines, ...pendingEvent(this.ports) };
    const cache = new DocumentTextCache(textKey(running, this.prefix), this.ports, deadlines.response);
    const textModel = this.ports.textModel && new CachedTextModel(this.ports.textModel, cache, this.ports);
    const generator = new ImageGenerator({ ...this.ports, textModel }, { prefix: this.prefix });
    // after a redrive or an interrupted run, the job has no reservation
    return running.job.reservation ? generator.generate(request, run) : generateWithinBudget(generator, request, run, this.ports);
  }

  private async handleError(running: JobRecord, error: unknown, received: ReceivedMessage): Promise<ProcessJobResult> {
    const { records, log } = this.ports;
    const { deadlines: { response: deadline }, receiveCount } = received;
    if (error instanceof ApiError && error.repeatable) return this.requeueUncharged(running, error, received);
    if (!(error instanceof ApiError) || isServiceFailure(error)) {
      const cause = error instanceof ApiError ? { code: error.code } : describeCause(error);
      log.error('job attempt failed', { id: running.id, ...cause });
      await records.replace(updateJob(running, { state: 'queued', ...this.restOfReservation(running) }), running, deadline);
      return retryIn(RETRY_SECONDS * receiveCount);
    }
    return this.fail(running, error, received, { charged: this.ports.spending.chargedMicroUsd });
  }

  /** Sends a new message with a delay, so that a model call that was not charged does not increase the receive count. */
  private async requeueUncharged(
    running: JobRecord, { code, retryAfterSeconds }: ApiError, { message, deadlines }: ReceivedMessage,
  ): Promise<undefined> {
    const { clock, records, measurements, spending } = this.ports;
    measurements.describe({ outcome: 'throttled', code });
    const { throttles, redrivenAt = clock.now(), charged: earlier = 'no' } = running.job;
    const delaySeconds = throttleDelaySeconds(throttles, retryAfterSeconds);
    const charged = highestCharge(earlier, spending.chargeStatus);
    const change = { state: 'queued', throttles: throttles + 1, ...(charged !== 'no' && { charged }), ...this.restOfReservation(running) } as const;
    await records.replace(updateJob(running, change), running, deadlines.response);
    const redrive = message.redriveOfRevision === undefined ? {} : { redrivenAt: message.redrivenAt ?? redrivenAt };
    await this.queue.send({ ...message, ...redrive }, delaySeconds);
  }

  /**
   * Fails a job. First notes a failure that may have been charged, so that no other worker repeats the model call. Then, unless
   * the client caused the error, sends the job to the dead-letter queue, so that it can be redriven even if this worker is interrupted.
   */
  private async fail(record: JobRecord, error: ApiError, received: ReceivedMessage, { seed, charged }: FailedRun = {}): Promise<ProcessJobResult> {
    const { requestId, deadlines } = received;
    const { code } = error;
    // the cause has been logged where it occurred
    this.ports.log.error('job failed', { id: record.id, code });
    this.ports.measurements.describe({ outcome: 'failed', code });
    const { mayBeCharged } = error;
    const endedRuns = record.job.attempts - (charged === undefined ? 0 : 1);
    const spent = highestCharge(this.ports.spending.chargeStatus, chargeOfRuns(endedRuns, record.job));
    const failure: JobFailure = record.job.failure
      ?? { ...storedError(error, spent), requestId, ...(seed !== undefined && { seed }), ...(mayBeCharged && { mayBeCharged }) };
    const noted = mayBeCharged && !isFiltered(error) ? await this.noteFailure(record, failure, deadlines) : record;
    if (!noted) return retryIn(RETRY_SECONDS);
    const failed: JobRecord = { ...updateJob(noted, { state: 'failed', failure, reservation: undefined }), ...pendingEvent(this.ports) };
    if (!isClientError(code)) await this.queue.sendToDeadLetterQueue({ ...referenceOf(failed), redriveOfRevision: failed.job.revision });
    if (!await this.replaceOrStore(failed, noted, failure, deadlines)) return retryIn(RETRY_SECONDS);
    await this.settle(record, charged ?? chargedReservation(record.job), deadlines);
    // deleted after the record is written, because another worker must not generate the images
    if (failure.mayBeCharged || isFiltered(error)) await deleteFailures(failureKeys(record, this.prefix), this.ports);
    return this.close(failed, received);
  }

  /** Returns the reservation of a job for its next run: what this run was charged is not given back. */
  private restOfReservation({ job: { reservation } }: JobRecord): Pick<JobState, 'reservation'> {
    return reservation ? { reservation: { ...reservation, microUsd: reservation.microUsd - this.ports.spending.chargedMicroUsd } } : {};
  }

  /** Replaces the reservation of a job that has ended with what the last run was charged. */
  private async settle({ owner, job: { reservation } }: JobRecord, charged: number, { response: deadline }: Deadlines): Promise<void> {
    if (reservation) await this.ports.budget?.settle(owner, reservation, charged, deadline);
  }

  /** Notes a failure in the record or, if that fails, in the bucket. Returns the record that is then stored, or undefined after a conflict. */
  private async noteFailure(record: JobRecord, failure: JobFailure, deadlines: Deadlines): Promise<JobRecord | undefined> {
    if (record.job.failure) return record;
    const noted = updateJob(record, { failure, leaseUntil: record.job.leaseUntil });
    try {
      return await this.replaceOrStore(noted, record, failure, deadlines) ? noted : undefined;
    } catch (cause) {
      this.ports.log.error('job failure not recorded', { id: record.id, ...describeCause(cause) });
      return record;
    }
  }

  /** Replaces the record. If that fails, stores the failure in the bucket, where the next worker finds it. */
  private async replaceOrStore(record: JobRecord, previous: JobRecord, failure: JobFailure, { response: deadline }: Deadlines): Promise<boolean> {
    try {
      return await this.ports.records.replace(record, previous, deadline);
    } catch (cause) {
      if (failure.mayBeCharged) await storeFailures(new Map(failureKeys(record, this.prefix).map((key) => [key, failure])), deadline, this.ports);
      throw cause;
    }
  }

  /** Publishes the event of a job that has ended, and deletes its documents unless it can be redriven. */
  private async close(record: ImageRecord, received: ReceivedMessage): Promise<ProcessJobResult> {
    await publishAtLeastOnce(record, this.ports, received.deadlines);
    const canBeRedriven = hasJobState(record) && record.job.failure && !isClientError(record.job.failure.code);
    return canBeRedriven ? undefined : this.deleteDocuments(record, received);
  }

  /** Deletes the request, with its prompt and images, and the text model's output. If that fails, the message must be received again. */
  private async deleteDocuments(job: JobReference, { receiveCount }: ReceivedMessage): Promise<ProcessJobResult> {
    const { store, log } = this.ports;
    try {
      await store.remove(jobKeys(job, this.prefix));
      return undefined;
    } catch (cause) {
      log.error('job documents not deleted', describeCause(cause));
      return retryIn(RETRY_SECONDS * receiveCount);
    }
  }
}

/**
 * Returns whether another run can succeed and causes no second charge: images are stored, or the guardrail could not check the prompt
 * (`MODEL_BUSY`). If the guardrail does not exist or denies access (`MODEL_UNAVAILABLE`), the operator redrives the job.
 */
function isServiceFailure({ code, resumable }: ApiError): boolean {
  return code === 'MODEL_BUSY' || (resumable && code !== 'MODEL_UNAVAILABLE');
}

function retryIn(seconds: number): ProcessJobResult {
  return { retryInSeconds: Math.ceil(seconds) };
}

import { CachedTextModel } from './cached-text-model';
import { updateJob, type JobBody } from './job';
import { createImages, type GenerationPlan, type CreateImagesPorts, type GenerationResult } from '../generation/create-images';
import { finishDeadline } from '../generation/deadlines';
import { findImageSlots, deleteFailures } from '../generation/image-slots';
import { failureKeys, imageKeys, jobKey, jobKeys, textKey } from '../generation/keys';
import type { JobQueue, EventPublisher } from '../generation/ports';
import { publishAtLeastOnce, pendingEvent } from '../generation/publish-event';
import { isJob, type JobFailure, type JobMessage, type JobRecord, type ImageRecord } from '../generation/records';
import type { GenerateRequest } from '../generation/types';
import { ApiError, isFiltered } from '../shared/errors';
import { fromJson } from '../shared/json';
import { describeCause } from '../shared/log';

export interface ProcessJobPorts extends CreateImagesPorts {
  readonly queue: JobQueue;
  /** Absent where nobody wants to know what became of jobs. */
  readonly eventPublisher?: EventPublisher;
  /** Checks and completes what was asked for, as the API did. */
  readonly parse: (body: JobBody, owner: string) => GenerateRequest;
}

export interface ProcessJobSettings {
  readonly prefix: string;
  /** How often a job is handed out; the last time it is only marked as failed. */
  readonly maxReceiveCount: number;
  /** How long a job may wait. */
  readonly maxAgeSeconds: number;
}

/** A message as it was handed out. */
export interface ReceivedMessage {
  readonly message: JobMessage;
  /** How often it was handed out, this time included. */
  readonly receiveCount: number;
  readonly requestId: string;
  /** Epoch milliseconds at which the function is stopped. */
  readonly deadline: number;
}

/** Undefined: the message has done its work. Else it is to be handed out again after so many seconds. */
export type ProcessJobResult = { readonly retryInSeconds: number } | undefined;

/** The function's clock and DynamoDB's need not agree to the second. */
const LEASE_MARGIN_MS = 5_000;
/** What a worker meets that cannot have charged anything is tried again soon. */
const AGAIN_SECONDS = 15;

/** Works on one job, however often and wherever it is handed out: one worker draws, and what was drawn is found by the next. */
export async function processJob(delivered: ReceivedMessage, ports: ProcessJobPorts, settings: ProcessJobSettings): Promise<ProcessJobResult> {
  const { message, deadline } = delivered;
  const now = ports.clock.now();
  const record = await ports.records.get(message.owner, message.id);
  // cancelled
  if (!record) return undefined;
  const isDone = !isJob(record) || (record.job.state === 'failed' && message.redriveOfRevision !== record.job.revision);
  // by another, who may have died before it was told
  if (isDone) return announced(record, delivered, ports);
  const { state, leaseUntil = 0 } = record.job;
  if (state === 'running' && now < leaseUntil) return again((leaseUntil - now) / 1000);

  const hopeless = hopelessness(record, delivered, now, settings);
  if (hopeless) return fail(record, hopeless, delivered, ports, settings);
  const { attempts, throttles } = record.job;
  const begun = { attempts: attempts + 1, throttles: record.job.state === 'failed' ? 0 : throttles };
  const running = updateJob(record, { state: 'running', ...begun, leaseUntil: deadline + LEASE_MARGIN_MS });
  if (!await ports.records.replace(running, record, finishDeadline(deadline))) return again(AGAIN_SECONDS);
  return attempt(running, delivered, ports, settings);
}

function hopelessness(
  { createdAt, imageExpiresAt, job }: JobRecord, { message, receiveCount }: ReceivedMessage, now: number, settings: ProcessJobSettings,
): ApiError | undefined {
  if (receiveCount >= settings.maxReceiveCount) {
    return new ApiError('INTERNAL', `none of ${job.attempts} attempts came to an end; what one stored is not lost: the operator can hand the job in again`);
  }
  if (now >= imageExpiresAt) return new ApiError('MODEL_TIMEOUT', 'the job waited longer than its images would have been kept');
  // of one that was handed in again, from when that was seen
  const since = message.redrivenAt ?? (message.redriveOfRevision === undefined ? createdAt : now);
  if (now - since < settings.maxAgeSeconds * 1000) return undefined;
  const why = `the job waited too long, and was throttled by the model ${job.throttles} times; try it again later`;
  return new ApiError(job.throttles > 0 ? 'THROTTLED' : 'MODEL_TIMEOUT', why);
}

async function attempt(running: JobRecord, delivered: ReceivedMessage, ports: ProcessJobPorts, settings: ProcessJobSettings): Promise<ProcessJobResult> {
  let generated: GenerationResult;
  try {
    generated = await draw(running, delivered, ports, settings);
  } catch (error) {
    return handleFailure(running, error, delivered, ports, settings);
  }
  if (generated.record.images.length === 0) {
    // drawn and charged, but the bucket does not take it: its seed draws it again
    const [{ detail, seed }] = generated.images.flatMap(({ storageFailure }) => storageFailure ?? []);
    return fail(running, new ApiError('INTERNAL', detail), delivered, ports, settings, seed);
  }
  // the images are in the bucket: whoever comes next finds and records them
  if (!generated.recorded) return again(LEASE_MARGIN_MS / 1000 + (delivered.deadline - ports.clock.now()) / 1000);
  await forget(running, ports, settings);
  return announced(generated.record, delivered, ports);
}

async function announced(record: ImageRecord, { deadline }: ReceivedMessage, ports: ProcessJobPorts): Promise<undefined> {
  await publishAtLeastOnce(record, ports, finishDeadline(deadline));
}

async function draw(running: JobRecord, { deadline }: ReceivedMessage, ports: ProcessJobPorts, { prefix }: ProcessJobSettings): Promise<GenerationResult> {
  const { owner, id, createdAt, imageExpiresAt, seed = 0 } = running;
  const body = fromJson<JobBody>(await ports.documents.read(jobKey(running, prefix)));
  const request = ports.parse(body, owner);
  const slots = await findImageSlots(imageKeys(request, owner, id, prefix), ports);
  const attempted: GenerationPlan = { id, seed, createdAt, imageExpiresAt, slots, ...pendingEvent(ports) };
  // whoever has the message comes back with the same job: what was paid for waits for the next attempt
  const texts = ports.texts && new CachedTextModel(ports.texts, textKey(running, prefix), ports);
  return createImages(request, { owner, idempotencyKey: id, deadline }, attempted, { ...ports, texts });
}

async function handleFailure(
  running: JobRecord, error: unknown, delivered: ReceivedMessage, ports: ProcessJobPorts, settings: ProcessJobSettings,
): Promise<ProcessJobResult> {
  const until = finishDeadline(delivered.deadline);
  const { job } = running;
  if (error instanceof ApiError && error.repeatable) {
    // not by the message that is there: that would use up how often it is handed out
    const seconds = backoff(job.throttles, error.retryAfterSeconds);
    await ports.records.replace(updateJob(running, { state: 'queued', throttles: job.throttles + 1 }), running, until);
    const { message } = delivered;
    await ports.queue.send({ ...message, ...(message.redriveOfRevision !== undefined && { redrivenAt: message.redrivenAt ?? ports.clock.now() }) }, seconds);
    return undefined;
  }
  if (!(error instanceof ApiError) || error.resumable) {
    ports.log.error('job not done', { id: running.id, ...(error instanceof ApiError ? { code: error.code } : describeCause(error, promptsOf(running))) });
    await ports.records.replace(updateJob(running, { state: 'queued' }), running, until);
    return again(AGAIN_SECONDS * delivered.receiveCount);
  }
  return fail(running, error, delivered, ports, settings);
}

function promptsOf({ prompt }: JobRecord): string[] {
  return prompt === undefined ? [] : [prompt];
}

/** Twice as long each time, and not all at once. */
const FIRST_WAIT_SECONDS = 5;
const MOST_DOUBLINGS = 7;
/** The longest that SQS delays a message. */
const MOST_WAIT_SECONDS = 900;

function backoff(throttles: number, retryAfterSeconds = 0, random: () => number = Math.random): number {
  const ceiling = Math.max(FIRST_WAIT_SECONDS * 2 ** Math.min(throttles, MOST_DOUBLINGS), retryAfterSeconds);
  return Math.min(MOST_WAIT_SECONDS, Math.ceil(ceiling / 2 + (random() * ceiling) / 2));
}

/** For good. What operators can mend is put aside for them first, so that it is there whatever happens next. */
async function fail(
  record: JobRecord, error: ApiError, delivered: ReceivedMessage, ports: ProcessJobPorts, settings: ProcessJobSettings, seed?: number,
): Promise<ProcessJobResult> {
  const { message: { owner, id }, requestId, deadline } = delivered;
  const { code, message: detail } = error;
  // the cause was logged where it came up, without what the client said
  ports.log.error('job failed', { id, code });
  const failure: JobFailure = { code, detail, requestId, ...(seed !== undefined && { seed }) };
  const failed: JobRecord = { ...updateJob(record, { state: 'failed', failure }), ...pendingEvent(ports) };
  if (!isFiltered(error)) await ports.queue.sendToDeadLetterQueue({ owner, id, redriveOfRevision: failed.job.revision });
  if (!await ports.records.replace(failed, record, finishDeadline(deadline))) return again(AGAIN_SECONDS);
  // whoever asks for it again, or hands it in again, means all of it; not before: the next worker must not draw them again
  await deleteFailures(failureKeys(record, settings.prefix), ports);
  if (isFiltered(error)) await forget(record, ports, settings);
  return announced(failed, delivered, ports);
}

/** The request, with its prompt and pictures, is kept as long as it can be worked on. */
async function forget(record: JobRecord, { store, log }: ProcessJobPorts, { prefix }: ProcessJobSettings): Promise<void> {
  await store.remove(jobKeys(record, prefix)).catch((cause) => log.error('job not removed', describeCause(cause)));
}

function again(seconds: number): ProcessJobResult {
  return { retryInSeconds: Math.ceil(seconds) };
}

import { RememberedTexts } from './cached-text-model';
import { isJob, moved, type JobBody, type JobFailure, type JobMessage, type JobQueue, type JobRecord } from './job';
import { drawImages, type Attempt, type DrawPorts, type Generated } from '../generation/create-images';
import { finishDeadline } from '../generation/deadlines';
import { findPlaces, forgetFailures } from '../generation/image-slots';
import { failureKeys, imageKeys, jobKey, jobKeys, textKey } from '../generation/keys';
import type { ImageRecord } from '../generation/ports';
import { announceSurely, toBeTold, type Announcer } from '../generation/publish-event';
import type { GenerateRequest } from '../generation/types';
import { ApiError, isFiltered } from '../shared/errors';
import { fromJson } from '../shared/json';
import { describeCause } from '../shared/log';

export interface WorkPorts extends DrawPorts {
  readonly queue: JobQueue;
  /** Absent where nobody wants to know what became of jobs. */
  readonly announcer?: Announcer;
  /** Checks and completes what was asked for, as the API did. */
  readonly parse: (body: JobBody, owner: string) => GenerateRequest;
}

export interface WorkSettings {
  readonly prefix: string;
  /** How often a job is handed out; the last time it is only marked as failed. */
  readonly receives: number;
  /** How long a job may wait. */
  readonly patienceSeconds: number;
}

/** A message as it was handed out. */
export interface Delivered {
  readonly message: JobMessage;
  /** How often it was handed out, this time included. */
  readonly receives: number;
  readonly requestId: string;
  /** Epoch milliseconds at which the function is stopped. */
  readonly deadline: number;
}

/** Undefined: the message has done its work. Else it is to be handed out again after so many seconds. */
export type WorkOutcome = { readonly againInSeconds: number } | undefined;

/** The function's clock and DynamoDB's need not agree to the second. */
const LEASE_MARGIN_MS = 5_000;
/** What a worker meets that cannot have charged anything is tried again soon. */
const AGAIN_SECONDS = 15;

/** Works on one job, however often and wherever it is handed out: one worker draws, and what was drawn is found by the next. */
export async function work(delivered: Delivered, ports: WorkPorts, settings: WorkSettings): Promise<WorkOutcome> {
  const { message, deadline } = delivered;
  const now = ports.clock.now();
  const record = await ports.records.get(message.owner, message.id);
  // cancelled
  if (!record) return undefined;
  const isDone = !isJob(record) || (record.job.state === 'failed' && message.again !== record.job.revision);
  // by another, who may have died before it was told
  if (isDone) return announced(record, delivered, ports);
  const { state, leaseUntil = 0 } = record.job;
  if (state === 'running' && now < leaseUntil) return again((leaseUntil - now) / 1000);

  const hopeless = hopelessness(record, delivered, now, settings);
  if (hopeless) return fail(record, hopeless, delivered, ports, settings);
  const { attempts, throttles } = record.job;
  const begun = { attempts: attempts + 1, throttles: record.job.state === 'failed' ? 0 : throttles };
  const running = moved(record, { state: 'running', ...begun, leaseUntil: deadline + LEASE_MARGIN_MS });
  if (!await ports.records.replace(running, record, finishDeadline(deadline))) return again(AGAIN_SECONDS);
  return attempt(running, delivered, ports, settings);
}

function hopelessness(
  { createdAt, imageExpiresAt, job }: JobRecord, { message, receives }: Delivered, now: number, settings: WorkSettings,
): ApiError | undefined {
  if (receives >= settings.receives) {
    return new ApiError('INTERNAL', `none of ${job.attempts} attempts came to an end; what one stored is not lost: the operator can hand the job in again`);
  }
  if (now >= imageExpiresAt) return new ApiError('MODEL_TIMEOUT', 'the job waited longer than its images would have been kept');
  // of one that was handed in again, from when that was seen
  const since = message.since ?? (message.again === undefined ? createdAt : now);
  if (now - since < settings.patienceSeconds * 1000) return undefined;
  const why = `the job waited too long, and was throttled by the model ${job.throttles} times; try it again later`;
  return new ApiError(job.throttles > 0 ? 'THROTTLED' : 'MODEL_TIMEOUT', why);
}

async function attempt(running: JobRecord, delivered: Delivered, ports: WorkPorts, settings: WorkSettings): Promise<WorkOutcome> {
  let generated: Generated;
  try {
    generated = await draw(running, delivered, ports, settings);
  } catch (error) {
    return handleFailure(running, error, delivered, ports, settings);
  }
  if (generated.record.images.length === 0) {
    // drawn and charged, but the bucket does not take it: its seed draws it again
    const [{ detail, seed }] = generated.images.flatMap(({ notStored }) => notStored ?? []);
    return fail(running, new ApiError('INTERNAL', detail), delivered, ports, settings, seed);
  }
  // the images are in the bucket: whoever comes next finds and records them
  if (!generated.recorded) return again(LEASE_MARGIN_MS / 1000 + (delivered.deadline - ports.clock.now()) / 1000);
  await forget(running, ports, settings);
  return announced(generated.record, delivered, ports);
}

async function announced(record: ImageRecord, { deadline }: Delivered, ports: WorkPorts): Promise<undefined> {
  await announceSurely(record, ports, finishDeadline(deadline));
}

async function draw(running: JobRecord, { deadline }: Delivered, ports: WorkPorts, { prefix }: WorkSettings): Promise<Generated> {
  const { owner, id, createdAt, imageExpiresAt, seed = 0 } = running;
  const body = fromJson<JobBody>(await ports.documents.read(jobKey(running, prefix)));
  const request = ports.parse(body, owner);
  const places = await findPlaces(imageKeys(request, owner, id, prefix), ports);
  const attempted: Attempt = { id, seed, createdAt, imageExpiresAt, places, ...toBeTold(ports) };
  // whoever has the message comes back with the same job: what was paid for waits for the next attempt
  const texts = ports.texts && new RememberedTexts(ports.texts, textKey(running, prefix), ports);
  return drawImages(request, { owner, idempotencyKey: id, deadline }, attempted, { ...ports, texts });
}

async function handleFailure(
  running: JobRecord, error: unknown, delivered: Delivered, ports: WorkPorts, settings: WorkSettings,
): Promise<WorkOutcome> {
  const until = finishDeadline(delivered.deadline);
  const { job } = running;
  if (error instanceof ApiError && error.repeatable) {
    // not by the message that is there: that would use up how often it is handed out
    const seconds = backoff(job.throttles, error.retryAfterSeconds);
    await ports.records.replace(moved(running, { state: 'queued', throttles: job.throttles + 1 }), running, until);
    const { message } = delivered;
    await ports.queue.send({ ...message, ...(message.again !== undefined && { since: message.since ?? ports.clock.now() }) }, seconds);
    return undefined;
  }
  if (!(error instanceof ApiError) || error.resumable) {
    ports.log.error('job not done', { id: running.id, ...(error instanceof ApiError ? { code: error.code } : describeCause(error, promptsOf(running))) });
    await ports.records.replace(moved(running, { state: 'queued' }), running, until);
    return again(AGAIN_SECONDS * delivered.receives);
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
  record: JobRecord, error: ApiError, delivered: Delivered, ports: WorkPorts, settings: WorkSettings, seed?: number,
): Promise<WorkOutcome> {
  const { message: { owner, id }, requestId, deadline } = delivered;
  const { code, message: detail } = error;
  // the cause was logged where it came up, without what the client said
  ports.log.error('job failed', { id, code });
  const failure: JobFailure = { code, detail, requestId, ...(seed !== undefined && { seed }) };
  const failed: JobRecord = { ...moved(record, { state: 'failed', failure }), ...toBeTold(ports) };
  if (!isFiltered(error)) await ports.queue.putAside({ owner, id, again: failed.job.revision });
  if (!await ports.records.replace(failed, record, finishDeadline(deadline))) return again(AGAIN_SECONDS);
  // whoever asks for it again, or hands it in again, means all of it; not before: the next worker must not draw them again
  await forgetFailures(failureKeys(record, settings.prefix), ports);
  if (isFiltered(error)) await forget(record, ports, settings);
  return announced(failed, delivered, ports);
}

/** The request, with its prompt and pictures, is kept as long as it can be worked on. */
async function forget(record: JobRecord, { store, log }: WorkPorts, { prefix }: WorkSettings): Promise<void> {
  await store.remove(jobKeys(record, prefix)).catch((cause) => log.error('job not removed', describeCause(cause)));
}

function again(seconds: number): WorkOutcome {
  return { againInSeconds: Math.ceil(seconds) };
}

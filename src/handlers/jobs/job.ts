import type { ErrorCode } from '../../private/contract/errors';
import type { FailedImage, ImageRecord } from '../generation/ports';

/** What was asked for, as it came: the worker checks and completes it as the API did. */
export interface JobBody {
  readonly route: 'POST /images' | 'POST /images/edits';
  readonly data: Readonly<Record<string, unknown>>;
}

/** Names a job. */
export interface JobReference {
  readonly owner: string;
  readonly id: string;
}

export interface JobMessage extends JobReference {
  /** It lay among those that failed for good, and an operator has handed it in again: the revision of the record that says so. */
  readonly redriveOfRevision?: number;
  /** And when that was (epoch milliseconds). */
  readonly redrivenAt?: number;
}

/** How far a job is; a record without one is of images that are there. */
export interface JobState {
  readonly state: 'queued' | 'running' | 'failed';
  /** Counts the changes of the record: of two that go by the same one, one loses. */
  readonly revision: number;
  /** How often a worker has begun. */
  readonly attempts: number;
  /** How often the model would not take it. */
  readonly throttles: number;
  /** State `running`: the attempt is surely over after this time (epoch milliseconds). */
  readonly leaseUntil?: number;
  /** State `failed`: why. */
  readonly failure?: JobFailure;
}

export interface JobFailure extends FailedImage {
  readonly code: ErrorCode;
  /** Of the attempt: the log of the worker has the cause under it. */
  readonly requestId: string;
}

export type JobRecord = ImageRecord & { readonly job: JobState };

export interface JobQueue {
  /** Times are in seconds; SQS delays by up to 900. */
  send(message: JobMessage, delaySeconds?: number): Promise<void>;
  /** Puts it where operators look for what failed for good. */
  sendToDeadLetterQueue(message: JobMessage): Promise<void>;
  /** Has a message that was handed out, as `receipt` says, handed out again then. */
  changeVisibility(receipt: string, seconds: number): Promise<void>;
  /** How many are worked on or wait for it, roughly. */
  approximateDepth(): Promise<number>;
}

export function isJob(record: ImageRecord): record is JobRecord {
  return record.job !== undefined;
}

/** The record with its job moved on. */
export function updateJob(record: JobRecord, change: Partial<Omit<JobState, 'revision'>>): JobRecord {
  const { job: { leaseUntil, failure, ...job }, unannounced, ...rest } = record;
  return { ...rest, job: { ...job, ...change, revision: job.revision + 1 } };
}

import type { ChargeStatus, ErrorCode } from '../../private/contract/errors';
import { highestCharge } from '../generation/spend/charges';
import type { JobMessage, JobRecord, JobState } from '../generation/storage/records';
import { ApiError } from '../shared/api-error';

export interface JobLimits {
  /** The receive count at which a job fails without another attempt. */
  readonly maxReceiveCount: number;
  readonly maxAgeSeconds: number;
}

/** Returns why a job cannot be attempted again, if it has reached a limit. */
export function limitError(
  { createdAt, imageExpiresAt, job }: JobRecord, { message, receiveCount }: { readonly message: JobMessage; readonly receiveCount: number },
  now: number, limits: JobLimits,
): ApiError | undefined {
  if (receiveCount >= limits.maxReceiveCount) {
    return jobError('INTERNAL', `the job failed after ${times(job.attempts, 'attempt')}; stored images remain, and the operator can redrive the job`, job);
  }
  if (now >= imageExpiresAt) return jobError('MODEL_TIMEOUT', 'the job was not completed before the expiration time of its images', job);
  // a message from the dead-letter queue has no time of its redrive until the job is throttled
  const since = message.redrivenAt ?? (message.redriveOfRevision === undefined ? createdAt : now);
  return now - since < limits.maxAgeSeconds * 1000 ? undefined : waitedTooLong(job);
}

/**
 * Returns why a job counts as failed although no worker has failed it: it has reached the maximum age without a worker, for example because
 * SQS moved its message to the dead-letter queue, or because the API has no queue any more.
 */
export function overdueError({ createdAt, job }: JobRecord, now: number, maxAgeSeconds = 0): ApiError | undefined {
  const { state, leaseUntil = 0, redrivenAt = createdAt } = job;
  const isWaiting = state === 'queued' || (state === 'running' && now >= leaseUntil);
  return isWaiting && now - redrivenAt >= maxAgeSeconds * 1000 ? waitedTooLong(job) : undefined;
}

function waitedTooLong(job: JobRecord['job']): ApiError {
  if (job.throttles === 0) return jobError('MODEL_TIMEOUT', 'the job waited too long; try again later', job);
  return jobError('THROTTLED', `the job waited too long: in ${times(job.throttles, 'run')}, the model was throttled or overloaded; try again later`, job);
}

function jobError(code: ErrorCode, detail: string, job: JobState): ApiError {
  return new ApiError(code, detail, { charged: chargeOfRuns(job.attempts, job) });
}

/** Returns whether the ended runs of a job were charged: `no` for throttled runs, `maybe` for others, and at least the charge that the record notes. */
export function chargeOfRuns(runs: number, { throttles, charged = 'no' }: JobState): ChargeStatus {
  return highestCharge(charged, runs > throttles ? 'maybe' : 'no');
}

/**
 * Returns what the ended runs of a job count as charged of its reservation: all of it after a run that the model did not throttle, because its
 * charge is not known. What other runs were charged has been deducted from the reservation.
 */
export function chargedReservation({ attempts, throttles, reservation }: JobState): number {
  return reservation && attempts > throttles ? reservation.microUsd : 0;
}

function times(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const FIRST_DELAY_SECONDS = 5;
const MAX_DOUBLINGS = 7;
/** The maximum delay of an SQS message. */
const MAX_DELAY_SECONDS = 900;

/** Returns the delay before a job whose model was throttled or overloaded is attempted again: exponential backoff with equal jitter. */
export function throttleDelaySeconds(throttles: number, retryAfterSeconds = 0, random: () => number = Math.random): number {
  const ceiling = Math.max(FIRST_DELAY_SECONDS * 2 ** Math.min(throttles, MAX_DOUBLINGS), retryAfterSeconds);
  return Math.min(MAX_DELAY_SECONDS, Math.ceil(ceiling / 2 + (random() * ceiling) / 2));
}

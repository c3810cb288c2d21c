import type { ChargeStatus, ErrorCode, FilteredContent } from '../../../private/contract/errors';
import type { ImageParameters, ImageSource } from '../../../private/contract/responses';

/**
 * Data that is stored in DynamoDB or sent through SQS. Attribute names are part of the deployed layout. Times are epoch milliseconds
 * unless the name says otherwise.
 */

/** An image that is stored in the bucket. */
export interface StoredImage {
  readonly key: string;
  readonly seed?: number;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** Whether the background was removed. */
  readonly isCutOut?: boolean;
  /** Whether the removal of the background failed and may have been charged. */
  readonly isRemovalCharged?: boolean;
}

/** An error of a request or of an image. Errors that older versions have stored do not have `charged` and `filtered`. */
export interface StoredError {
  readonly code: ErrorCode;
  readonly detail: string;
  /** Whether a model call was charged. */
  readonly charged?: ChargeStatus;
  /** What a filter rejected, if it reports it. */
  readonly filtered?: FilteredContent;
}

/** An image that could not be generated or stored. */
export interface FailedImage extends StoredError {
  readonly seed?: number;
}

/** The record of a request that returned at least one image, or of a job. */
export interface ImageRecord {
  readonly owner: string;
  readonly id: string;
  readonly model: string;
  /** The prompt, `sha256:<hex>` or nothing, by the retention setting of the prompt policy. */
  readonly prompt?: string;
  /** The prompt that a text model wrote, stored by the same setting. */
  readonly enhancedPrompt?: string;
  /** The parameters of the request, with their texts by the same setting. Absent for requests that were not enqueued, and in older records. */
  readonly parameters?: ImageParameters;
  /** The stored image that the request named as `image`. Absent for uploads and files. */
  readonly source?: ImageSource;
  /** The edit operation. */
  readonly operation?: string;
  readonly createdAt: number;
  /** Absent until a job completes. */
  readonly completedAt?: number;
  /** The API reports the images as expired after this time, also if S3 has not deleted them yet. */
  readonly imageExpiresAt: number;
  readonly images: readonly StoredImage[];
  readonly failures: readonly FailedImage[];
  /** What the model calls of the request cost by the prices of the models. Absent if a price is not known, and for records without images. */
  readonly estimatedCostUsd?: number;
  /** The seed of a job's first image. */
  readonly seed?: number;
  /** Absent once the images are stored. */
  readonly job?: JobState;
  /** Whether the event of the job's outcome has not been published yet. */
  readonly eventPending?: true;
}

/** An amount that is reserved in the budgets of a UTC day. */
export interface Reservation {
  readonly day: string;
  /** Millionths of a US dollar. */
  readonly microUsd: number;
}

/** The state of a job. A record without one belongs to images that are stored. */
export interface JobState {
  readonly state: 'queued' | 'running' | 'failed';
  /** Counts the changes of the record, for optimistic locking. */
  readonly revision: number;
  /** Number of runs that a worker has started. */
  readonly attempts: number;
  /** Number of runs whose model calls were not charged: throttled, overloaded, or without enough time. */
  readonly throttles: number;
  /** Whether any model call of these runs was charged, for example of the text model. Absent if none was. */
  readonly charged?: ChargeStatus;
  /** What is reserved for the next runs of the job. Absent without a budget, after an interrupted run and after the job failed. */
  readonly reservation?: Reservation;
  /** Time of the last redrive or repeated request, from which the age of the job counts. */
  readonly redrivenAt?: number;
  /** Only in state `running`: the run has ended after this time. */
  readonly leaseUntil?: number;
  /** In state `failed`, and in state `running` after a failure that may have been charged: it is noted before the job is failed. */
  readonly failure?: JobFailure;
}

export interface JobFailure extends FailedImage {
  /** Request id of the run that failed, under which the worker's log has the cause. */
  readonly requestId: string;
  /** Whether a model may have charged for the job, so that a repeated request does not enqueue it again. */
  readonly mayBeCharged?: true;
}

export type JobRecord = ImageRecord & { readonly job: JobState };

/** Identifies a job. */
export interface JobReference {
  readonly owner: string;
  readonly id: string;
}

/** The SQS message of a job. */
export interface JobMessage extends JobReference {
  /**
   * Only on messages that run a failed job again (a redrive or a repeated request): the revision of the failed record. A failed job runs
   * only if its record has this revision.
   */
  readonly redriveOfRevision?: number;
  /** Time of the repeated request or of the redrive. The maximum age of the job is measured from it. */
  readonly redrivenAt?: number;
}

/** Returns whether a record has a job state, that is, belongs to a job that has not succeeded. */
export function hasJobState(record: ImageRecord): record is JobRecord {
  return record.job !== undefined;
}

/** The jobs of one batch request. */
export interface Batch {
  readonly owner: string;
  readonly id: string;
  readonly createdAt: number;
  /** Ids, in the order of the requests. */
  readonly images: readonly string[];
  readonly expirationDays: number;
  /** What is reserved for all of its jobs. Absent without a budget. */
  readonly reservation?: Reservation;
}

/** The error of a request that may have been charged. */
export interface ClaimFailure extends StoredError {
  /** Whether images were generated and S3 may have stored them, although no write succeeded. */
  readonly mayBeStored?: true;
}

/** The state of an idempotency key. */
export interface Claim {
  readonly owner: string;
  readonly key: string;
  /** The fingerprint of the request: the same key with another request is rejected. */
  readonly fingerprint: string;
  /** Image id and first seed, fixed by the first request so that a repeated one finds its images. */
  readonly id: string;
  readonly seed: number;
  /** Identifies the request that holds the claim. */
  readonly holder: string;
  /** Start of the first request, from which its images expire. */
  readonly createdAt: number;
  /** The holder has ended after this time. */
  readonly leaseUntil: number;
  readonly expiresAt: number;
  readonly state: 'running' | 'done' | 'filtered' | 'failed';
  /** Only in state `filtered`: the error that was returned. */
  readonly detail?: string;
  readonly charged?: ChargeStatus;
  readonly filtered?: FilteredContent;
  /** Only in state `failed`. */
  readonly failure?: ClaimFailure;
  /** Only while the request has no result: the outcome of the text model, encrypted. */
  readonly text?: string;
  /** What is reserved for a job or a batch, if it is not known whether it was enqueued: the repeated request does not reserve it again. */
  readonly reservation?: Reservation;
}

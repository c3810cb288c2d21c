import { type Duration } from 'aws-cdk-lib';

/**
 * Options for `Delivery.queued()`.
 *
 * The visibility timeout of the queue is six times `timeout`, as AWS Lambda recommends. `retention` must be longer than
 * `maxReceiveCount` times the visibility timeout.
 */
export interface QueuedDeliveryOptions {
  /**
   * Maximum number of jobs that are processed at the same time, from 2 to 1000.
   *
   * It limits concurrent model calls, not their rate. If a model call is throttled, the job is enqueued again with a delay.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;

  /**
   * Number of times that a job is delivered to the worker before it moves to the dead-letter queue, from 2 to 1000.
   *
   * Crashes and S3 or DynamoDB failures count; model throttling does not. At the last delivery the worker only marks the job as `failed`.
   * Other failures of the model are not retried, because the model call may have been charged.
   *
   * @default 6
   */
  readonly maxReceiveCount?: number;

  /**
   * Time for which SQS retains a job, from 1 minute to 7 days, shorter than `expiration` of the images.
   *
   * A job that is still waiting fails after 90 percent of `retention`, or at `retention` minus six times `timeout`, whichever is earlier.
   *
   * @default Duration.days(4)
   */
  readonly retention?: Duration;

  /**
   * Timeout of the worker function for one attempt of a job, from 10 seconds to 15 minutes. The last 6 seconds are reserved for storing images.
   *
   * @default Duration.minutes(2)
   */
  readonly timeout?: Duration;
}

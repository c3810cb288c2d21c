import { Duration } from 'aws-cdk-lib';
import { QueuedDeliveryOptions } from '../../delivery';
import { numberInRange, secondsInRange } from '../validation/rules';

/** The options with defaults filled in, and what follows from them. */
export interface ResolvedQueue extends Required<QueuedDeliveryOptions> {
  /** How long a job that was handed out is hidden from other workers. */
  readonly visibilityTimeout: Duration;
}

/** Lambda's page on SQS event sources: time for Lambda to try again where it could not run the function. */
const VISIBILITY_PER_TIMEOUT = 6;

export function resolveQueue(options: QueuedDeliveryOptions): ResolvedQueue {
  const { maxConcurrency = 10, maxReceiveCount = 4, retention = Duration.days(4), timeout = Duration.minutes(2) } = options;
  return { maxConcurrency, maxReceiveCount, retention, timeout, visibilityTimeout: visibilityTimeoutOf(timeout) };
}

/** For a timeout only known at deployment: what the longest one needs. */
function visibilityTimeoutOf(timeout: Duration): Duration {
  const known = timeout.isUnresolved() ? TIMEOUT.max : timeout;
  return Duration.seconds(VISIBILITY_PER_TIMEOUT * known.toSeconds({ integral: false }));
}

/** The handler keeps 6 seconds of it for storing, and begins no call with less than 4; Lambda ends all after 15 minutes. */
const TIMEOUT = { min: Duration.seconds(10), max: Duration.minutes(15) };
/** SQS keeps messages for 14 days from when they were sent first: half of that is left to the dead-letter queue. */
const RETENTION = { min: Duration.minutes(1), max: Duration.days(7) };

/** Of the retention: at its end SQS drops messages, also those that are hidden while a worker has them. */
const PATIENCE = 0.9;

/** For how many seconds a job may wait before it is given up. */
export function maxJobAgeSeconds({ retention, visibilityTimeout }: ResolvedQueue): number {
  const seconds = retention.toSeconds();
  return Math.floor(Math.min(PATIENCE * seconds, seconds - visibilityTimeout.toSeconds()));
}

export function queueProblems({ maxConcurrency, maxReceiveCount, retention, timeout, visibilityTimeout }: ResolvedQueue): string[] {
  const single = [
    ...numberInRange('delivery.maxConcurrency', maxConcurrency, { min: 2, max: 1000, integer: true }),
    ...numberInRange('delivery.maxReceiveCount', maxReceiveCount, { min: 2, max: 1000, integer: true }),
    ...secondsInRange('delivery.retention', retention, RETENTION),
    ...secondsInRange('delivery.timeout', timeout, TIMEOUT),
  ];
  if (single.length > 0 || retention.isUnresolved() || timeout.isUnresolved()) return single;
  const needed = Duration.seconds(maxReceiveCount * visibilityTimeout.toSeconds());
  if (retention.toSeconds() > needed.toSeconds()) return [];
  return [
    `'delivery.retention' must be longer than maxReceiveCount x 6 x timeout = ${needed.toHumanString()}, or jobs end before their last attempt, `
    + `got ${retention.toHumanString()}; raise it, or lower 'delivery.maxReceiveCount' or 'delivery.timeout'`,
  ];
}

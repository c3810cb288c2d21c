import { Duration, Token } from 'aws-cdk-lib';
import { type QueuedDeliveryOptions } from '../../delivery-options';
import { knownAtSynthesis, numberInRange, secondsInRange } from '../validation/rules';
import { checkArguments, duration, number, optionsOf } from '../validation/value-types';

/** The options with defaults, and what follows from them. */
export interface ResolvedQueue extends Required<QueuedDeliveryOptions> {
  readonly visibilityTimeout: Duration;
}

/** AWS Lambda's recommendation for SQS event sources: it leaves Lambda time to retry throttled invocations. */
const VISIBILITY_TIMEOUT_FACTOR = 6;

/** The handler reserves 6 seconds for storing images, and starts no model call with less than 4. Lambda's maximum is 15 minutes. */
const TIMEOUT = { min: Duration.seconds(10), max: Duration.minutes(15) };
/** SQS retains a message for 14 days from its first send. Half of that is for the dead-letter queue. */
const RETENTION = { min: Duration.minutes(1), max: Duration.days(7) };

const OPTIONS = optionsOf({ maxConcurrency: number, maxReceiveCount: number, retention: duration, timeout: duration });

export function resolveQueue(options: QueuedDeliveryOptions): ResolvedQueue {
  checkArguments('Delivery.queued()', OPTIONS('delivery', options));
  const { maxConcurrency = 10, maxReceiveCount = 6, retention = Duration.days(4), timeout = Duration.minutes(2) } = options;
  return { maxConcurrency, maxReceiveCount, retention, timeout, visibilityTimeout: visibilityTimeoutOf(timeout) };
}

/** For a timeout only known at deployment, returns the visibility timeout of the longest timeout. */
function visibilityTimeoutOf(timeout: Duration): Duration {
  const known = timeout.isUnresolved() ? TIMEOUT.max : timeout;
  return Duration.seconds(VISIBILITY_TIMEOUT_FACTOR * known.toSeconds({ integral: false }));
}

/** Share of the retention. At its end SQS deletes messages, even while a worker processes them. */
const MAX_AGE_SHARE = 0.9;

/** Returns the age in seconds at which a waiting job fails. */
export function maxJobAgeSeconds({ retention, visibilityTimeout }: ResolvedQueue): number {
  const seconds = retention.toSeconds();
  return Math.floor(Math.min(MAX_AGE_SHARE * seconds, seconds - visibilityTimeout.toSeconds()));
}

export function queueProblems(queue: ResolvedQueue, imageExpiration: Duration): string[] {
  const { maxConcurrency, maxReceiveCount, retention, timeout } = queue;
  const problems = [
    ...numberInRange('delivery.maxConcurrency', maxConcurrency, { min: 2, max: 1000, integer: true }),
    ...numberInRange('delivery.maxReceiveCount', maxReceiveCount, { min: 2, max: 1000, integer: true }),
    ...knownAtSynthesis('delivery.retention', retention.isUnresolved(), 'the age at which a waiting job fails is derived from it'),
    ...secondsInRange('delivery.retention', retention, RETENTION),
    ...secondsInRange('delivery.timeout', timeout, TIMEOUT),
  ];
  return [...problems, ...(problems.length > 0 ? [] : redeliveryProblems(queue)), ...expirationProblems(queue, imageExpiration)];
}

function redeliveryProblems({ maxReceiveCount, retention, timeout, visibilityTimeout }: ResolvedQueue): string[] {
  if (timeout.isUnresolved() || Token.isUnresolved(maxReceiveCount)) return [];
  const needed = Duration.seconds(maxReceiveCount * visibilityTimeout.toSeconds());
  if (retention.toSeconds() > needed.toSeconds()) return [];
  return [
    `'delivery.retention' must be longer than maxReceiveCount x 6 x timeout = ${needed.toHumanString()}, or jobs expire before their last delivery, `
    + `got ${retention.toHumanString()}; raise it, or lower 'delivery.maxReceiveCount' or 'delivery.timeout'`,
  ];
}

/** A job that waits longer than its images are stored would generate images that are already expired. */
function expirationProblems({ retention }: ResolvedQueue, imageExpiration: Duration): string[] {
  if (retention.isUnresolved() || imageExpiration.isUnresolved() || imageExpiration.toSeconds() > retention.toSeconds()) return [];
  return [`'storage.expiration' must be longer than 'delivery.retention' (${retention.toHumanString()}), or jobs generate images that are already expired, `
    + `got ${imageExpiration.toHumanString()}`];
}

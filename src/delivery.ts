import { Duration } from 'aws-cdk-lib';
import { queueProblems, ResolvedQueue, resolveQueue } from './private/resources/queue-options';

/**
 * How jobs are worked on that outlive their requests. Limits of time follow from each other: a job is handed out again after six times
 * `timeout`, as Lambda asks for, and `retention` must be longer than `maxReceiveCount` times that.
 */
export interface QueuedDeliveryOptions {
  /**
   * How many jobs are worked on at once, from 2 to 1000. It bounds how many models are called at the same time, not how often:
   * a job that a model throttles waits and is tried again.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;

  /**
   * How often a job is handed to a worker before it goes to the dead-letter queue, from 2 to 1000.
   *
   * Workers that die use it up, and trouble with the bucket or the table; throttling by the model does not. The last time nothing is
   * drawn any more: the job is marked `failed`. What failed by the model is not handed out again, as it may have been charged.
   *
   * @default 4
   */
  readonly maxReceiveCount?: number;

  /**
   * How long SQS keeps a job, from 1 minute to 7 days; shorter than `expiration` of the images. One that is not drawn when nine tenths
   * of it are over, or six times `timeout` before its end, is `failed`.
   *
   * @default Duration.days(4)
   */
  readonly retention?: Duration;

  /**
   * How long a worker has for one job, from 10 seconds to 15 minutes. Of that, 6 seconds are kept for storing.
   *
   * @default Duration.minutes(2)
   */
  readonly timeout?: Duration;
}

/**
 * How clients get what they asked for.
 */
export class Delivery {
  /**
   * In the answer to the request, which API Gateway ends after 29 seconds. Costs nothing beside the request.
   */
  public static buffered(): Delivery {
    return new Delivery();
  }

  /**
   * In the answer to the request or, where the client sends `Prefer: respond-async`, later: it is answered 202 at once with the id of
   * the image, a worker draws it, and `GET /images/{id}` tells how far it is.
   *
   * Adds a queue, a dead-letter queue and a second function. While idle, Lambda looks for messages with five pollers of 20 seconds each:
   * some 650,000 requests to SQS a month, which the free tier of a million covers if nothing else uses it up.
   */
  public static queued(options: QueuedDeliveryOptions = {}): Delivery {
    return new Delivery(options);
  }

  private constructor(private readonly options?: QueuedDeliveryOptions) {}

  /**
   * With defaults filled in; undefined for buffered delivery.
   *
   * @internal
   */
  public get _queue(): ResolvedQueue | undefined {
    return this.options && resolveQueue(this.options);
  }

  /**
   * Problems of the options, in the words of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _problems(): string[] {
    return this.options ? queueProblems(resolveQueue(this.options)) : [];
  }
}

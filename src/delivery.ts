import { type Construct } from 'constructs';
import { type QueuedDeliveryOptions } from './delivery-options';
import { queueProblems, type ResolvedQueue, resolveQueue } from './private/resources/queue-options';
import { createQueues, type QueueBinding } from './private/resources/queues';
import { type BindContext, type ValidationContext } from './private/strategy';

/**
 * How clients receive their images.
 *
 * @example
 * import { Delivery, GenAiImageApi } from 'cdk-genai-image-api';
 *
 * new GenAiImageApi(this, 'Api', { delivery: Delivery.queued({ maxConcurrency: 4 }) });
 */
export class Delivery {
  /**
   * Returns images in the response to the request. API Gateway ends requests after 29 seconds. No additional cost.
   *
   * @example
   * import { Delivery } from 'cdk-genai-image-api';
   *
   * const delivery = Delivery.buffered();
   */
  public static buffered(): Delivery {
    return new Delivery();
  }

  /**
   * Returns images in the response or, for requests with `Prefer: respond-async`, generates them asynchronously.
   *
   * An asynchronous request gets a 202 response with the id of the image. A worker generates the image, and `GET /images/{id}` returns
   * its status.
   *
   * Adds a queue, a dead-letter queue and a second function. Lambda also polls an idle queue, with about 650,000 SQS requests per month
   * (five pollers with a wait time of 20 seconds); the SQS free tier covers one million.
   *
   * @example
   * import { Duration } from 'aws-cdk-lib';
   * import { Delivery } from 'cdk-genai-image-api';
   *
   * const delivery = Delivery.queued({ maxConcurrency: 4, timeout: Duration.minutes(5) });
   */
  public static queued(options: QueuedDeliveryOptions = {}): Delivery {
    return new Delivery(resolveQueue(options));
  }

  /**
   * Queue options with defaults. Undefined for buffered delivery.
   *
   * @internal
   */
  public readonly _queue?: ResolvedQueue;

  private constructor(queue?: ResolvedQueue) {
    this._queue = queue;
  }

  /**
   * Returns the problems of the options, in terms of `GenAiImageApiProps`.
   *
   * @internal
   */
  public _validate({ imageExpiration }: ValidationContext): string[] {
    return this._queue ? queueProblems(this._queue, imageExpiration) : [];
  }

  /**
   * Creates the queues. Undefined for buffered delivery.
   *
   * @internal
   */
  public _bind(scope: Construct, { encryptionKey }: BindContext): QueueBinding | undefined {
    return this._queue && createQueues(scope, this._queue, encryptionKey);
  }
}

import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { type CreatedAlarms } from './private/observability/create-alarms';

/**
 * Alarms of an image API, which `addAlarms()` creates. An alarm is absent if it is switched off, or if it does not apply to the API.
 *
 * @example
 * import * as sns from 'aws-cdk-lib/aws-sns';
 * import { GenAiImageApi } from 'cdk-genai-image-api';
 *
 * const images = new GenAiImageApi(this, 'Images');
 * const alarms = images.addAlarms('Alarms', { topic: new sns.Topic(this, 'Operators'), filteredRate: { enabled: false } });
 */
export class ImageAlarms {
  /**
   * @internal
   */
  public static _of(alarms: CreatedAlarms): ImageAlarms {
    return new ImageAlarms(alarms);
  }

  /**
   * Alarm for crashes and timeouts of the handler.
   */
  public readonly handlerErrors?: cloudwatch.Alarm;

  /**
   * Alarm for requests that Lambda throttled.
   */
  public readonly handlerThrottles?: cloudwatch.Alarm;

  /**
   * Alarm for crashes and timeouts of the worker.
   */
  public readonly workerErrors?: cloudwatch.Alarm;

  /**
   * Alarm for invocations of the worker that Lambda throttled.
   */
  public readonly workerThrottles?: cloudwatch.Alarm;

  /**
   * Alarm for the average latency of model calls.
   */
  public readonly modelLatency?: cloudwatch.Alarm;

  /**
   * Alarm for failed model calls.
   */
  public readonly modelErrors?: cloudwatch.Alarm;

  /**
   * Alarm for the percentage of requests with a 5xx response.
   */
  public readonly serverErrors?: cloudwatch.Alarm;

  /**
   * Alarm for the percentage of images that a filter rejected.
   */
  public readonly filteredRate?: cloudwatch.Alarm;

  /**
   * Alarm for jobs in the dead-letter queue.
   */
  public readonly deadLetterQueue?: cloudwatch.Alarm;

  /**
   * Alarm for the time that jobs wait.
   */
  public readonly queueAge?: cloudwatch.Alarm;

  /**
   * Alarm for the estimated cost of model calls.
   */
  public readonly spend?: cloudwatch.Alarm;

  /**
   * All alarms, for example to add another action to each.
   */
  public readonly all: cloudwatch.Alarm[];

  private constructor(alarms: CreatedAlarms) {
    Object.assign(this, alarms);
    this.all = Object.values(alarms);
  }
}

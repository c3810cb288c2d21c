import { type Duration } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';

/**
 * When an alarm is raised.
 */
export interface AlarmThreshold {
  /**
   * Whether the alarm is created.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Highest value of the metric that is not an alarm, in the unit of the alarm.
   *
   * @default - see the alarm
   */
  readonly threshold?: number;

  /**
   * Period of one value of the metric.
   *
   * @default - see the alarm
   */
  readonly period?: Duration;

  /**
   * Number of the last periods that are compared with the threshold.
   *
   * @default - see the alarm
   */
  readonly evaluationPeriods?: number;

  /**
   * Number of these periods whose value must exceed the threshold.
   *
   * @default - see the alarm; all periods if `evaluationPeriods` is set
   */
  readonly datapointsToAlarm?: number;
}

/**
 * Options for `addAlarms()`.
 */
export interface ImageAlarmsOptions {
  /**
   * Topic to which all alarms are published. If it is encrypted with a KMS key, the key policy must allow `cloudwatch.amazonaws.com`.
   *
   * @default - no actions; add them with `addAlarmAction()` of an alarm
   */
  readonly topic?: sns.ITopic;

  /**
   * Alarm for crashes and timeouts of the handler.
   *
   * @default - more than 5 errors in 5 minutes
   */
  readonly handlerErrors?: AlarmThreshold;

  /**
   * Alarm for requests that Lambda throttled.
   *
   * @default - at least one throttled invocation in 5 minutes
   */
  readonly handlerThrottles?: AlarmThreshold;

  /**
   * Alarm for crashes and timeouts of the worker. Only with `Delivery.queued()`.
   *
   * @default - more than 5 errors in 5 minutes
   */
  readonly workerErrors?: AlarmThreshold;

  /**
   * Alarm for invocations of the worker that Lambda throttled. Only with `Delivery.queued()`.
   *
   * @default - at least one throttled invocation in 5 minutes
   */
  readonly workerThrottles?: AlarmThreshold;

  /**
   * Alarm for the average latency of model calls, in milliseconds. Raise the threshold for models that take longer.
   *
   * @default - an average of more than 5,000 milliseconds in 3 of 5 minutes
   */
  readonly modelLatency?: AlarmThreshold;

  /**
   * Alarm for failed model calls. Throttled and filtered calls do not count.
   *
   * @default - more than 5 failed calls in 5 minutes
   */
  readonly modelErrors?: AlarmThreshold;

  /**
   * Alarm for the percentage of requests with a 5xx response, from 5 such responses on.
   *
   * @default - more than 5 percent in 5 minutes
   */
  readonly serverErrors?: AlarmThreshold;

  /**
   * Alarm for the percentage of images that a filter rejected, from 5 rejections on.
   *
   * @default - more than 30 percent in 15 minutes
   */
  readonly filteredRate?: AlarmThreshold;

  /**
   * Alarm for jobs in the dead-letter queue. Only with `Delivery.queued()`.
   *
   * @default - at least one message
   */
  readonly deadLetterQueue?: AlarmThreshold;

  /**
   * Alarm for the seconds that jobs wait. Only with `Delivery.queued()`.
   *
   * @default - more than 900 seconds in 5 minutes
   */
  readonly queueAge?: AlarmThreshold;

  /**
   * Alarm for the estimated cost of model calls, in US dollars. Created if `threshold` is set.
   *
   * @default - no alarm; with a threshold, one day
   */
  readonly spend?: AlarmThreshold;
}

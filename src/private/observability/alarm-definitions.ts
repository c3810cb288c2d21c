import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { type ObservedApi } from './observed-api';
import { type AlarmThreshold, type ImageAlarmsOptions } from '../../alarm-options';

export type AlarmName = Exclude<keyof ImageAlarmsOptions, 'topic'>;

/** An alarm with its defaults. An alarm without a threshold is created if the user sets one. */
export interface AlarmDefinition extends Pick<AlarmThreshold, 'threshold' | 'datapointsToAlarm'> {
  readonly period: Duration;
  readonly evaluationPeriods: number;
  /** What happened, what to look at and what to do. */
  readonly description: string;
  metric(period: Duration): cloudwatch.IMetric;
}

const FIVE_MINUTES = { period: Duration.minutes(5), evaluationPeriods: 1 };
/** A rate of fewer events says little. */
const MIN_EVENTS = 5;

/** Returns the alarms that apply to an API. */
export function alarmDefinitions(api: ObservedApi): Partial<Readonly<Record<AlarmName, AlarmDefinition>>> {
  return { ...requestAlarms(api), ...modelAlarms(api), ...(api.jobs && jobAlarms(api, api.jobs)) };
}

function requestAlarms({ handler, restApi }: ObservedApi): Partial<Record<AlarmName, AlarmDefinition>> {
  return {
    ...functionAlarms('handler', handler, 'Clients get 5xx responses.'),
    serverErrors: {
      ...FIVE_MINUTES,
      threshold: 5,
      metric: (period) => rate('errors', { errors: restApi.metricServerError({ period, statistic: 'Sum' }), all: restApi.metricCount({ period }) }, 'all', period),
      description: 'More than the allowed percentage of requests got a 5xx response. '
        + 'Look at the query "Errors by code" of the dashboard and at the log of the handler: MODEL_... codes are failures of the model, INTERNAL names a cause. '
        + 'For MODEL_UNAVAILABLE, check model access and permissions; for MODEL_BUSY and MODEL_TIMEOUT, wait or use another model or Region.',
    },
  };
}

function functionAlarms(kind: 'handler' | 'worker', handler: lambda.Function, effect: string): Partial<Record<AlarmName, AlarmDefinition>> {
  return {
    [`${kind}Errors`]: {
      ...FIVE_MINUTES,
      threshold: 5,
      metric: (period: Duration) => handler.metricErrors({ period }),
      description: `The ${kind} crashed, timed out or ran out of memory. ${effect} `
        + `Look at the log group of the ${kind} for "Task timed out", "OutOfMemory" and stack traces. `
        + 'Raise memorySize or timeout of compute, or deploy the previous version.',
    },
    [`${kind}Throttles`]: {
      ...FIVE_MINUTES,
      threshold: 0,
      metric: (period: Duration) => handler.metricThrottles({ period }),
      description: `Lambda throttled the ${kind}, because the concurrency of the function or of the account is used up. ${effect} `
        + 'Look at ConcurrentExecutions of the function and of the account. '
        + 'Raise reservedConcurrency or the account quota "Concurrent executions", or lower rateLimit of limits and maxConcurrency of the queue.',
    },
  };
}

function modelAlarms({ metric }: ObservedApi): Partial<Record<AlarmName, AlarmDefinition>> {
  return {
    modelLatency: {
      period: Duration.minutes(1),
      // one slow image is no alarm, and log lines can arrive late
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      threshold: 5_000,
      metric: (period) => metric('latency', { period }),
      description: 'Model calls take longer than usual. Look at the latency by model in the dashboard, and at the AWS Health Dashboard for Amazon Bedrock. '
        + 'Use a faster model or another Region, raise the threshold if the model always takes this long, or let clients send Prefer: respond-async.',
    },
    modelErrors: {
      ...FIVE_MINUTES,
      threshold: 5,
      metric: (period) => metric('modelErrors', { period }),
      description: 'Model calls failed, not counting throttled and filtered ones. Look for "image not generated" in the log of the functions: cause and causeDetail name the reason. '
        + 'For AccessDeniedException, enable the model; for a model that reached its end of life, use another one; otherwise wait, or use another Region.',
    },
    filteredRate: {
      period: Duration.minutes(15),
      evaluationPeriods: 1,
      threshold: 30,
      metric: (period) => rate('filtered', { filtered: metric('filtered', { period }), images: metric('images', { period }) }, '(filtered + FILL(images, 0))', period),
      description: 'A filter rejected a high percentage of images: denied words, the guardrail or the model. '
        + 'Look at the query "Usage by owner and model" of the dashboard, which shows whose requests are filtered. '
        + 'Contact this client or revoke its key; if the requests are harmless, adjust promptPolicy. AWS does not document whether a filtered call is charged.',
    },
    spend: {
      period: Duration.days(1),
      evaluationPeriods: 1,
      metric: (period) => metric('estimatedCost', { period }),
      description: 'The estimated cost of model calls exceeds the threshold. Look at the cost by model and at the query "Usage by owner and model" of the dashboard. '
        + 'Revoke the key of a client that causes the cost, or lower rateLimit of limits, dailyQuota of the clients or the quota of the model. '
        + 'The estimate uses list prices; AWS Cost Explorer has the charged cost.',
    },
  };
}

function jobAlarms({ metric }: ObservedApi, { queue, deadLetterQueue, worker }: NonNullable<ObservedApi['jobs']>): Partial<Record<AlarmName, AlarmDefinition>> {
  return {
    ...functionAlarms('worker', worker, 'Jobs are delivered again, up to the maximum receive count.'),
    deadLetterQueue: {
      ...FIVE_MINUTES,
      threshold: 0,
      metric: (period) => deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period }),
      description: 'Jobs failed for good and are in the dead-letter queue. Look for "job failed" in the log of the worker, and for the cause above it. '
        + 'Correct the cause, then redrive the messages to the source queue, or purge the queue if the images are no longer needed.',
    },
    queueAge: {
      ...FIVE_MINUTES,
      threshold: 900,
      // SQS starts at zero again when the worker sends a throttled job with a delay; the other metric is emitted only if the worker runs
      metric: (period) => new cloudwatch.MathExpression({
        expression: 'MAX([FILL(oldest, 0), FILL(waited, 0)])',
        usingMetrics: { oldest: queue.metricApproximateAgeOfOldestMessage({ period }), waited: metric('queueAge', { period }) },
        label: 'Age of the oldest job',
        period,
      }),
      description: 'Jobs wait for a long time. Look at the depth of the queue, at Throttles of the model and at the alarms of the worker. '
        + 'If the model throttles, request a higher quota or lower maxConcurrency; otherwise raise maxConcurrency.',
    },
  };
}

/** Returns a percentage, which is 0 if there are few events. */
function rate(events: string, usingMetrics: Record<string, cloudwatch.IMetric>, all: string, period: Duration): cloudwatch.IMetric {
  const expression = `IF(${events} >= ${MIN_EVENTS}, 100 * ${events} / ${all}, 0)`;
  return new cloudwatch.MathExpression({ expression, usingMetrics, label: `Percentage of ${events}`, period });
}

import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Delivery, type GenAiImageApiProps, type ImageAlarms, type ImageAlarmsOptions } from '../../../src';
import { alarmMetrics } from '../../helpers/cloudwatch';
import { HOME, imageApi, resources, synth, testStack } from '../../helpers/stack';

interface AlarmProperties {
  readonly AlarmDescription: string;
  readonly Threshold: number;
  readonly Period?: number;
  readonly Statistic?: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData: string;
  readonly AlarmActions?: readonly unknown[];
  readonly Metrics?: readonly { readonly Expression?: string; readonly MetricStat?: { readonly Period: number } }[];
}

const QUEUED: GenAiImageApiProps = { delivery: Delivery.queued() };
const ALL: ImageAlarmsOptions = { spend: { threshold: 20 } };

function withAlarms(options: ImageAlarmsOptions = ALL, props = QUEUED): { readonly stack: Stack; readonly alarms: ImageAlarms } {
  const stack = testStack(HOME);
  return { stack, alarms: imageApi(props, stack).addAlarms('Alarms', options) };
}

/** Returns the properties of all alarms by the end of their logical id. */
function alarmsOf(stack: Stack): Record<string, AlarmProperties> {
  const found = Object.entries(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return Object.fromEntries(found.map(([id, { Properties }]) => [/^ImagesAlarms(\w+?)[0-9A-F]{8}$/.exec(id)![1], Properties as AlarmProperties]));
}

const REQUEST_ALARMS = ['HandlerErrors', 'HandlerThrottles', 'ServerErrors'];
const MODEL_ALARMS = ['ModelLatency', 'ModelErrors', 'FilteredRate'];
const JOB_ALARMS = ['WorkerErrors', 'WorkerThrottles', 'DeadLetterQueue', 'QueueAge'];

describe('addAlarms()', () => {
  it.each<[string, ImageAlarmsOptions, GenAiImageApiProps, string[]]>([
    ['without a queue', {}, {}, [...REQUEST_ALARMS, ...MODEL_ALARMS]],
    ['with a queue', {}, QUEUED, [...REQUEST_ALARMS, ...MODEL_ALARMS, ...JOB_ALARMS]],
    ['with a threshold of the cost', ALL, {}, [...REQUEST_ALARMS, ...MODEL_ALARMS, 'Spend']],
  ])('creates these alarms %s', (_, options, props, expected) => {
    expect(Object.keys(alarmsOf(withAlarms(options, props).stack)).sort()).toEqual([...expected].sort());
  });

  it('creates no resources except alarms', () => {
    const plain = Object.keys(resources(synth(QUEUED)));
    const added = Object.entries(resources(Template.fromStack(withAlarms().stack))).filter(([id]) => !plain.includes(id));
    expect(new Set(added.map(([, { Type }]) => Type))).toEqual(new Set(['AWS::CloudWatch::Alarm']));
  });

  it.each<[string, Partial<AlarmProperties>]>([
    ['HandlerErrors', { Threshold: 5, Period: 300, Statistic: 'Sum', EvaluationPeriods: 1 }],
    ['WorkerErrors', { Threshold: 5, Period: 300, Statistic: 'Sum', EvaluationPeriods: 1 }],
    ['HandlerThrottles', { Threshold: 0, Period: 300, Statistic: 'Sum', EvaluationPeriods: 1 }],
    ['WorkerThrottles', { Threshold: 0, Period: 300, Statistic: 'Sum', EvaluationPeriods: 1 }],
    ['ModelLatency', { Threshold: 5_000, Period: 60, Statistic: 'Average', EvaluationPeriods: 5, DatapointsToAlarm: 3 }],
    ['ModelErrors', { Threshold: 5, Period: 300, Statistic: 'Sum', EvaluationPeriods: 1 }],
    ['DeadLetterQueue', { Threshold: 0, Period: 300, Statistic: 'Maximum', EvaluationPeriods: 1 }],
    ['Spend', { Threshold: 20, Period: 86_400, Statistic: 'Sum', EvaluationPeriods: 1 }],
    ['ServerErrors', { Threshold: 5, EvaluationPeriods: 1 }],
    ['FilteredRate', { Threshold: 30, EvaluationPeriods: 1 }],
    ['QueueAge', { Threshold: 900, EvaluationPeriods: 1 }],
  ])('raises the alarm %s above its default threshold', (name, expected) => {
    expect(alarmsOf(withAlarms().stack)[name]).toMatchObject({ ...expected, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching' });
  });

  it.each([
    ['ServerErrors', 'IF(errors >= 5, 100 * errors / all, 0)', 300],
    ['FilteredRate', 'IF(filtered >= 5, 100 * filtered / (filtered + FILL(images, 0)), 0)', 900],
    ['QueueAge', 'MAX([FILL(oldest, 0), FILL(waited, 0)])', 300],
  ])('computes the alarm %s from several metrics', (name, expression, period) => {
    const { Metrics = [] } = alarmsOf(withAlarms().stack)[name];
    expect(Metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([expression]);
    expect(Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? [])).toEqual([period, period]);
  });

  it('describes in each alarm what happened, what to look at and what to do', () => {
    for (const { AlarmDescription: text } of Object.values(alarmsOf(withAlarms().stack))) {
      expect(text).toMatch(/\. Look (at|for) /);
      expect(text).toMatch(/(\. |, |; )(Raise|Use|For|Contact|Revoke|Correct|If)\b|; otherwise/);
      expect(text.length).toBeLessThanOrEqual(1024);
    }
  });

  it('publishes all alarms to the topic', () => {
    const stack = testStack(HOME);
    const topic = new sns.Topic(stack, 'Topic');
    imageApi(QUEUED, stack).addAlarms('Alarms', { topic, ...ALL });
    for (const { AlarmActions } of Object.values(alarmsOf(stack))) expect(AlarmActions).toEqual([stack.resolve(topic.topicArn)]);
  });

  it('creates alarms without actions if there is no topic', () => {
    for (const alarm of Object.values(alarmsOf(withAlarms().stack))) expect(alarm).not.toHaveProperty('AlarmActions');
  });

  it('returns each alarm, and all of them', () => {
    const { alarms } = withAlarms();
    const { all, ...each } = alarms;
    expect(Object.keys(each).sort()).toEqual([
      'deadLetterQueue', 'filteredRate', 'handlerErrors', 'handlerThrottles', 'modelErrors', 'modelLatency', 'queueAge', 'serverErrors', 'spend', 'workerErrors',
      'workerThrottles',
    ]);
    expect(new Set(all)).toEqual(new Set(Object.values(each)));
  });

  it('does not create alarms that are switched off', () => {
    const { stack, alarms } = withAlarms({ filteredRate: { enabled: false }, spend: { enabled: false, threshold: 1 } });
    expect(Object.keys(alarmsOf(stack))).not.toEqual(expect.arrayContaining(['FilteredRate']));
    expect([alarms.filteredRate, alarms.spend]).toEqual([undefined, undefined]);
  });

  it('uses the given threshold, period and number of periods', () => {
    const { stack } = withAlarms({
      modelLatency: { threshold: 30_000, period: Duration.minutes(5), evaluationPeriods: 3 },
      queueAge: { threshold: 60, evaluationPeriods: 4, datapointsToAlarm: 2 },
    });
    const { ModelLatency, QueueAge } = alarmsOf(stack);
    expect(ModelLatency).toMatchObject({ Threshold: 30_000, Period: 300, EvaluationPeriods: 3 });
    expect(ModelLatency).not.toHaveProperty('DatapointsToAlarm');
    expect(QueueAge).toMatchObject({ Threshold: 60, EvaluationPeriods: 4, DatapointsToAlarm: 2 });
  });

  it('can be called twice with different ids, for example for two topics', () => {
    const { stack } = withAlarms();
    const api = stack.node.findChild('Images') as ReturnType<typeof imageApi>;
    expect(() => api.addAlarms('Pager', { serverErrors: { threshold: 50 } })).not.toThrow();
  });

  it.each<[string, object, string]>([
    ['a topic that is none', { topic: 'arn' }, "'topic' must be an SNS topic, got 'arn'"],
    ['a threshold that is a number', { modelLatency: 5 }, "'modelLatency' must be an object, got 5"],
    ['a threshold that is a text', { modelLatency: { threshold: '5' } }, "'modelLatency.threshold' must be a number, got '5'; write 5"],
    ['a threshold below 0', { spend: { threshold: -1 } }, "'spend.threshold' must be a number of at least 0, got -1"],
    ['no period', { queueAge: { evaluationPeriods: 0 } }, "'queueAge.evaluationPeriods' must be a whole number of at least 1, got 0"],
    ['a shortened alarm', { latency: { threshold: 1 } }, "'latency' does not exist; write 'modelLatency'"],
    ['a misspelled alarm', { modelLatencyy: {} }, "'modelLatencyy' does not exist; write 'modelLatency'"],
  ])('fails for %s', (_, options, message) => {
    expect(() => imageApi().addAlarms('Alarms', options)).toThrow(message);
  });

  it('uses metrics of the resources of this API', () => {
    const dimensions = new Set(alarmMetrics(withAlarms().stack).flatMap((metric) => Object.keys(metric.dimensions)));
    expect(dimensions).toEqual(new Set(['ApiId', 'ApiName', 'FunctionName', 'QueueName']));
  });

  // PutMetricAlarm rejects them
  it.each<[ImageAlarmsOptions, string]>([
    [{ modelErrors: { evaluationPeriods: 2, datapointsToAlarm: 3 } }, "'modelErrors.datapointsToAlarm' must not exceed 'evaluationPeriods', got 3 and 2"],
    [{ modelErrors: { datapointsToAlarm: 2 } }, "'modelErrors.datapointsToAlarm' must not exceed 'evaluationPeriods', got 2 and 1"],
    [{ queueAge: { period: Duration.minutes(30), evaluationPeriods: 49 } }, "'queueAge.evaluationPeriods' must cover at most one day with a 'period' of 30 minutes, got 49"],
    [{ queueAge: { period: Duration.days(1), evaluationPeriods: 8 } }, "'queueAge.evaluationPeriods' must cover at most seven days with a 'period' of 1 day, got 8"],
  ])('fails for %j', (options, message) => {
    expect(() => withAlarms(options)).toThrow(message);
  });

  it.each<[ImageAlarmsOptions]>([
    [{ modelLatency: { evaluationPeriods: 2 } }],
    [{ queueAge: { period: Duration.minutes(30), evaluationPeriods: 48 } }],
    [{ spend: { threshold: 1, period: Duration.days(1), evaluationPeriods: 7 } }],
    [{ modelErrors: { enabled: false, datapointsToAlarm: 2 } }],
  ])('accepts %j', (options) => {
    expect(withAlarms(options).alarms).toBeDefined();
  });
});

import { Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmDefinition, alarmDefinitions, type AlarmName } from './alarm-definitions';
import { type ObservedApi } from './observed-api';
import { type AlarmThreshold, type ImageAlarmsOptions } from '../../alarm-options';
import { warnAlarmNotCreated } from '../validation/annotations/prop-annotations';
import { areKnownToDiffer } from '../validation/environments';
import { checkArguments } from '../validation/value-types';

type Evaluation = Pick<AlarmDefinition, 'period' | 'evaluationPeriods' | 'datapointsToAlarm'>;

interface EnabledAlarm extends Evaluation {
  readonly name: AlarmName;
  readonly definition: AlarmDefinition;
  readonly threshold: number;
}

export type CreatedAlarms = Partial<Record<AlarmName, cloudwatch.Alarm>>;

/** Creates the alarms of an API that the user has not switched off. */
export function createAlarms(api: ObservedApi, id: string, { topic, ...thresholds }: ImageAlarmsOptions): CreatedAlarms {
  const definitions = Object.entries(alarmDefinitions(api)) as [AlarmName, AlarmDefinition][];
  const enabled = definitions.flatMap(([name, definition]): EnabledAlarm[] => {
    const options = thresholds[name] ?? {};
    const { threshold = definition.threshold } = options;
    return options.enabled === false || threshold === undefined ? [] : [{ name, definition, threshold, ...evaluationOf(definition, options) }];
  });
  checkArguments('addAlarms()', topicProblems(topic, Stack.of(api.scope).region), ...enabled.map(evaluationProblems));
  for (const [name, options] of Object.entries(thresholds) as [AlarmName, AlarmThreshold | undefined][]) {
    if (options && options.enabled !== false && !enabled.some((each) => each.name === name)) warnAlarmNotCreated(api.scope, name, remedyFor(name));
  }
  const parent = new Construct(api.scope, id);
  return Object.fromEntries(enabled.map((each) => {
    const alarm = createAlarm(parent, each);
    if (topic) notify(alarm, topic);
    return [each.name, alarm];
  }));
}

/** Returns what creates an alarm that is not created: the cost has no default threshold, and the others are alarms of jobs. */
function remedyFor(name: AlarmName): string {
  return name === 'spend' ? "set its 'threshold', the highest cost in US dollars" : "set 'delivery' to Delivery.queued(), or remove it";
}

/** Returns the periods of an alarm. The user's number of periods replaces the default number of those that must exceed the threshold. */
function evaluationOf(definition: AlarmDefinition, options: AlarmThreshold): Evaluation {
  const { period = definition.period, evaluationPeriods = definition.evaluationPeriods } = options;
  const { datapointsToAlarm = options.evaluationPeriods === undefined ? definition.datapointsToAlarm : undefined } = options;
  return { period, evaluationPeriods, datapointsToAlarm };
}

function topicProblems(topic: sns.ITopic | undefined, stackRegion: string): string[] {
  const region = topic === undefined || Token.isUnresolved(topic.topicArn) ? undefined : topic.topicArn.split(':')[3];
  if (!areKnownToDiffer(region, stackRegion)) return [];
  return [`'topic' must be in the Region of the stack, ${stackRegion}, as CloudWatch requires, got a topic in ${region}; use a topic of that Region`];
}

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Returns the problems of combinations that CloudWatch rejects (PutMetricAlarm in the Amazon CloudWatch API Reference). */
function evaluationProblems({ name, period, evaluationPeriods, datapointsToAlarm }: EnabledAlarm): string[] {
  const seconds = period.isUnresolved() ? undefined : period.toSeconds({ integral: false });
  const [days, limit] = (seconds ?? 0) < HOUR_SECONDS ? [1, 'one day'] : [7, 'seven days'];
  return [
    ...(seconds === undefined || isPeriod(seconds) ? []
      : [`'${name}.period' must be 10 seconds, 30 seconds or a multiple of 1 minute, as CloudWatch requires, got ${period.toHumanString()}`]),
    ...(datapointsToAlarm !== undefined && datapointsToAlarm > evaluationPeriods
      ? [`'${name}.datapointsToAlarm' must not exceed 'evaluationPeriods', got ${datapointsToAlarm} and ${evaluationPeriods}`] : []),
    ...((seconds ?? 0) * evaluationPeriods > days * DAY_SECONDS
      ? [`'${name}.evaluationPeriods' must cover at most ${limit} with a 'period' of ${period.toHumanString()}, got ${evaluationPeriods}`] : []),
  ];
}

function isPeriod(seconds: number): boolean {
  return seconds === 10 || seconds === 30 || (seconds > 0 && seconds % 60 === 0);
}

function createAlarm(scope: Construct, alarm: EnabledAlarm): cloudwatch.Alarm {
  const { name, definition, threshold, period, evaluationPeriods, datapointsToAlarm } = alarm;
  return new cloudwatch.Alarm(scope, name.charAt(0).toUpperCase() + name.slice(1), {
    metric: definition.metric(period),
    threshold,
    evaluationPeriods,
    datapointsToAlarm,
    alarmDescription: definition.description,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    // without requests, there is no data and nothing is wrong
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

/** Without the module of alarm actions, which loads modules of other services. */
function notify(alarm: cloudwatch.Alarm, { topicArn }: sns.ITopic): void {
  alarm.addAlarmAction({ bind: () => ({ alarmActionArn: topicArn }) });
}

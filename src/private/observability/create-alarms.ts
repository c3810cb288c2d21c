import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type AlarmDefinition, alarmDefinitions, type AlarmName } from './alarm-definitions';
import { type ObservedApi } from './observed-api';
import { type AlarmThreshold, type ImageAlarmsOptions } from '../../alarm-options';

export type CreatedAlarms = Partial<Record<AlarmName, cloudwatch.Alarm>>;

/** Creates the alarms of an API that the user has not switched off. */
export function createAlarms(api: ObservedApi, id: string, { topic, ...thresholds }: ImageAlarmsOptions): CreatedAlarms {
  const parent = new Construct(api.scope, id);
  const definitions = Object.entries(alarmDefinitions(api)) as [AlarmName, AlarmDefinition][];
  return Object.fromEntries(definitions.flatMap(([name, definition]) => {
    const alarm = createAlarm(parent, name, definition, thresholds[name]);
    if (alarm && topic) notify(alarm, topic);
    return alarm ? [[name, alarm]] : [];
  }));
}

function createAlarm(scope: Construct, name: AlarmName, definition: AlarmDefinition, options: AlarmThreshold = {}): cloudwatch.Alarm | undefined {
  const { threshold = definition.threshold, enabled = true, period = definition.period, evaluationPeriods = definition.evaluationPeriods } = options;
  if (!enabled || threshold === undefined) return undefined;
  const { datapointsToAlarm = options.evaluationPeriods === undefined ? definition.datapointsToAlarm : undefined } = options;
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

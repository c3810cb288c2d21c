import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { type CreatedAlarms, createAlarms } from './create-alarms';
import { createDashboard } from './dashboard';
import { type ObservedApi } from './observed-api';
import { type ImageAlarmsOptions } from '../../alarm-options';
import { checkArguments, duration, flag, lazily, listOf, memberOf, numberFrom, optionsOf, resource, text } from '../validation/value-types';

const PERIODS = numberFrom(1, true);
const THRESHOLD = optionsOf({ enabled: flag, threshold: numberFrom(0), period: duration, evaluationPeriods: PERIODS, datapointsToAlarm: PERIODS });
const ALARMS = optionsOf({
  topic: resource('an SNS topic', 'topicArn', "for example new sns.Topic(this, 'Operators')"),
  handlerErrors: THRESHOLD,
  handlerThrottles: THRESHOLD,
  workerErrors: THRESHOLD,
  workerThrottles: THRESHOLD,
  modelLatency: THRESHOLD,
  modelErrors: THRESHOLD,
  serverErrors: THRESHOLD,
  filteredRate: THRESHOLD,
  deadLetterQueue: THRESHOLD,
  queueAge: THRESHOLD,
  spend: THRESHOLD,
});
const WIDGET = resource('a widget', 'toJson', 'for example new cloudwatch.TextWidget({ markdown })');
const DASHBOARD = optionsOf({
  dashboardName: text,
  defaultInterval: duration,
  start: text,
  end: text,
  periodOverride: lazily(() => memberOf('cloudwatch.PeriodOverride', cloudwatch.PeriodOverride)),
  widgets: listOf(listOf(WIDGET, 'widgets'), 'rows, which are lists of widgets'),
  variables: listOf(resource('a variable', 'toJson', 'for example new cloudwatch.DashboardVariable()'), 'variables'),
});

export function addAlarms(api: ObservedApi, id: string, options: ImageAlarmsOptions): CreatedAlarms {
  checkArguments('addAlarms()', text('id', id), ALARMS('', options));
  return createAlarms(api, id, options);
}

export function addDashboard(api: ObservedApi, id: string, props: cloudwatch.DashboardProps): cloudwatch.Dashboard {
  checkArguments('addDashboard()', text('id', id), DASHBOARD('props', props));
  return createDashboard(api, id, props);
}

import { type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { textOf } from './stack';

/** A metric that an alarm or a dashboard uses. */
export interface UsedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

interface CfnMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

interface CfnAlarm extends CfnMetric {
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: CfnMetric } }[];
}

interface Widget {
  readonly type: string;
  readonly properties: { readonly title?: string; readonly query?: string; readonly metrics?: readonly (readonly unknown[])[] };
}

/** Returns the metrics of all alarms of a stack. */
export function alarmMetrics(stack: Stack): UsedMetric[] {
  const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return alarms.map(({ Properties }) => Properties as CfnAlarm).flatMap((alarm) => (
    alarm.Metrics ? alarm.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) : [alarm])).map(usedMetric);
}

function usedMetric({ Namespace, MetricName, Dimensions = [] }: CfnMetric): UsedMetric {
  return { namespace: Namespace, name: MetricName, dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, textOf(Value)])) };
}

/** Returns the widgets of the only dashboard of a stack. References are written as `<LogicalId>`. */
export function dashboardWidgets(stack: Stack): Widget[] {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  return (JSON.parse(textOf(Properties.DashboardBody)) as { readonly widgets: Widget[] }).widgets;
}

/** Returns the metrics of all widgets. A metric is a list: namespace, name, dimension names and values, and options. */
export function widgetMetrics(widgets: readonly Widget[]): UsedMetric[] {
  return widgets.flatMap(({ properties: { metrics = [] } }) => metrics).flatMap((metric) => {
    const [namespace, name, ...pairs] = metric.filter((part) => typeof part === 'string');
    if (namespace === undefined) return [];
    return { namespace, name, dimensions: Object.fromEntries(pairs.flatMap((value, index) => (index % 2 === 0 ? [[value, pairs[index + 1]]] : []))) };
  });
}

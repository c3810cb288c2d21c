import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { type Construct } from 'constructs';
import { type ImageMetricOptions, RouteSet } from '../../metric-options';
import { DIMENSIONS, METRIC_NAMESPACE, type MetricKey, METRICS } from '../contract/metrics';
import { checkArguments, duration, lazily, mapOf, memberOf, optionsOf, text } from '../validation/value-types';

const OPTIONS = optionsOf({
  model: text,
  routeSet: memberOf('RouteSet', RouteSet),
  period: duration,
  statistic: text,
  dimensionsMap: mapOf(text, 'values by dimension'),
  label: text,
  color: text,
  unit: lazily(() => memberOf('cloudwatch.Unit', cloudwatch.Unit)),
  account: text,
  region: text,
});

/** Returns a metric that the handlers of an API emit. */
export function apiMetric(scope: Construct, restApiId: string, key: MetricKey, options: ImageMetricOptions = {}): cloudwatch.Metric {
  checkArguments('metric...()', OPTIONS('', options));
  const { model, routeSet, dimensionsMap, ...others } = options;
  if (model !== undefined && routeSet !== undefined) {
    throw new Error("metric...() accepts 'model' or 'routeSet', not both: the functions emit no metric by model and route set");
  }
  const { name, statistic } = METRICS[key];
  return new cloudwatch.Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    statistic,
    ...others,
    dimensionsMap: {
      [DIMENSIONS.api]: restApiId,
      ...(model !== undefined && { [DIMENSIONS.model]: model }),
      ...(routeSet !== undefined && { [DIMENSIONS.routeSet]: routeSet }),
      ...dimensionsMap,
    },
  }).attachTo(scope);
}

import type { LogFields } from './log';
import { DIMENSIONS, METRIC_NAMESPACE, METRICS, type MetricDimensions, type MetricKey, type MetricMetadata } from '../../private/contract/metrics';

/** The values of each metric of a log line. */
export type MetricValues = ReadonlyMap<MetricKey, readonly number[]>;

/**
 * Returns the fields of a log line that contain metrics: their values, dimensions and metadata. Each value is stored for the API, and again
 * for the model and for the route set. `timestamp`: epoch milliseconds.
 */
export function embeddedMetrics(values: MetricValues, { api, model, routeSet }: MetricDimensions, timestamp: number): LogFields {
  if (values.size === 0) return {};
  const others = {
    ...(model !== undefined && { [DIMENSIONS.model]: model }),
    ...(routeSet !== undefined && { [DIMENSIONS.routeSet]: routeSet }),
  };
  const metadata: MetricMetadata = {
    Timestamp: timestamp,
    CloudWatchMetrics: [{
      Namespace: METRIC_NAMESPACE,
      Dimensions: [[DIMENSIONS.api], ...Object.keys(others).map((name) => [DIMENSIONS.api, name])],
      Metrics: [...values.keys()].map((key) => ({ Name: METRICS[key].name, Unit: METRICS[key].unit })),
    }],
  };
  return {
    _aws: metadata,
    [DIMENSIONS.api]: api,
    ...others,
    ...Object.fromEntries([...values].map(([key, numbers]) => [METRICS[key].name, valueOf(key, numbers)])),
  };
}

/** Returns one number where possible, because CloudWatch Logs Insights does not sum up lists. A list has at most 100 numbers; a request calls fewer models. */
function valueOf(key: MetricKey, numbers: readonly number[]): number | readonly number[] {
  if (METRICS[key].statistic === 'Sum') return numbers.reduce((sum, each) => sum + each, 0);
  return numbers.length === 1 ? numbers[0] : numbers;
}

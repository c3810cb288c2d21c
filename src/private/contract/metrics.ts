import { type ConfiguredRoutes } from './configuration';

/**
 * The metrics that the handlers write to their logs in the embedded metric format, from which CloudWatch extracts them. The construct
 * defines its metrics, alarms and dashboard from the same table.
 */

export const METRIC_NAMESPACE = 'GenAiImageApi';

/** A metric. `statistic` is the one that sums up a period best. */
export interface MetricDefinition {
  readonly name: string;
  readonly unit: 'Count' | 'Milliseconds' | 'Seconds' | 'None';
  readonly statistic: 'Sum' | 'Average' | 'Maximum';
}

export const METRICS = {
  images: { name: 'Images', unit: 'Count', statistic: 'Sum' },
  latency: { name: 'ModelLatency', unit: 'Milliseconds', statistic: 'Average' },
  filtered: { name: 'Filtered', unit: 'Count', statistic: 'Sum' },
  throttles: { name: 'Throttles', unit: 'Count', statistic: 'Sum' },
  modelErrors: { name: 'ModelErrors', unit: 'Count', statistic: 'Sum' },
  // CloudWatch has no unit for currencies
  estimatedCost: { name: 'EstimatedCost', unit: 'None', statistic: 'Sum' },
  reused: { name: 'Reused', unit: 'Count', statistic: 'Sum' },
  queueAge: { name: 'QueueAge', unit: 'Seconds', statistic: 'Maximum' },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricKey = keyof typeof METRICS;

/** Names of the dimensions. No dimension identifies an owner: each value of a dimension is a metric of its own, which is charged. */
export const DIMENSIONS = { api: 'ApiId', model: 'Model', routeSet: 'RouteSet' } as const;

/** Values of the dimensions. */
export interface MetricDimensions {
  /** Id of the REST API. */
  readonly api: string;
  /** Id of a model of the API. Absent if no model was selected. */
  readonly model?: string;
  /** Set of the requested route. Absent if the route is not known. */
  readonly routeSet?: MetricRouteSet;
}

export type MetricRouteSet = ConfiguredRoutes | 'legacy';

/** Metadata of a log line from which CloudWatch extracts metrics, see its specification of the embedded metric format. */
export interface MetricMetadata {
  readonly Timestamp: number;
  readonly CloudWatchMetrics: readonly {
    readonly Namespace: string;
    readonly Dimensions: readonly (readonly string[])[];
    readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
  }[];
}

import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { type ObservedApi } from './observed-api';
import { QUERIES } from './queries';
import { type RouteSet } from '../../metric-options';
import { type MetricKey } from '../contract/metrics';

const COLUMNS = 24;
const HEIGHT = 6;
const HOUR = Duration.hours(1);
const DAY = Duration.days(1);

/** Functions that return the widgets of a row. */
const ROWS = [requestWidgets, modelWidgets, costWidgets, modelComparison, routeComparison, jobWidgets, storageWidgets];

/** Creates a dashboard of an API. */
export function createDashboard(api: ObservedApi, id: string, props: cloudwatch.DashboardProps): cloudwatch.Dashboard {
  const dashboard = new cloudwatch.Dashboard(api.scope, id, { defaultInterval: props.start === undefined ? DAY : undefined, ...props });
  for (const widgets of ROWS) dashboard.addWidgets(...widgets(api));
  for (const query of queryWidgets(api)) dashboard.addWidgets(query);
  return dashboard;
}

function requestWidgets({ restApi, handler }: ObservedApi): cloudwatch.IWidget[] {
  return [
    graph(4, 'Requests', [restApi.metricCount({ label: 'requests' })]),
    graph(4, 'Errors of requests', [restApi.metricClientError({ label: '4xx' }), restApi.metricServerError({ label: '5xx' })]),
    graph(4, 'Latency of requests', ['p50', 'p90', 'p99'].map((statistic) => restApi.metricLatency({ statistic, label: statistic }))),
    graph(4, 'Handler', [
      handler.metricErrors({ label: 'errors' }),
      handler.metricThrottles({ label: 'throttles' }),
      handler.metric('ConcurrentExecutions', { statistic: 'Maximum', label: 'concurrent executions' }),
    ]),
  ];
}

function modelWidgets({ metric }: ObservedApi): cloudwatch.IWidget[] {
  return [
    graph(4, 'Images', [metric('images', { label: 'generated' }), metric('reused', { label: 'answered from an earlier request' })]),
    graph(4, 'Latency of models', ['Average', 'p90', 'p99'].map((statistic) => metric('latency', { statistic, label: statistic }))),
    graph(4, 'Errors of models', [metric('modelErrors', { label: 'errors' }), metric('throttles', { label: 'throttled' })]),
    graph(4, 'Filtered', [metric('filtered', { label: 'filtered' })]),
  ];
}

function costWidgets({ metric }: ObservedApi): cloudwatch.IWidget[] {
  return [
    graph(2, 'Estimated cost by hour, US dollars', [metric('estimatedCost', { period: HOUR, label: 'estimated cost' })]),
    new cloudwatch.SingleValueWidget({
      title: 'Estimated cost and images in the selected time',
      width: COLUMNS / 2,
      height: HEIGHT,
      setPeriodToTimeRange: true,
      metrics: [metric('estimatedCost', { label: 'US dollars' }), metric('images', { label: 'images' })],
    }),
  ];
}

function modelComparison({ metric, models }: ObservedApi): cloudwatch.IWidget[] {
  const byModel = (key: MetricKey, period?: Duration) => models.map((model) => metric(key, { model, label: model, period }));
  return [
    graph(3, 'Images by model', byModel('images')),
    graph(3, 'Latency by model', byModel('latency')),
    graph(3, 'Estimated cost by model and hour', byModel('estimatedCost', HOUR)),
  ];
}

function routeComparison({ metric, routeSets }: ObservedApi): cloudwatch.IWidget[] {
  const byRoutes = (key: MetricKey) => routeSets.map((routeSet) => metric(key, { routeSet: routeSet as RouteSet, label: routeSet }));
  return [
    graph(2, 'Images by route set', byRoutes('images')),
    graph(2, 'Errors of models by route set', byRoutes('modelErrors')),
  ];
}

function jobWidgets({ jobs, metric }: ObservedApi): cloudwatch.IWidget[] {
  if (!jobs) return [];
  const { queue, deadLetterQueue, worker } = jobs;
  return [
    graph(3, 'Jobs in the queue', [
      queue.metricApproximateNumberOfMessagesVisible({ label: 'waiting' }),
      queue.metricApproximateNumberOfMessagesNotVisible({ label: 'running' }),
      queue.metricApproximateNumberOfMessagesDelayed({ label: 'delayed' }),
      deadLetterQueue.metricApproximateNumberOfMessagesVisible({ label: 'in the dead-letter queue' }),
    ]),
    graph(3, 'Age of jobs, seconds', [
      queue.metricApproximateAgeOfOldestMessage({ label: 'oldest message' }),
      metric('queueAge', { label: 'at the start of a run' }),
    ]),
    graph(3, 'Worker', [
      worker.metricInvocations({ label: 'invocations' }), worker.metricErrors({ label: 'errors' }), worker.metricThrottles({ label: 'throttles' }),
    ]),
  ];
}

/** S3 stores these metrics once a day. */
function storageWidgets({ bucket }: ObservedApi): cloudwatch.IWidget[] {
  const storage = (metricName: string, StorageType: string) => new cloudwatch.Metric({
    namespace: 'AWS/S3', metricName, dimensionsMap: { BucketName: bucket.bucketName, StorageType }, statistic: 'Average', period: DAY, label: metricName,
  });
  return [
    graph(2, 'Size of the bucket', [storage('BucketSizeBytes', 'StandardStorage')]),
    graph(2, 'Objects in the bucket', [storage('NumberOfObjects', 'AllStorageTypes')]),
  ];
}

function queryWidgets({ logGroups }: ObservedApi): cloudwatch.IWidget[] {
  const logGroupNames = logGroups.map(({ logGroupName }) => logGroupName);
  return QUERIES.map(({ title, lines }) => (
    new cloudwatch.LogQueryWidget({ title, logGroupNames, queryLines: [...lines], width: COLUMNS, height: HEIGHT })));
}

/** `inRow`: number of graphs next to each other. */
function graph(inRow: number, title: string, left: cloudwatch.IMetric[]): cloudwatch.IWidget {
  return new cloudwatch.GraphWidget({ title, left, width: COLUMNS / inRow, height: HEIGHT, leftYAxis: { min: 0, showUnits: false } });
}

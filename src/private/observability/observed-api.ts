import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { apiMetric } from './metrics';
import { type ImageMetricOptions } from '../../metric-options';
import { type HandlerConfiguration } from '../contract/configuration';
import { type MetricKey, type MetricRouteSet } from '../contract/metrics';
import { editModel } from '../contract/models';

/** The resources of an API. */
interface ApiResources {
  readonly bucket: s3.IBucket;
  readonly deadLetterQueue?: sqs.Queue;
  readonly handler: lambda.Function;
  readonly logGroup: logs.ILogGroup;
  readonly queue?: sqs.Queue;
  readonly restApi: apigateway.RestApi;
  readonly worker?: lambda.Function;
  readonly workerLogGroup?: logs.ILogGroup;
}

/** What alarms and dashboards use of an API. */
export interface ObservedApi extends Pick<ApiResources, 'bucket' | 'handler' | 'restApi'> {
  readonly scope: Construct;
  readonly logGroups: readonly logs.ILogGroup[];
  /** Absent without a queue. */
  readonly jobs?: Required<Pick<ApiResources, 'queue' | 'deadLetterQueue' | 'worker'>>;
  /** Ids of all models that the API calls, which are values of the model dimension. */
  readonly models: readonly string[];
  /** Values of the route set dimension. */
  readonly routeSets: readonly MetricRouteSet[];
  metric(key: MetricKey, options?: ImageMetricOptions): cloudwatch.Metric;
}

export function observedApi(api: ApiResources & Construct, configuration: HandlerConfiguration): ObservedApi {
  const { bucket, deadLetterQueue, handler, logGroup, queue, restApi, worker, workerLogGroup } = api;
  return {
    scope: api,
    bucket,
    handler,
    restApi,
    jobs: queue && deadLetterQueue && worker && { queue, deadLetterQueue, worker },
    logGroups: [logGroup, ...(workerLogGroup ? [workerLogGroup] : [])],
    metric: (key, options) => apiMetric(api, restApi.restApiId, key, options),
    models: modelsOf(configuration),
    routeSets: routeSetsOf(configuration),
  };
}

function modelsOf({ models, edits, textModel }: HandlerConfiguration): string[] {
  const editIds = (edits?.operations ?? []).flatMap((operation) => editModel(operation)?.id ?? []);
  return [...models.map(({ id }) => id), ...editIds, ...(textModel ? [textModel.id] : [])];
}

function routeSetsOf({ routes, legacy = [] }: HandlerConfiguration): MetricRouteSet[] {
  return [...routes, ...(legacy.length > 0 ? ['legacy' as const] : [])];
}

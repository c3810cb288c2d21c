import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { type IConstruct } from 'constructs';
import { type ImageEventOptions } from './image-event-options';
import { type ImageModel } from './image-model';
import { type ImageMetricOptions } from './metric-options';

/**
 * An image-generation API, defined in this app or imported.
 */
export interface IGenAiImageApi extends IConstruct {
  /**
   * URL of the API, with a trailing slash. A route is, for example, `${url}images`.
   *
   * @attribute
   */
  readonly url: string;

  /**
   * Id of the REST API.
   *
   * @attribute
   */
  readonly restApiId: string;

  /**
   * Grants permission to call all routes of the API, which must use `ApiAuth.iam()`. Callers can only access their own images.
   *
   * @param grantee role, user or group, or a construct with a role
   */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;

  /**
   * Grants permission to subscribe the account to the models on AWS Marketplace.
   *
   * @param grantee role, user or group
   */
  grantModelSubscription(grantee: iam.IGrantable): iam.Grant;

  /**
   * Defines an EventBridge rule for `Image Succeeded` events.
   *
   * @param id id of the rule
   */
  onImageSucceeded(id: string, options?: ImageEventOptions): events.Rule;

  /**
   * Defines an EventBridge rule for `Image Failed` events.
   *
   * @param id id of the rule
   */
  onImageFailed(id: string, options?: ImageEventOptions): events.Rule;

  /**
   * Defines an EventBridge rule for `Image Deleted` events.
   *
   * @param id id of the rule
   */
  onImageDeleted(id: string, options?: ImageEventOptions): events.Rule;

  /**
   * Returns the metric of images that were generated and stored.
   */
  metricImages(options?: ImageMetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of latency of model calls in milliseconds.
   */
  metricLatency(options?: ImageMetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of contents that a filter rejected: denied words, the guardrail or the model.
   */
  metricFiltered(options?: ImageMetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of model calls that Amazon Bedrock or Amazon SageMaker throttled, including retries.
   */
  metricThrottles(options?: ImageMetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of failed model calls, including retries.
   */
  metricModelErrors(options?: ImageMetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of estimated cost of model calls in US dollars.
   */
  metricEstimatedCost(options?: ImageMetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of requests whose result is that of an earlier request with the same idempotency key or retry count.
   */
  metricReused(options?: ImageMetricOptions): cloudwatch.Metric;

  /**
   * Returns the metric of seconds between the enqueueing of a job and the start of a run.
   */
  metricQueueAge(options?: ImageMetricOptions): cloudwatch.Metric;
}

/**
 * Attributes of an existing API, for `GenAiImageApi.fromGenAiImageApiAttributes()`.
 */
export interface GenAiImageApiAttributes {
  /**
   * Id of the REST API, for example `images.restApiId` of the other stack.
   */
  readonly restApiId: string;

  /**
   * URL of the API, with a trailing slash.
   *
   * @default - the URL of the stage `prod` in the Region of the stack
   */
  readonly url?: string;

  /**
   * Image models of the API. `grantModelSubscription` is restricted to their products if all product ids are known.
   *
   * @default - `grantModelSubscription` allows subscribing to any product
   */
  readonly models?: ImageModel[];
}

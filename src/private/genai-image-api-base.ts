import { Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type IGenAiImageApi } from '../genai-image-api-interface';
import { type ImageEventOptions } from '../image-event-options';
import { type ImageMetricOptions } from '../metric-options';
import { type ImageOutcome } from './contract/events';
import { type MetricKey } from './contract/metrics';
import { STAGE_NAME } from './gateway/rest-api';
import { grantSubscription, type Subscription } from './models/marketplace';
import { apiMetric } from './observability/metrics';
import { createEventRule, eventOptionProblems } from './resources/event-rules';
import { noteImmutableGrantee, warnGranteeAccount, warnGrantWithoutEffect } from './validation/annotations/account-annotations';
import { areKnownToDiffer } from './validation/environments';
import { checkArguments, resource, text } from './validation/value-types';

const GRANTEE = resource('a role, user or group, or a construct with a role', 'grantPrincipal', 'for example images.grantInvoke(role)');

/** Whether a role was imported with `mutable: false`. The CDK does not export its class, and bundles it with a number after its name. */
function isImmutable(principal: iam.IPrincipal): boolean {
  return principal.constructor.name.startsWith('ImmutableRole');
}

/**
 * Grants, event rules and metrics, which work for an imported API as well.
 *
 * jsii adds the members of this hidden base class to its subclasses.
 *
 * @internal
 */
export abstract class GenAiImageApiBase extends Construct implements IGenAiImageApi {
  public abstract readonly url: string;
  public abstract readonly restApiId: string;

  /**
   * Grants permission to call the API. Only with `ApiAuth.iam()`.
   *
   * Covers all routes of the stage. Callers can only access their own images.
   *
   * @param grantee role, user or group, or a construct with a role, for example a function
   */
  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    checkArguments('grantInvoke()', GRANTEE('grantee', grantee));
    this._assertIamAuth();
    const { account } = Stack.of(this);
    const { principalAccount } = grantee.grantPrincipal;
    const stageArn = Stack.of(this).formatArn({ service: 'execute-api', resource: this.restApiId, resourceName: `${STAGE_NAME}/*/*` });
    const grant = iam.Grant.addToPrincipal({ grantee, actions: ['execute-api:Invoke'], resourceArns: [stageArn] });
    if (principalAccount !== undefined && areKnownToDiffer(principalAccount, account)) warnGranteeAccount(this, principalAccount, account);
    else if (isImmutable(grantee.grantPrincipal)) noteImmutableGrantee(this, grantee.grantPrincipal);
    else if (!grant.success) warnGrantWithoutEffect(this, grantee.grantPrincipal);
    return grant;
  }

  /**
   * Grants permission to subscribe the account to the models on AWS Marketplace.
   *
   * A person or a pipeline needs this permission once per account, before the first image. The functions do not have it. The grantee can
   * accept offers that cost money, because not all of the actions can be restricted to the models.
   *
   * If the product ids of all models are known, the grantee can subscribe to these products only. They are not known for the models of
   * `edits` and for models that are not in the catalog; with one of these, the grantee can subscribe to any product. Has no effect if no
   * model needs a subscription.
   *
   * @param grantee role, user or group
   */
  public grantModelSubscription(grantee: iam.IGrantable): iam.Grant {
    checkArguments('grantModelSubscription()', GRANTEE('grantee', grantee));
    return grantSubscription(grantee, this._subscriptions);
  }

  /**
   * Defines an EventBridge rule for `Image Succeeded` events.
   *
   * The first call of this method, `onImageFailed` or `onImageDeleted` enables events. Without it, the functions publish no events. Events
   * of asynchronous requests are published at least once, so a target can receive an event twice. Events of synchronous requests are
   * published on a best-effort basis.
   *
   * If the target is in another stack and reads the bucket, set `crossStackScope` to a construct of that stack. Otherwise the rule depends
   * on the stack of the target, which depends on the bucket, and synthesis fails with a dependency cycle.
   *
   * @param id id of the rule
   * @param options target and further options of the rule; docs/asynchronous.md lists the fields of events
   */
  public onImageSucceeded(id: string, options: ImageEventOptions = {}): events.Rule {
    return this.onImage(id, 'succeeded', options);
  }

  /**
   * Defines an EventBridge rule for `Image Failed` events: failures of models, and filtered requests. Invalid requests publish no event.
   *
   * A failed synchronous request has no record: `GET /images/{id}` returns 404 for its id. See `onImageSucceeded`.
   *
   * @param id id of the rule
   * @param options target and further options of the rule
   */
  public onImageFailed(id: string, options: ImageEventOptions = {}): events.Rule {
    return this.onImage(id, 'failed', options);
  }

  /**
   * Defines an EventBridge rule for `Image Deleted` events: deleted images and cancelled jobs.
   *
   * Expired images publish no event. See `onImageSucceeded`.
   *
   * @param id id of the rule
   * @param options target and further options of the rule
   */
  public onImageDeleted(id: string, options: ImageEventOptions = {}): events.Rule {
    return this.onImage(id, 'deleted', options);
  }

  /**
   * Returns the metric of images that were generated and stored.
   *
   * Sum over 5 minutes by default.
   *
   * @param options statistic, period and label, and optionally a model or a set of routes
   */
  public metricImages(options?: ImageMetricOptions): cloudwatch.Metric {
    return this._metric('images', options);
  }

  /**
   * Returns the metric of latency of model calls in milliseconds.
   *
   * Average over 5 minutes by default. Throttled and failed calls are not included; timeouts are.
   *
   * @param options statistic, period and label, and optionally a model or a set of routes
   */
  public metricLatency(options?: ImageMetricOptions): cloudwatch.Metric {
    return this._metric('latency', options);
  }

  /**
   * Returns the metric of contents that a filter rejected: denied words, the guardrail or the model.
   *
   * Sum over 5 minutes by default. Contents that are rejected before the model is selected have no model.
   *
   * @param options statistic, period and label, and optionally a model or a set of routes
   */
  public metricFiltered(options?: ImageMetricOptions): cloudwatch.Metric {
    return this._metric('filtered', options);
  }

  /**
   * Returns the metric of model calls that Amazon Bedrock or Amazon SageMaker throttled, including retries.
   *
   * Sum over 5 minutes by default.
   *
   * @param options statistic, period and label, and optionally a model or a set of routes
   */
  public metricThrottles(options?: ImageMetricOptions): cloudwatch.Metric {
    return this._metric('throttles', options);
  }

  /**
   * Returns the metric of failed model calls, including retries.
   *
   * Sum over 5 minutes by default. Throttled and filtered calls are not included.
   *
   * @param options statistic, period and label, and optionally a model or a set of routes
   */
  public metricModelErrors(options?: ImageMetricOptions): cloudwatch.Metric {
    return this._metric('modelErrors', options);
  }

  /**
   * Returns the metric of estimated cost of model calls in US dollars.
   *
   * Sum over 5 minutes by default. Models without a known price are not included.
   *
   * @param options statistic, period and label, and optionally a model or a set of routes
   */
  public metricEstimatedCost(options?: ImageMetricOptions): cloudwatch.Metric {
    return this._metric('estimatedCost', options);
  }

  /**
   * Returns the metric of requests whose result is that of an earlier request with the same idempotency key or retry count.
   *
   * Sum over 5 minutes by default.
   *
   * @param options statistic, period and label, and optionally a model or a set of routes
   */
  public metricReused(options?: ImageMetricOptions): cloudwatch.Metric {
    return this._metric('reused', options);
  }

  /**
   * Returns the metric of seconds between the enqueueing of a job and the start of a run.
   *
   * Maximum over 5 minutes by default. Emitted with `Delivery.queued()`.
   *
   * @param options statistic, period and label, and optionally a model or a set of routes
   */
  public metricQueueAge(options?: ImageMetricOptions): cloudwatch.Metric {
    return this._metric('queueAge', options);
  }

  private onImage(id: string, outcome: ImageOutcome, options: ImageEventOptions): events.Rule {
    checkArguments('onImage...()', text('id', id), eventOptionProblems(options));
    this._enableEvents(options.includePrompt ?? false);
    return createEventRule(this, id, { restApiId: this.restApiId, outcome }, options);
  }

  /** @internal */
  protected _metric(key: MetricKey, options?: ImageMetricOptions): cloudwatch.Metric {
    return apiMetric(this, this.restApiId, key, options);
  }

  /**
   * AWS Marketplace subscriptions that the models need.
   *
   * @internal
   */
  protected abstract get _subscriptions(): readonly Subscription[];

  /**
   * Throws if a permission to invoke the API would have no effect.
   *
   * @internal
   */
  protected abstract _assertIamAuth(): void;

  /**
   * Turns on events.
   *
   * @internal
   */
  protected abstract _enableEvents(includePrompt: boolean): void;
}

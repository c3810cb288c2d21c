import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { type ImageAlarmsOptions } from './alarm-options';
import { ImageAlarms } from './alarms';
import { type ApiClientOptions } from './api-auth-options';
import { type FirewallOptions, type IApiFirewall } from './firewall-options';
import { type GenAiImageApiAttributes, type IGenAiImageApi } from './genai-image-api-interface';
import { type GenAiImageApiProps } from './genai-image-api-props';
import { ApiClients } from './private/auth/api-clients';
import { ApiFirewall } from './private/firewall/firewall';
import { configuredRoutes } from './private/gateway/route-selection';
import { GenAiImageApiBase } from './private/genai-image-api-base';
import { ImageApiResources } from './private/image-api-resources';
import { ImportedGenAiImageApi } from './private/imported-genai-image-api';
import { type Subscription } from './private/models/marketplace';
import { connectionsOf } from './private/network/function-network';
import { addAlarms, addDashboard } from './private/observability/add-ons';
import { observedApi } from './private/observability/observed-api';
import { type PlaygroundApi, playgroundApi } from './private/playground/playground-api';
import { resolveProps } from './private/validation/resolve-props';

/**
 * An image-generation API: a REST API, a function that calls models on Amazon Bedrock, a bucket for images and a table for records.
 *
 * An idle API costs only storage, and with `Delivery.queued()` SQS requests.
 *
 * @example
 * import { CfnOutput } from 'aws-cdk-lib';
 * import { ApiAuth, GenAiImageApi, ImageModel } from 'cdk-genai-image-api';
 *
 * const images = new GenAiImageApi(this, 'Images', {
 *   model: ImageModel.STABLE_IMAGE_CORE,
 *   auth: ApiAuth.apiKey({ clients: ['web'] }),
 * });
 * new CfnOutput(this, 'ImagesUrl', { value: images.url });
 */
export class GenAiImageApi extends GenAiImageApiBase implements ec2.IConnectable {
  /**
   * Imports an API that is defined in another app or stack.
   *
   * The API must be in the same account and Region. It publishes events only if its own stack calls one of the `onImage...` methods.
   *
   * @example
   * import * as iam from 'aws-cdk-lib/aws-iam';
   * import { GenAiImageApi } from 'cdk-genai-image-api';
   *
   * declare const role: iam.Role;
   * const images = GenAiImageApi.fromGenAiImageApiAttributes(this, 'Images', { restApiId: 'a1b2c3d4e5' });
   * images.grantInvoke(role);
   */
  public static fromGenAiImageApiAttributes(scope: Construct, id: string, attrs: GenAiImageApiAttributes): IGenAiImageApi {
    return new ImportedGenAiImageApi(scope, id, attrs);
  }

  /**
   * URL of the API, with a trailing slash. A route is, for example, `${url}images`.
   *
   * @attribute
   */
  public readonly url: string;

  /**
   * Id of the REST API.
   *
   * @attribute
   */
  public readonly restApiId: string;

  /**
   * REST API. Use it for features that this construct does not offer, for example `restApi.addDomainName()`.
   *
   * Methods that you add to it require the same credentials as the routes of this construct, unless you set other method options.
   */
  public readonly restApi: apigateway.RestApi;

  /**
   * Function that handles all routes.
   */
  public readonly handler: lambda.Function;

  /**
   * Bucket where images are stored.
   */
  public readonly bucket: s3.IBucket;

  /**
   * Table of image records.
   */
  public readonly table: dynamodb.Table;

  /**
   * Log group of the handler.
   */
  public readonly logGroup: logs.LogGroup;

  /**
   * Log group of the worker. Only with `Delivery.queued()`.
   */
  public readonly workerLogGroup?: logs.LogGroup;

  /**
   * Log group of the access log.
   */
  public readonly accessLogGroup: logs.LogGroup;

  /**
   * Usage plan of the API clients. Only with `ApiAuth.apiKey()`.
   */
  public readonly usagePlan?: apigateway.UsagePlan;

  /**
   * Queue of waiting jobs. A message contains the owner and the id of an image, not the prompt. Only with `Delivery.queued()`.
   */
  public readonly queue?: sqs.Queue;

  /**
   * Dead-letter queue of failed jobs, which an operator can redrive. Only with `Delivery.queued()`.
   */
  public readonly deadLetterQueue?: sqs.Queue;

  /**
   * Function that processes jobs. Only with `Delivery.queued()`.
   */
  public readonly worker?: lambda.Function;

  private readonly resources: ImageApiResources;

  constructor(scope: Construct, id: string, props: GenAiImageApiProps = {}) {
    super(scope, id);
    this.resources = new ImageApiResources(this, resolveProps(this, props));
    const { accessLogGroup, auth, bucket, handlers: { api, worker }, queues, restApi, table, url } = this.resources;
    this.url = url;
    this.restApiId = restApi.restApiId;
    this.restApi = restApi;
    this.handler = api.handler;
    this.bucket = bucket;
    this.table = table;
    this.logGroup = api.logGroup;
    this.workerLogGroup = worker?.logGroup;
    this.accessLogGroup = accessLogGroup;
    this.usagePlan = auth.usagePlan;
    this.queue = queues?.queue;
    this.deadLetterQueue = queues?.deadLetterQueue;
    this.worker = worker?.handler;
  }

  /**
   * Adds an API client with an API key, or another key of an existing client. Only with `ApiAuth.apiKey()`.
   *
   * @param name 1 to 64 letters, digits, `_` or `-`, starting with a letter or digit
   * @returns the key; read its value with `aws apigateway get-api-key --include-value`
   *
   * @example
   * import { ApiAuth, GenAiImageApi } from 'cdk-genai-image-api';
   *
   * const images = new GenAiImageApi(this, 'Images', { auth: ApiAuth.apiKey() });
   * images.addApiClient('mobile');
   */
  public addApiClient(name: string, options: ApiClientOptions = {}): apigateway.IApiKey {
    return ApiClients.addTo(this, name, options);
  }

  /**
   * Returns the API key of a client, for example to output its id. Only with `ApiAuth.apiKey()`.
   *
   * @param name a client in `clients`, or added with `addApiClient`
   * @returns the key; read its value with `aws apigateway get-api-key --include-value`
   */
  public apiClientKey(name: string, options: ApiClientOptions = {}): apigateway.IApiKey {
    return ApiClients.keyOf(this, name, options);
  }

  /**
   * Creates alarms for errors, throttling, latency, filtered content, the queue and, with a threshold, the cost.
   *
   * The description of each alarm says what happened, what to look at and what to do. CloudWatch charges each alarm by the month.
   *
   * @param id id of the construct that contains the alarms
   * @param options topic and thresholds
   */
  public addAlarms(id: string, options: ImageAlarmsOptions = {}): ImageAlarms {
    return ImageAlarms._of(addAlarms(observedApi(this, this.resources.configuration), id, options));
  }

  /**
   * Creates a dashboard: requests, models, cost, storage, the queue, and queries of the logs. Widgets can be added to it.
   *
   * CloudWatch charges a dashboard by the month, and a query by the data that it scans.
   *
   * @param id id of the dashboard
   * @param props props of the dashboard; `widgets` are placed above those of this construct
   */
  public addDashboard(id = 'Dashboard', props: cloudwatch.DashboardProps = {}): cloudwatch.Dashboard {
    return addDashboard(observedApi(this, this.resources.configuration), id, props);
  }

  /**
   * Adds an AWS WAF web ACL to the stage: managed rule groups, and rate limits per IP address and per API key or token.
   *
   * Rules for bodies only count matches, because prompts are free text. A blocked request gets a 403 response with the code `FORBIDDEN`. AWS
   * charges for the web ACL and its rules by the month, and for requests. See docs/network-and-protection.md.
   *
   * @example
   * import { GenAiImageApi } from 'cdk-genai-image-api';
   *
   * declare const images: GenAiImageApi;
   * images.addFirewall({ requestsPerIp: 300 });
   */
  public addFirewall(options: FirewallOptions = {}): IApiFirewall {
    const { auth, props: { routeSets } } = this.resources;
    const { legacy } = configuredRoutes(routeSets);
    return ApiFirewall.addTo(this, { restApi: this.restApi, auth, legacy }, options);
  }

  /**
   * Connections of the functions, for the rules of their security groups. Only with `network` and a `vpc`.
   */
  public get connections(): ec2.Connections {
    return connectionsOf(this.resources.functionNetwork, this.node.path);
  }

  /** @internal */
  public get _playgroundApi(): PlaygroundApi {
    return playgroundApi(this, this.resources.props, this.resources.auth);
  }

  /** @internal */
  protected _assertIamAuth(): void {
    if (this.resources.authMode === 'iam') return;
    throw new Error(`grantInvoke() on '${this.node.path}' requires ApiAuth.iam()`);
  }

  /** @internal */
  protected get _subscriptions(): readonly Subscription[] {
    return this.resources.models.subscriptions;
  }

  /** @internal */
  protected _enableEvents(includePrompt: boolean): void {
    this.resources.enableEvents(includePrompt);
  }
}

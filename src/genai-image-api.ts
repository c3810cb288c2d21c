import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type ImageAlarmsOptions } from './alarm-options';
import { ImageAlarms } from './alarms';
import { type ApiAuthBinding } from './api-auth-binding';
import { type ApiClientOptions } from './api-auth-options';
import { type FirewallOptions, type IApiFirewall } from './firewall-options';
import { type GenAiImageApiAttributes, type IGenAiImageApi } from './genai-image-api-interface';
import { type GenAiImageApiProps } from './genai-image-api-props';
import { ApiClients } from './private/auth/api-clients';
import { type HandlerConfiguration } from './private/contract/configuration';
import { ApiFirewall } from './private/firewall/firewall';
import { configuredAuth } from './private/functions/environment';
import { createHandlers } from './private/functions/handlers';
import { allowLogEncryption, createLogGroup } from './private/functions/log-groups';
import { addGatewayResponses } from './private/gateway/gateway-responses';
import { addRoutes, createRestApi, deployChangedAuthorizers, protectAddedMethods } from './private/gateway/rest-api';
import { configuredRoutes, selectRoutes } from './private/gateway/route-selection';
import { GenAiImageApiBase, ImportedGenAiImageApi } from './private/genai-image-api-base';
import { type Subscription } from './private/models/marketplace';
import { ModelBindings } from './private/models/model-bindings';
import { type FunctionNetwork, connectionsOf, createFunctionNetwork } from './private/network/function-network';
import { allowEndpoint, endpointConfiguration, privateUrl } from './private/network/private-api';
import { VpcEndpoints } from './private/network/vpc-endpoints';
import { addAlarms, addDashboard } from './private/observability/add-ons';
import { observedApi } from './private/observability/observed-api';
import { type PlaygroundApi, playgroundApi } from './private/playground/playground-api';
import { EventPublishing } from './private/resources/event-rules';
import { type QueueBinding } from './private/resources/queues';
import { createRecordTable } from './private/resources/record-table';
import { annotate } from './private/validation/annotations';
import { budgetProblems, configuredBudget } from './private/validation/budget';
import { integrationTimeout } from './private/validation/compute';
import { checkModelRoutes } from './private/validation/network';
import { type ResolvedProps, resolveProps } from './private/validation/resolve-props';
import { throwProblems } from './private/validation/rules';

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
   * The API must be in the same account and region. It publishes events only if its own stack calls one of the `onImage...` methods.
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

  private readonly props: ResolvedProps;
  private readonly models: ModelBindings;
  private readonly auth: ApiAuthBinding;
  private readonly queues?: QueueBinding;
  private readonly events: EventPublishing;
  private readonly functionNetwork?: FunctionNetwork;
  private readonly endpoints?: VpcEndpoints;

  constructor(scope: Construct, id: string, props: GenAiImageApiProps = {}) {
    super(scope, id);
    deployChangedAuthorizers(this);
    this.props = resolveProps(this, props);
    const { auth, compute, corsOrigins, delivery, edits, encryptionKey, limits, network, removalPolicy, routes, storage } = this.props;
    const bindContext = { corsOrigins, encryptionKey, hasUploads: edits !== undefined, removalPolicy };
    this.models = new ModelBindings(this, this.props);
    checkModelRoutes(this, network, this.models.bindings);
    this.functionNetwork = createFunctionNetwork(this, network);
    this.bucket = storage._bind(this, bindContext);
    this.table = createRecordTable(this, 'Table', bindContext);
    this.accessLogGroup = createLogGroup(this, 'AccessLogs', { retention: compute.logRetention, encryptionKey });
    this.restApi = createRestApi(this, 'Api', {
      accessLogs: this.accessLogGroup, endpoint: endpointConfiguration(network?.privateEndpoint), limits, tracing: compute.tracing,
    });
    this.restApiId = this.restApi.restApiId;
    this.url = network?.privateEndpoint ? privateUrl(this.restApi, network.privateEndpoint) : this.restApi.url;
    this.auth = auth.bind(this, { restApi: this.restApi, compute, encryptionKey, limits, network: this.functionNetwork });
    if (network?.privateEndpoint) allowEndpoint(this.restApi, network.privateEndpoint, this.auth);
    this.usagePlan = this.auth.usagePlan;
    this.queues = delivery._bind(this, bindContext);
    this.queue = this.queues?.queue;
    this.deadLetterQueue = this.queues?.deadLetterQueue;
    const { api, worker, policies } = createHandlers(this, {
      bucket: this.bucket,
      compute,
      configuration: () => this.configuration,
      encryptionKey,
      models: this.models.permissions,
      hasBudget: configuredBudget(limits) !== undefined,
      network: this.functionNetwork,
      prefix: storage.prefix,
      queues: this.queues,
      table: this.table,
    });
    this.handler = api.handler;
    this.logGroup = api.logGroup;
    this.worker = worker?.handler;
    this.workerLogGroup = worker?.logGroup;
    if (this.functionNetwork && network?.createEndpoints) {
      this.endpoints = new VpcEndpoints(this, this.functionNetwork, { models: this.models.bindings, hasQueue: this.queues !== undefined });
    }
    this.events = new EventPublishing(this, policies);
    throwProblems('GenAiImageApi', this.node.path, budgetProblems(limits, this.models.configuration, this.authMode !== 'none'));
    const features = { edits, textModel: this.props.textModel, queue: this.queues };
    const selected = selectRoutes(routes.map((set) => set._bind()), features, this.authMode !== 'none');
    const gateway = { auth: this.auth, routes: selected, corsOrigins, timeout: integrationTimeout(compute.timeout) };
    addRoutes(this.restApi, api.target, gateway);
    protectAddedMethods(this.restApi, this.auth.methodOptions);
    addGatewayResponses(new Construct(this, 'Errors'), this.restApi, gateway);
    if (encryptionKey) allowLogEncryption(this, encryptionKey);
    annotate(this, { models: this.models, props: this.props, auth: this.auth, routes: selected });
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
    return ApiClients.addTo(this, name, options.keyVersion);
  }

  /**
   * Returns the API key of a client, for example to output its id. Only with `ApiAuth.apiKey()`.
   *
   * @param name a client in `clients`, or added with `addApiClient`
   * @returns the key; read its value with `aws apigateway get-api-key --include-value`
   */
  public apiClientKey(name: string, options: ApiClientOptions = {}): apigateway.IApiKey {
    return ApiClients.keyOf(this, name, options.keyVersion);
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
    return ImageAlarms._of(addAlarms(observedApi(this, this.configuration), id, options));
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
    return addDashboard(observedApi(this, this.configuration), id, props);
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
    const { legacy } = configuredRoutes(this.props.routes.map((set) => set._bind()));
    return ApiFirewall.addTo(this, { restApi: this.restApi, auth: this.auth, legacy }, options);
  }

  /**
   * Connections of the functions, for the rules of their security groups. Only with `network` and a `vpc`.
   */
  public get connections(): ec2.Connections {
    return connectionsOf(this.functionNetwork, this.node.path);
  }

  private get authMode(): string {
    return this.auth.owner._configuration.mode;
  }

  /** Evaluated at synthesis, when all API clients and event rules are known. */
  private get configuration(): HandlerConfiguration {
    const { corsOrigins, limits, presignTtl, routes, storage } = this.props;
    const budget = configuredBudget(limits);
    return {
      api: this.restApiId,
      bucket: this.bucket.bucketName,
      prefix: storage.prefix,
      table: this.table.tableName,
      expirationDays: storage.expiration.toDays(),
      presignTtlSeconds: presignTtl.toSeconds(),
      corsOrigins,
      ...configuredRoutes(routes.map((set) => set._bind())),
      auth: configuredAuth(this.auth, ApiClients.of(this)?.configuration),
      ...this.models.configuration,
      ...(budget && { budget }),
      ...(this.queues && { queue: this.queues.configuration }),
      ...(this.events.configuration && { events: this.events.configuration }),
    };
  }

  /**
   * Facts for `ImagePlayground`.
   *
   * @internal
   */
  public get _playgroundApi(): PlaygroundApi {
    return playgroundApi(this, this.props, this.auth);
  }

  /** @internal */
  protected _assertIamAuth(): void {
    if (this.authMode === 'iam') return;
    throw new Error(`grantInvoke() on '${this.node.path}' requires ApiAuth.iam()`);
  }

  /** @internal */
  protected get _subscriptions(): readonly Subscription[] {
    return this.models.subscriptions;
  }

  /** @internal */
  protected _enableEvents(includePrompt: boolean): void {
    this.events.enable(includePrompt);
    this.endpoints?.addInterface('EventBridge');
  }
}

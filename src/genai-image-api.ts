import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ApiAuthBinding } from './api-auth-binding';
import { DomainOptions } from './domain';
import { GenAiImageApiProps } from './genai-image-api-props';
import { ImageEventOptions } from './image-event-options';
import { ApiKeyStrategy } from './private/auth/api-key';
import { ConfiguredAuth, HandlerConfiguration } from './private/contract/configuration';
import { Route } from './private/contract/routes';
import { createDomain } from './private/domain';
import { createHandler, HandlerFunction } from './private/functions/api-function';
import { BundledFunction } from './private/functions/bundled-function';
import { renderConfiguration } from './private/functions/environment';
import { allowLogEncryption, createLogGroup, writeLogs } from './private/functions/log-groups';
import { handlerStatements } from './private/functions/permissions';
import { createRecordTable } from './private/resources/record-table';
import { builtRoutes, configuredRoutes } from './private/gateway/route-selection';
import { createWorker } from './private/functions/worker-function';
import { addGatewayResponses } from './private/gateway/gateway-responses';
import { addRoutes, createRestApi, STAGE_NAME } from './private/gateway/rest-api';
import { grantSubscription, subscriptions } from './private/models/marketplace';
import { callPermissions, modelCalls } from './private/models/model-calls';
import { ImageEvents } from './private/resources/event-rules';
import { maxJobAgeSeconds } from './private/resources/queue-options';
import { createQueues, handInStatement, Queues, workStatements } from './private/resources/queues';
import {
  noteAccessLogRole, noteModelSubscription, warnCrossRegion, warnGuardedUpscales, warnIntegrationTimeout, warnLongPresignTtl,
} from './private/validation/annotations';
import { exceedsGatewayQuota, integrationTimeout } from './private/validation/compute';
import { ResolvedProps, resolveProps } from './private/validation/resolve-props';

/**
 * An image-generation API: a REST API, one function that calls a model on Amazon Bedrock, a bucket for the images and a
 * table for their records.
 *
 * Idle, it costs nothing but the stored bytes.
 */
export class GenAiImageApi extends Construct {
  /**
   * Where the API answers, with a slash at the end: `${url}images`.
   */
  public readonly url: string;

  /**
   * The API, to add to it what this construct does not offer.
   */
  public readonly restApi: apigateway.RestApi;

  /**
   * The function behind all routes.
   */
  public readonly handler: lambda.Function;

  /**
   * Where images are kept.
   */
  public readonly bucket: s3.IBucket;

  /**
   * Where records of images are kept.
   */
  public readonly table: dynamodb.Table;

  /**
   * The log of the function.
   */
  public readonly logGroup: logs.LogGroup;

  /**
   * Rates and quota of the clients; only with `ApiAuth.apiKey()`.
   */
  public readonly usagePlan?: apigateway.UsagePlan;

  /**
   * Jobs that wait to be drawn: owner and id of each, no prompt; only with `Delivery.queued()`.
   */
  public readonly queue?: sqs.Queue;

  /**
   * Jobs that failed for good, which an operator can hand in again; only with `Delivery.queued()`.
   */
  public readonly deadLetterQueue?: sqs.Queue;

  /**
   * The function that works on jobs; only with `Delivery.queued()`.
   */
  public readonly worker?: lambda.Function;

  private readonly props: ResolvedProps;
  private readonly auth: ApiAuthBinding;
  private readonly events: ImageEvents;

  constructor(scope: Construct, id: string, props: GenAiImageApiProps = {}) {
    super(scope, id);
    this.props = resolveProps(this, props);
    this.bucket = this.props.storage._bind(this, 'Bucket', { ...this.props, uploads: this.props.edits !== undefined });
    this.table = createRecordTable(this, 'Table', this.props);
    this.logGroup = this.createLogs('HandlerLogs');
    this.restApi = this.createApi();
    this.url = this.restApi.url;
    this.auth = this.props.auth.bind(this, { restApi: this.restApi, compute: this.props.compute, encryptionKey: props.encryptionKey });
    this.usagePlan = this.auth.usagePlan;
    const queues = this.createQueues();
    this.queue = queues?.queue;
    this.deadLetterQueue = queues?.deadLetterQueue;
    const { handler, policy, target } = this.createHandler(queues);
    this.handler = handler;
    const worker = this.createWorker(queues, policy);
    this.worker = worker?.handler;
    this.events = new ImageEvents(this, this.restApi, [...new Set([policy, ...(worker ? [worker.policy] : [])])]);
    this.addMethods(target);
    this.addErrors();
    if (props.encryptionKey) allowLogEncryption(this, props.encryptionKey);
    this.annotate();
  }

  /**
   * Adds a client with an API key of its own; only with `ApiAuth.apiKey()`.
   *
   * @param name 1 to 64 letters, digits, `_` or `-`, starting with a letter or digit; `<name>#2` is a second key of the client
   * @returns the key; its value is read with `aws apigateway get-api-key --include-value`
   */
  public addApiClient(name: string): apigateway.IApiKey {
    const clients = ApiKeyStrategy.clientsOf(this);
    if (clients === undefined) {
      throw new Error(`cannot add the API client '${name}' to '${this.node.path}': its callers have no API keys; `
        + "set 'auth' to ApiAuth.apiKey({ clients: [...] })");
    }
    return clients.add(name);
  }

  /**
   * Gives the API a domain name of your own, beside `url`, which keeps working; once.
   *
   * Add a DNS record for what is returned, for example with `targets.ApiGatewayDomain` of `aws-route53-targets`.
   *
   * @returns the domain, for TLS 1.2 and newer
   */
  public addDomain(options: DomainOptions): apigateway.DomainName {
    return createDomain(this, this.restApi, options);
  }

  /**
   * Has images that are there told on the default event bus of the account, to a rule.
   *
   * The first call of this method, `onImageFailed` or `onImageDeleted` switches events on: until then nothing is sent, nor paid for.
   * Images of the queue are told at least once, so a target may get one event twice; of images drawn at once most are, but one is lost
   * where the event bus cannot be reached after the image is paid for.
   *
   * @param id of the rule
   * @param options its target, and what else it asks for; the event's fields are in docs/events.md
   */
  public onImageSucceeded(id: string, options: ImageEventOptions = {}): events.Rule {
    return this.events.rule(id, 'succeeded', options);
  }

  /**
   * Has images that could not be drawn told, to a rule; see `onImageSucceeded`.
   *
   * That is what a model or a filter refused or failed at, not what a client did wrong. The id finds nothing where the image was to
   * be drawn at once.
   *
   * @param id of the rule
   * @param options its target, and what else it asks for
   */
  public onImageFailed(id: string, options: ImageEventOptions = {}): events.Rule {
    return this.events.rule(id, 'failed', options);
  }

  /**
   * Has images told, to a rule, that their owner deleted, and jobs that he cancelled; see `onImageSucceeded`.
   *
   * Images that expire are not told.
   *
   * @param id of the rule
   * @param options its target, and what else it asks for
   */
  public onImageDeleted(id: string, options: ImageEventOptions = {}): events.Rule {
    return this.events.rule(id, 'deleted', options);
  }

  /**
   * Allows a principal to call the API; only with `ApiAuth.iam()`.
   *
   * Covers all routes of this stage. Callers see their own images only.
   *
   * @param grantee role, user or group, or what has one, for example a function
   */
  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    if (this.authMode !== 'iam') {
      throw new Error(`cannot grant calls of '${this.node.path}': its callers are not identified by IAM, so the permission would have no effect; `
        + "set 'auth' to ApiAuth.iam()");
    }
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: [this.restApi.arnForExecuteApi('*', '/*', STAGE_NAME)],
    });
  }

  /**
   * Allows a principal to subscribe the account to the models on AWS Marketplace.
   *
   * That is needed once per account, before the first image, by a person or a pipeline: not by the function. Whoever
   * has it can accept offers with costs, as neither AWS Marketplace nor Bedrock narrow all of it to these models.
   *
   * Subscribing is narrowed to the products of the models where all of them are known. AWS published none for the models
   * of `edits`, and those outside of the catalog are not known: with one of them the principal may subscribe to any product.
   * Has no effect where no model needs a subscription.
   *
   * @param grantee role, user or group
   */
  public grantModelSubscription(grantee: iam.IGrantable): iam.Grant {
    return grantSubscription(grantee, subscriptions(this.props));
  }

  private get authMode(): ConfiguredAuth['mode'] {
    return this.auth.owner._configuration.mode;
  }

  private createApi(): apigateway.RestApi {
    const { limits, compute } = this.props;
    return createRestApi(this, 'Api', { accessLogs: this.createLogs('AccessLogs'), limits, tracing: compute.tracing });
  }

  private createQueues(): Queues | undefined {
    const { delivery, encryptionKey } = this.props;
    return delivery._queue && createQueues(this, delivery._queue, encryptionKey);
  }

  private createHandler(queues: Queues | undefined): HandlerFunction {
    return createHandler(this, {
      compute: this.props.compute,
      configuration: renderConfiguration(this, () => this.configuration()),
      logGroup: this.logGroup,
      statements: [...this.statements(this.logGroup), ...(queues ? [handInStatement(queues)] : [])],
    });
  }

  private createWorker(queues: Queues | undefined, handlerPolicy: iam.Policy): BundledFunction | undefined {
    const { delivery: { _queue: delivery }, compute } = this.props;
    if (!delivery || !queues) return undefined;
    const logGroup = this.createLogs('WorkerLogs');
    return createWorker(this, {
      compute,
      delivery,
      queues,
      configuration: renderConfiguration(this, () => this.configuration()),
      logGroup,
      // what both may do is there already: two policies of one role may be too large together
      sharedPolicy: compute.role && handlerPolicy,
      statements: [...(compute.role ? [writeLogs(logGroup)] : this.statements(logGroup)), ...workStatements(queues)],
    });
  }

  /** What drawing and storing takes, whichever function does it. */
  private statements(logGroup: logs.ILogGroup): iam.PolicyStatement[] {
    return handlerStatements({
      logGroup,
      calls: callPermissions(this, this.props),
      bucket: this.bucket,
      prefix: this.props.storage._prefix,
      table: this.table,
      encryptionKey: this.props.encryptionKey,
    });
  }

  private get builtRoutes(): Route[] {
    return builtRoutes(this.props, this.authMode !== 'none');
  }

  private addMethods(target: lambda.IFunction): void {
    const { corsOrigins, compute } = this.props;
    addRoutes(this.restApi, target, { auth: this.auth, routes: this.builtRoutes, corsOrigins, timeout: integrationTimeout(compute.timeout) });
  }

  private addErrors(): void {
    addGatewayResponses(new Construct(this, 'Errors'), this.restApi, {
      auth: this.auth,
      requiredQuery: this.builtRoutes.flatMap((route) => route.requiredQuery ?? []),
      corsOrigins: this.props.corsOrigins,
    });
  }

  private createLogs(id: string): logs.LogGroup {
    return createLogGroup(this, id, { retention: this.props.compute.logRetention, encryptionKey: this.props.encryptionKey });
  }

  private configuration(): HandlerConfiguration {
    const { model, additionalModels, edits, textModel, storage, presignTtl, corsOrigins, routes } = this.props;
    const clients = ApiKeyStrategy.clientsOf(this);
    const { region } = Stack.of(this);
    const policy = this.props.promptPolicy?._configuration();
    return {
      bucket: this.bucket.bucketName,
      prefix: storage._prefix,
      table: this.table.tableName,
      expirationDays: storage._expiration.toDays(),
      presignTtlSeconds: presignTtl.toSeconds(),
      corsOrigins,
      ...configuredRoutes(routes),
      auth: {
        ...this.auth.owner._configuration,
        ...(clients && { clients: clients.configuration() }),
        ...(this.props.auth._acceptsBearerKeys && { bearer: true }),
        ...(this.auth.credentialHeaders && { headers: this.auth.credentialHeaders }),
      },
      models: [model, ...additionalModels].map((each) => each._configuration(this)),
      ...(edits && { edits: edits._configuration(region) }),
      ...(textModel && { textModel: textModel._call(region).configuration }),
      ...(policy && { policy }),
      ...this.configuredQueue(),
      ...this.events.configuration,
    };
  }

  private configuredQueue(): Pick<HandlerConfiguration, 'queue'> {
    const { queue, deadLetterQueue, props: { delivery: { _queue: options } } } = this;
    if (!queue || !deadLetterQueue || !options) return {};
    const { maxConcurrency: concurrency, maxReceiveCount } = options;
    return { queue: { url: queue.queueUrl, deadLetterUrl: deadLetterQueue.queueUrl, concurrency, maxReceiveCount, maxAgeSeconds: maxJobAgeSeconds(options) } };
  }

  private annotate(): void {
    const { model, additionalModels, edits, promptPolicy, presignTtl, compute } = this.props;
    [model, ...additionalModels].forEach((each) => each._annotateEnd(this));
    warnCrossRegion(this, modelCalls(this, this.props));
    noteModelSubscription(this, subscriptions(this.props));
    noteAccessLogRole(this);
    if (edits && promptPolicy?._guardrail) warnGuardedUpscales(this, edits._configuration(Stack.of(this).region).operations);
    warnLongPresignTtl(this, presignTtl);
    if (exceedsGatewayQuota(compute.timeout)) warnIntegrationTimeout(this, integrationTimeout(compute.timeout));
  }
}

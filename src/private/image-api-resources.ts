import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type ApiAuthBinding } from '../api-auth-binding';
import { ApiClients } from './auth/api-clients';
import { bindAuth } from './auth/bind-auth';
import { type ConfiguredAuth, type ConfiguredBudget, type HandlerConfiguration } from './contract/configuration';
import { configuredAuth, configuredBudget } from './functions/environment';
import { createHandlers, type Handlers } from './functions/handlers';
import { allowLogEncryption, createLogGroup } from './functions/log-groups';
import { addGatewayResponses } from './gateway/gateway-responses';
import { integrationTimeout } from './gateway/integration-timeout';
import { addRoutes, createRestApi, deployChangedAuthorizers, protectAddedMethods } from './gateway/rest-api';
import { configuredRoutes, selectRoutes } from './gateway/route-selection';
import { ModelBindings } from './models/model-bindings';
import { type FunctionNetwork, createFunctionNetwork } from './network/function-network';
import { allowEndpoint, endpointConfiguration, privateUrl } from './network/private-api';
import { VpcEndpoints } from './network/vpc-endpoints';
import { EventPublishing } from './resources/event-rules';
import { type QueueBinding } from './resources/queues';
import { createRecordTable } from './resources/record-table';
import { annotate } from './validation/annotations/annotate';
import { budgetProblems } from './validation/budget';
import { noteNeededEndpoints, throwOrWarnUnreachableModels } from './validation/network';
import { type ResolvedProps } from './validation/resolve-props';
import { throwProblems } from './validation/rules';

/** Creates the resources of an API in the scope of its construct, and connects them. */
export class ImageApiResources {
  public readonly accessLogGroup: logs.LogGroup;
  public readonly auth: ApiAuthBinding;
  public readonly bucket: s3.IBucket;
  public readonly functionNetwork?: FunctionNetwork;
  public readonly handlers: Handlers;
  public readonly models: ModelBindings;
  public readonly queues?: QueueBinding;
  public readonly restApi: apigateway.RestApi;
  public readonly table: dynamodb.Table;
  public readonly url: string;

  private readonly endpoints?: VpcEndpoints;
  private readonly events: EventPublishing;
  private readonly budget?: ConfiguredBudget;

  constructor(private readonly scope: Construct, public readonly props: ResolvedProps) {
    const { auth, compute, corsOrigins, delivery, edits, encryptionKey, limits, network, removalPolicy, storage } = props;
    const bindContext = { corsOrigins, encryptionKey, hasUploads: edits !== undefined, removalPolicy };
    deployChangedAuthorizers(scope);
    this.budget = configuredBudget(limits);
    this.models = new ModelBindings(scope, props);
    throwOrWarnUnreachableModels(scope, network, this.models.bindings);
    noteNeededEndpoints(scope, network);
    this.functionNetwork = createFunctionNetwork(scope, network);
    this.bucket = storage._bind(scope, bindContext);
    this.table = createRecordTable(scope, 'Table', bindContext);
    this.accessLogGroup = createLogGroup(scope, 'AccessLogs', { retention: compute.logRetention, encryptionKey });
    this.restApi = createRestApi(scope, 'Api', {
      accessLogs: this.accessLogGroup, endpoint: endpointConfiguration(network?.privateEndpoint), limits, tracing: compute.tracing,
    });
    this.url = network?.privateEndpoint ? privateUrl(this.restApi, network.privateEndpoint) : this.restApi.url;
    this.auth = bindAuth(auth, scope, { restApi: this.restApi, compute, encryptionKey, limits, network: this.functionNetwork });
    if (network?.privateEndpoint) allowEndpoint(this.restApi, network.privateEndpoint, this.auth);
    this.queues = delivery._bind(scope, bindContext);
    this.handlers = createHandlers(scope, {
      bucket: this.bucket,
      compute,
      configuration: () => this.configuration,
      encryptionKey,
      models: this.models.permissions,
      hasBudget: this.budget !== undefined,
      network: this.functionNetwork,
      prefix: storage.prefix,
      queues: this.queues,
      table: this.table,
    });
    if (this.functionNetwork && network?.createEndpoints) {
      this.endpoints = new VpcEndpoints(scope, this.functionNetwork, { calls: this.models.calls, hasQueue: this.queues !== undefined });
    }
    this.events = new EventPublishing(scope, this.handlers.policies);
    this.addGateway();
    if (encryptionKey) allowLogEncryption(scope, encryptionKey);
  }

  public get authMode(): ConfiguredAuth['mode'] {
    return this.auth.owner._configuration.mode;
  }

  /** Configuration of the handlers. Evaluated at synthesis, when all API clients and event rules are known. */
  public get configuration(): HandlerConfiguration {
    const { corsOrigins, presignTtl, routeSets, storage } = this.props;
    return {
      api: this.restApi.restApiId,
      bucket: this.bucket.bucketName,
      prefix: storage.prefix,
      table: this.table.tableName,
      expirationDays: storage.expiration.toDays(),
      presignTtlSeconds: presignTtl.toSeconds(),
      corsOrigins,
      ...configuredRoutes(routeSets),
      auth: configuredAuth(this.auth, ApiClients.of(this.scope)?.configuration),
      ...this.models.configuration,
      ...(this.budget && { budget: this.budget }),
      ...(this.queues && { queue: this.queues.configuration }),
      ...(this.events.configuration && { events: this.events.configuration }),
    };
  }

  public enableEvents(includePrompt: boolean): void {
    this.events.enable(includePrompt);
    this.endpoints?.addInterface('EventBridge');
  }

  /** Adds routes, and responses for the errors of API Gateway itself. */
  private addGateway(): void {
    const { compute, corsOrigins, edits, limits, routeSets, textModel } = this.props;
    const hasOwners = this.authMode !== 'none';
    throwProblems('GenAiImageApi', this.scope.node.path, budgetProblems(limits, this.models.configuration, hasOwners));
    const routes = selectRoutes(routeSets, { edits, textModel, queue: this.queues }, hasOwners);
    const gateway = { auth: this.auth, routes, corsOrigins, timeout: integrationTimeout(compute.timeout) };
    addRoutes(this.restApi, this.handlers.api.target, gateway);
    protectAddedMethods(this.restApi, this.auth.methodOptions);
    addGatewayResponses(new Construct(this.scope, 'Errors'), this.restApi, gateway);
    annotate(this.scope, { models: this.models, props: this.props, auth: this.auth, routes, hasQueue: this.queues !== undefined });
  }
}

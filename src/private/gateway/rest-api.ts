import { type Duration, Names } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { APIGATEWAY_AUTHORIZER_CHANGE_DEPLOYMENT_LOGICAL_ID } from 'aws-cdk-lib/cx-api';
import { type Construct } from 'constructs';
import { preflight } from './preflight';
import { type ApiAuthBinding } from '../../api-auth-binding';
import { IMAGE_MEDIA_TYPES, type Route } from '../contract/routes';
import { type ResolvedLimits } from '../validation/limits';

export const STAGE_NAME = 'prod';

/** Fields of the access log. Query strings, resolved paths, headers and bodies are not logged, because they contain prompts and ids. */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
  // clients can choose the request id
  extendedRequestId: '$context.extendedRequestId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  responseBytes: '$context.responseLength',
  ip: '$context.identity.sourceIp',
  apiKeyId: '$context.identity.apiKeyId',
  caller: '$context.identity.caller',
  error: '$context.error.responseType',
};

/**
 * Makes CDK create a new deployment if an authorizer changes; otherwise the stage still uses the previous authorizer. Apps that `cdk init`
 * created have this feature flag, older apps do not. Flags must be set before the scope has children.
 */
export function deployChangedAuthorizers(scope: Construct): void {
  scope.node.setContext(APIGATEWAY_AUTHORIZER_CHANGE_DEPLOYMENT_LOGICAL_ID, true);
}

export interface RestApiOptions {
  readonly accessLogs: logs.LogGroup;
  readonly limits: ResolvedLimits;
  readonly endpoint: apigateway.EndpointConfiguration;
  readonly tracing: lambda.Tracing;
}

/** Creates the REST API with its stage. Methods are added later. */
export function createRestApi(scope: Construct, id: string, { accessLogs, endpoint, limits, tracing }: RestApiOptions): apigateway.RestApi {
  const restApi = new apigateway.RestApi(scope, id, {
    // a label in the console; it does not have to be unique
    restApiName: Names.uniqueResourceName(scope, { maxLength: 64, separator: '-' }),
    description: 'Generates images',
    endpointConfiguration: endpoint,
    // one role per account and Region: a stack that sets it overwrites the role of other stacks
    cloudWatchRole: false,
    binaryMediaTypes: [...IMAGE_MEDIA_TYPES, 'multipart/form-data'],
    // filled by protectAddedMethods()
    defaultMethodOptions: {},
    deployOptions: {
      stageName: STAGE_NAME,
      throttlingRateLimit: limits.rateLimit,
      throttlingBurstLimit: limits.burstLimit,
      accessLogDestination: new apigateway.LogGroupLogDestination(accessLogs),
      accessLogFormat: apigateway.AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      // data traces would log prompts
      dataTraceEnabled: false,
      // metrics by method have a cost; metrics by API are free and always on
      metricsEnabled: false,
      ...(tracing === lambda.Tracing.ACTIVE && { tracingEnabled: true }),
    },
  });
  // the user decides about outputs of the stack
  restApi.node.tryRemoveChild('Endpoint');
  return restApi;
}

export interface RouteOptions {
  readonly auth: ApiAuthBinding;
  readonly routes: readonly Route[];
  readonly corsOrigins: readonly string[];
  readonly timeout: Duration;
}

export function addRoutes(restApi: apigateway.RestApi, target: lambda.IFunction, options: RouteOptions): void {
  const { auth, routes, corsOrigins, timeout } = options;
  // one Lambda permission for the API instead of two per method
  const integration = new apigateway.LambdaIntegration(target, { scopePermissionToMethod: false, timeout });
  const validation = requestValidation(restApi);
  for (const route of routes) {
    const methodOptions = route.bearer ? auth.bearerMethodOptions ?? auth.methodOptions : auth.methodOptions;
    restApi.root.resourceForPath(route.path).addMethod(route.method, integration, { ...methodOptions, ...validation(route) });
  }
  if (corsOrigins.length > 0) addPreflights(restApi, options);
}

/**
 * Makes methods that users add to the API require the same credentials; otherwise they would be public. The methods of this construct exist
 * already, so that preflights do not inherit options.
 */
export function protectAddedMethods(restApi: apigateway.RestApi, methodOptions: apigateway.MethodOptions): void {
  const resources = restApi.node.findAll().filter((each) => each instanceof apigateway.Resource);
  for (const { defaultMethodOptions } of [restApi.root, ...resources]) Object.assign(defaultMethodOptions!, methodOptions);
}

/** API Gateway only validates that a body is a JSON object and that a required query parameter exists. The handler validates completely and reports all errors. */
function requestValidation(restApi: apigateway.RestApi): (route: Route) => apigateway.MethodOptions {
  const model = restApi.addModel('JsonObject', {
    contentType: 'application/json',
    schema: { schema: apigateway.JsonSchemaVersion.DRAFT4, type: apigateway.JsonSchemaType.OBJECT },
  });
  const requestValidator = restApi.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true });
  return ({ jsonBody, requiredQuery }) => ({
    ...((jsonBody || requiredQuery !== undefined) && { requestValidator }),
    ...(jsonBody && { requestModels: { 'application/json': model } }),
    ...(requiredQuery !== undefined && { requestParameters: { [`method.request.querystring.${requiredQuery}`]: true } }),
  });
}

function addPreflights(restApi: apigateway.RestApi, { auth, routes, corsOrigins }: RouteOptions): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map((route) => route.method);
    restApi.root.resourceForPath(path).addCorsPreflight(preflight(corsOrigins, methods, auth.credentialHeaders));
  }
}

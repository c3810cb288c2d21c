import { Duration, Names } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { preflight } from './preflight';
import { ApiAuthBinding } from '../../api-auth-binding';
import { LimitOptions } from '../../limits';
import { Route } from '../contract/routes';

export const STAGE_NAME = 'prod';

/** What is logged of each request: never a query, a path with values, a header or a body, as prompts and ids travel there. */
const ACCESS_LOG_FIELDS = {
  requestId: '$context.requestId',
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

export interface RestApiOptions {
  readonly accessLogs: logs.LogGroup;
  readonly limits: Required<LimitOptions>;
  readonly tracing: lambda.Tracing;
}

/** The API with its stage; methods are added later. */
export function createRestApi(scope: Construct, id: string, { accessLogs, limits, tracing }: RestApiOptions): apigateway.RestApi {
  const restApi = new apigateway.RestApi(scope, id, {
    // a label in the console, not a name that has to be unique
    restApiName: Names.uniqueResourceName(scope, { maxLength: 64, separator: '-' }),
    description: 'Generates images',
    endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
    // one per account and region: a stack that sets it takes it from others
    cloudWatchRole: false,
    binaryMediaTypes: ['image/*', 'multipart/form-data'],
    deployOptions: {
      stageName: STAGE_NAME,
      throttlingRateLimit: limits.rateLimit,
      throttlingBurstLimit: limits.burstLimit,
      accessLogDestination: new apigateway.LogGroupLogDestination(accessLogs),
      accessLogFormat: apigateway.AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      // would write prompts into the log
      dataTraceEnabled: false,
      // metrics by method are charged for; those by API are free and always there
      metricsEnabled: false,
      ...(tracing === lambda.Tracing.ACTIVE && { tracingEnabled: true }),
    },
  });
  // outputs belong to the user's stack
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
  // one permission for the API instead of two for each method
  const integration = new apigateway.LambdaIntegration(target, { scopePermissionToMethod: false, timeout });
  const checks = requestChecks(restApi);
  for (const route of routes) {
    const methodOptions = route.bearer ? auth.bearerMethodOptions ?? auth.methodOptions : auth.methodOptions;
    restApi.root.resourceForPath(route.path).addMethod(route.method, integration, { ...methodOptions, ...checks(route) });
  }
  if (corsOrigins.length > 0) addPreflights(restApi, options);
}

/** The handler validates completely and names each fault; the gateway only keeps out what lacks all: a JSON object, or the one query parameter. */
function requestChecks(restApi: apigateway.RestApi): (route: Route) => apigateway.MethodOptions {
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

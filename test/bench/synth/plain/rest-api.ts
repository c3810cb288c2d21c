import { Duration, type Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';

const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
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
});

export function createRestApi(stack: Stack, accessLogs: logs.ILogGroup, apiKeySourceType?: apigateway.ApiKeySourceType): apigateway.RestApi {
  const restApi = new apigateway.RestApi(stack, 'Api', {
    description: 'Generates images',
    endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
    cloudWatchRole: false,
    apiKeySourceType,
    binaryMediaTypes: ['image/*', 'image/png', 'image/jpeg', 'image/webp', 'image/jpg', 'image/avif', 'image/apng', 'multipart/form-data'],
    deployOptions: {
      throttlingRateLimit: 10,
      throttlingBurstLimit: 20,
      accessLogDestination: new apigateway.LogGroupLogDestination(accessLogs),
      accessLogFormat: apigateway.AccessLogFormat.custom(ACCESS_LOG_FORMAT),
      dataTraceEnabled: false,
      metricsEnabled: false,
    },
  });
  restApi.node.tryRemoveChild('Endpoint');
  return restApi;
}

export interface Methods {
  readonly path: string;
  /** Methods by name; `json` if API Gateway validates that the body is a JSON object. */
  readonly methods: Readonly<Record<string, 'any' | 'json'>>;
  readonly options: apigateway.MethodOptions;
  readonly cors?: Omit<apigateway.CorsOptions, 'allowMethods'>;
}

export function addMethods(restApi: apigateway.RestApi, handler: lambda.IFunction, all: readonly Methods[]): void {
  const integration = new apigateway.LambdaIntegration(handler, { scopePermissionToMethod: false, timeout: Duration.seconds(29) });
  const model = restApi.addModel('JsonObject', {
    contentType: 'application/json',
    schema: { schema: apigateway.JsonSchemaVersion.DRAFT4, type: apigateway.JsonSchemaType.OBJECT },
  });
  const requestValidator = restApi.addRequestValidator('Validator', { validateRequestBody: true, validateRequestParameters: true });
  for (const { path, methods, options, cors } of all) {
    const resource = restApi.root.resourceForPath(path);
    for (const [method, body] of Object.entries(methods)) {
      resource.addMethod(method, integration, { ...options, ...(body === 'json' && { requestValidator, requestModels: { 'application/json': model } }) });
    }
    if (cors) resource.addCorsPreflight({ ...cors, allowMethods: Object.keys(methods) });
  }
}

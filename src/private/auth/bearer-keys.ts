import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type Construct } from 'constructs';
import { type ApiAuthBindOptions } from '../../api-auth-binding';
import { createBundledFunction } from '../functions/bundled-function';
import { createLogGroup, writeLogs } from '../functions/log-groups';
import { createFunctionNetwork } from '../network/function-network';
import { resolveCompute } from '../validation/compute';

const MEMORY_MIB = 128;
const TIMEOUT = Duration.seconds(5);
/** The maximum of API Gateway. A deleted key stops working immediately, because API Gateway validates the key of each request. */
const CACHE = Duration.hours(1);

export interface KeyMethodOptions {
  readonly methodOptions: apigateway.MethodOptions;
  readonly bearerMethodOptions: apigateway.MethodOptions;
}

/**
 * Creates authorizers for keys in `x-api-key` and, on the OpenAI routes, in `Authorization: Bearer`. The key source is one setting per API,
 * so both headers need an authorizer.
 */
export function createKeyAuthorizers(scope: Construct, { restApi, compute, encryptionKey, network }: ApiAuthBindOptions): KeyMethodOptions {
  (restApi.node.defaultChild as apigateway.CfnRestApi).apiKeySourceType = apigateway.ApiKeySourceType.AUTHORIZER;
  const { logRetention, permissionsBoundary, tracing } = resolveCompute(compute);
  const logGroup = createLogGroup(scope, 'KeyAuthorizerLogs', { retention: logRetention, encryptionKey });
  const { handler } = createBundledFunction(scope, 'KeyAuthorizerHandler', {
    bundle: 'key-authorizer',
    prefix: 'KeyAuthorizer',
    description: 'Passes the API key of a request to API Gateway',
    roleDescription: 'Execution role of the API key authorizer of an image API',
    permissionsBoundary,
    network: createFunctionNetwork(scope, network),
    statements: [writeLogs(logGroup)],
    memorySize: MEMORY_MIB,
    timeout: TIMEOUT,
    tracing,
    logGroup,
  });
  const keyFrom = (id: string, header: string): apigateway.MethodOptions => ({
    authorizationType: apigateway.AuthorizationType.CUSTOM,
    authorizer: new apigateway.RequestAuthorizer(scope, id, {
      handler, identitySources: [apigateway.IdentitySource.header(header)], resultsCacheTtl: CACHE,
    }),
    apiKeyRequired: true,
  });
  return { methodOptions: keyFrom('KeyAuthorizer', 'x-api-key'), bearerMethodOptions: keyFrom('BearerAuthorizer', 'Authorization') };
}

import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { ApiAuthBindOptions } from '../../api-auth-binding';
import { createBundledFunction } from '../functions/bundled-function';
import { createLogGroup, writeLogs } from '../functions/log-groups';
import { resolveCompute } from '../validation/compute';

const MEMORY_MIB = 128;
const TIMEOUT = Duration.seconds(5);
/** The most that API Gateway keeps an answer for. A key that is taken back is refused at once all the same: API Gateway looks at each request. */
const CACHE = Duration.hours(1);

/** How methods are protected by keys in either header. */
export interface KeyMethodOptions {
  readonly methodOptions: apigateway.MethodOptions;
  readonly bearerMethodOptions: apigateway.MethodOptions;
}

/**
 * Keys in `x-api-key` and, where clients can send no other header, in `Authorization: Bearer`. Where API Gateway takes keys from is one
 * setting for a whole API: with an authorizer for each header, both are answers of an authorizer.
 */
export function bearerKeys(scope: Construct, { restApi, compute, encryptionKey }: ApiAuthBindOptions): KeyMethodOptions {
  (restApi.node.defaultChild as apigateway.CfnRestApi).apiKeySourceType = apigateway.ApiKeySourceType.AUTHORIZER;
  const { logRetention, permissionsBoundary, tracing } = resolveCompute(compute);
  const logGroup = createLogGroup(scope, 'KeyAuthorizerLogs', { retention: logRetention, encryptionKey });
  const { handler } = createBundledFunction(scope, 'KeyAuthorizerHandler', {
    bundle: 'key-authorizer',
    prefix: 'KeyAuthorizer',
    description: 'Tells API Gateway which API key a request to an image API presents',
    roleDescription: 'Runs the authorizer of API keys of an image API',
    permissionsBoundary,
    statements: [writeLogs(logGroup)],
    memorySize: MEMORY_MIB,
    timeout: TIMEOUT,
    tracing,
    logGroup,
  });
  const keyIn = (id: string, header: string): apigateway.MethodOptions => ({
    authorizationType: apigateway.AuthorizationType.CUSTOM,
    authorizer: new apigateway.RequestAuthorizer(scope, id, {
      handler, identitySources: [apigateway.IdentitySource.header(header)], resultsCacheTtl: CACHE,
    }),
    apiKeyRequired: true,
  });
  return { methodOptions: keyIn('KeyAuthorizer', 'x-api-key'), bearerMethodOptions: keyIn('BearerAuthorizer', 'Authorization') };
}

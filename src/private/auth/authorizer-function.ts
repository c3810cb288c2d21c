import { Duration, Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { type ApiAuthBindOptions } from '../../api-auth-binding';
import { AUTHORIZER_VARIABLE, type AuthorizerConfiguration } from '../contract/authorizer';
import { createBundledFunction } from '../functions/bundled-function';
import { createLogGroup, writeLogs } from '../functions/log-groups';
import { resolveCompute } from '../validation/compute';

const MEMORY_MIB = 256;
const TIMEOUT = Duration.seconds(10);

/** Creates the function that validates tokens. Its only permission is to write its log. */
export function createAuthorizerFunction(
  scope: Construct, configuration: AuthorizerConfiguration, { compute, encryptionKey }: Pick<ApiAuthBindOptions, 'compute' | 'encryptionKey'>,
): lambda.Function {
  const { logRetention, permissionsBoundary, tracing } = resolveCompute(compute);
  const logGroup = createLogGroup(scope, 'AuthorizerLogs', { retention: logRetention, encryptionKey });
  return createBundledFunction(scope, 'AuthorizerHandler', {
    bundle: 'authorizer',
    prefix: 'Authorizer',
    description: 'Validates the tokens of requests to an image API',
    roleDescription: 'Execution role of the token authorizer of an image API',
    permissionsBoundary,
    statements: [writeLogs(logGroup)],
    memorySize: MEMORY_MIB,
    timeout: TIMEOUT,
    tracing,
    environment: { [AUTHORIZER_VARIABLE]: Stack.of(scope).toJsonString(configuration) },
    logGroup,
  }).handler;
}

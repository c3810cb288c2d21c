import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type BundledFunction, createBundledFunction } from './bundled-function';
import { CONFIGURATION_VARIABLE } from '../contract/configuration';
import { type FunctionNetwork } from '../network/function-network';
import { type ResolvedCompute } from '../validation/compute';

export interface ApiFunctionOptions {
  readonly compute: ResolvedCompute;
  /** Configuration of the handler as JSON. */
  readonly configuration: string;
  readonly logGroup: logs.ILogGroup;
  readonly network?: FunctionNetwork;
  readonly statements: iam.PolicyStatement[];
}

export interface ApiFunction extends BundledFunction {
  /** The function, or its alias with provisioned concurrency, which API Gateway invokes. */
  readonly target: lambda.IFunction;
}

export function createApiFunction(scope: Construct, { compute, configuration, logGroup, network, statements }: ApiFunctionOptions): ApiFunction {
  const { role, permissionsBoundary, memorySize, timeout, reservedConcurrency, tracing } = compute;
  const { handler, policy } = createBundledFunction(scope, 'Handler', {
    bundle: 'api',
    prefix: 'Handler',
    description: 'Handles the requests of an image API',
    roleDescription: 'Execution role of the handler of an image API',
    role,
    permissionsBoundary,
    network,
    statements,
    memorySize,
    timeout,
    reservedConcurrentExecutions: reservedConcurrency,
    // ACTIVE adds X-Ray permissions on '*', because X-Ray has no resource types
    tracing,
    environment: { [CONFIGURATION_VARIABLE]: configuration },
    logGroup,
  });
  const { provisionedConcurrency } = compute;
  return { handler, policy, target: provisionedConcurrency === undefined ? handler : createAlias(scope, handler, provisionedConcurrency) };
}

function createAlias(scope: Construct, handler: lambda.Function, provisionedConcurrentExecutions: number): lambda.Alias {
  return new lambda.Alias(scope, 'HandlerAlias', { aliasName: 'live', version: handler.currentVersion, provisionedConcurrentExecutions });
}

import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BundledFunction, createBundledFunction } from './bundled-function';
import { CONFIGURATION_VARIABLE } from '../contract/configuration';
import { ResolvedCompute } from '../validation/compute';

export interface HandlerFunctionOptions {
  readonly compute: ResolvedCompute;
  /** The JSON document for the environment. */
  readonly configuration: string;
  readonly logGroup: logs.ILogGroup;
  readonly statements: iam.PolicyStatement[];
}

export interface HandlerFunction extends BundledFunction {
  /** What the gateway calls: the alias with warm instances where there is one. */
  readonly target: lambda.IFunction;
}

export function createHandler(scope: Construct, { compute, configuration, logGroup, statements }: HandlerFunctionOptions): HandlerFunction {
  const { role, permissionsBoundary, memorySize, timeout, reservedConcurrency, tracing } = compute;
  const { handler, policy } = createBundledFunction(scope, 'Handler', {
    bundle: 'api',
    prefix: 'Handler',
    description: 'Answers the requests of an image API',
    roleDescription: 'Runs the handler of an image API',
    role,
    permissionsBoundary,
    statements,
    memorySize,
    timeout,
    reservedConcurrentExecutions: reservedConcurrency,
    // ACTIVE lets the role write to X-Ray, which has no resources to name: the one '*' there can be, and only when asked for
    tracing,
    environment: { [CONFIGURATION_VARIABLE]: configuration },
    logGroup,
  });
  const { provisionedConcurrency } = compute;
  return { handler, policy, target: provisionedConcurrency === undefined ? handler : createWarmAlias(scope, handler, provisionedConcurrency) };
}

function createWarmAlias(scope: Construct, handler: lambda.Function, provisionedConcurrentExecutions: number): lambda.Alias {
  return new lambda.Alias(scope, 'HandlerAlias', { aliasName: 'live', version: handler.currentVersion, provisionedConcurrentExecutions });
}

import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { bundledCode } from './bundle';
import { ResolvedCompute } from './compute';
import { CONFIGURATION_VARIABLE } from './contract/configuration';

export interface HandlerFunctionOptions {
  readonly compute: ResolvedCompute;
  /** The JSON document for the environment. */
  readonly configuration: string;
  readonly logGroup: logs.ILogGroup;
  readonly statements: iam.PolicyStatement[];
}

export interface HandlerFunction {
  readonly handler: lambda.Function;
  /** What the gateway calls: the alias with warm instances where there is one. */
  readonly target: lambda.IFunction;
}

export function createHandler(scope: Construct, { compute, configuration, logGroup, statements }: HandlerFunctionOptions): HandlerFunction {
  const role = compute.role ?? createRole(scope, compute);
  // A policy here, not statements on the role: a role of another stack would otherwise depend on this stack, which depends on it.
  const policy = new iam.Policy(scope, 'HandlerPolicy', { roles: [role], statements });
  const handler = new lambda.Function(scope, 'Handler', {
    description: 'Answers the requests of an image API',
    code: bundledCode('api'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: compute.memorySize,
    timeout: compute.timeout,
    reservedConcurrentExecutions: compute.reservedConcurrency,
    // ACTIVE lets the role write to X-Ray, which has no resources to name: the one '*' there can be, and only when asked for
    tracing: compute.tracing,
    environment: { [CONFIGURATION_VARIABLE]: configuration },
    logGroup,
    role,
  });
  handler.node.addDependency(policy);
  const { provisionedConcurrency } = compute;
  return { handler, target: provisionedConcurrency === undefined ? handler : createWarmAlias(scope, handler, provisionedConcurrency) };
}

function createRole(scope: Construct, { permissionsBoundary }: ResolvedCompute): iam.Role {
  return new iam.Role(scope, 'HandlerRole', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Runs the handler of an image API',
    permissionsBoundary,
  });
}

function createWarmAlias(scope: Construct, handler: lambda.Function, provisionedConcurrentExecutions: number): lambda.Alias {
  return new lambda.Alias(scope, 'HandlerAlias', { aliasName: 'live', version: handler.currentVersion, provisionedConcurrentExecutions });
}

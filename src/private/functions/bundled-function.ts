import * as path from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface BundledFunctionOptions extends Pick<
  lambda.FunctionProps, 'description' | 'memorySize' | 'timeout' | 'reservedConcurrentExecutions' | 'environment' | 'logGroup' | 'tracing'
> {
  /** Folder of its code in the package. */
  readonly bundle: string;
  /** Begins the ids of role and policy. */
  readonly prefix: string;
  readonly roleDescription: string;
  /** Brought by the user instead of one of our own. */
  readonly role?: iam.IRole;
  readonly permissionsBoundary?: iam.IManagedPolicy;
  /** Another function's, of the same role: gets the statements instead of a policy of its own. */
  readonly sharedPolicy?: iam.Policy;
  /** All that it may do, beside what is shared. */
  readonly statements: iam.PolicyStatement[];
}

export interface BundledFunction {
  readonly handler: lambda.Function;
  /** All that it may do; what is found out later is added. */
  readonly policy: iam.Policy;
}

/** A function of ours, bundled when this package was built. */
export function createBundledFunction(
  scope: Construct, id: string, options: BundledFunctionOptions,
): BundledFunction {
  const { bundle, prefix, roleDescription, role: given, permissionsBoundary, sharedPolicy, statements, ...props } = options;
  const role = given ?? new iam.Role(scope, `${prefix}Role`, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: roleDescription,
    permissionsBoundary,
  });
  // A policy here, not statements on the role: a role of another stack would otherwise depend on this stack, which depends on it.
  const policy = sharedPolicy ?? new iam.Policy(scope, `${prefix}Policy`, { roles: [role] });
  policy.addStatements(...statements);
  const handler = new lambda.Function(scope, id, {
    ...props,
    code: bundledCode(bundle),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    role,
  });
  handler.node.addDependency(policy);
  return { handler, policy };
}

/** The folder is three levels up from here both in the sources and in the compiled package. */
function bundledCode(bundle: string): lambda.Code {
  return lambda.Code.fromAsset(path.join(__dirname, '..', '..', '..', 'assets', bundle));
}

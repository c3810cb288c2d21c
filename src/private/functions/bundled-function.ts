import * as path from 'node:path';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { validatePolicySize } from './policy-size';
import { type FunctionNetwork, networkProps, networkStatements } from '../network/function-network';

export interface BundledFunctionOptions extends Pick<
  lambda.FunctionProps, 'description' | 'memorySize' | 'timeout' | 'reservedConcurrentExecutions' | 'environment' | 'logGroup' | 'tracing'
> {
  /** Folder of the code under assets/. */
  readonly bundle: string;
  /** Prefix of the ids of role and policy. */
  readonly prefix: string;
  readonly roleDescription: string;
  /** Role of the user, instead of a created role. */
  readonly role?: iam.IRole;
  readonly permissionsBoundary?: iam.IManagedPolicy;
  /** Without it, the function is not connected to a VPC. */
  readonly network?: FunctionNetwork;
  /** Policy of another function with the same role, which gets the statements. */
  readonly sharedPolicy?: iam.Policy;
  /** All permissions of the function, except those of the shared policy. */
  readonly statements: iam.PolicyStatement[];
}

export interface BundledFunction {
  readonly handler: lambda.Function;
  /** All permissions of the function. */
  readonly policy: iam.Policy;
}

/** Creates a function from code that was bundled when this package was built. */
export function createBundledFunction(
  scope: Construct, id: string, options: BundledFunctionOptions,
): BundledFunction {
  const { bundle, prefix, roleDescription, role: given, permissionsBoundary, network, sharedPolicy, statements, ...props } = options;
  const role = given ?? new iam.Role(scope, `${prefix}Role`, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: roleDescription,
    permissionsBoundary,
  });
  // Statements on the role would make the stack of an imported role depend on this stack, which depends on the role.
  const policy = sharedPolicy ?? new iam.Policy(scope, `${prefix}Policy`, { roles: [role] });
  // a shared policy has the statements of the network already, and drops the same ones
  policy.addStatements(...statements, ...networkStatements(scope, network));
  if (!sharedPolicy) validatePolicySize(policy, role);
  const handler = new lambda.Function(scope, id, {
    ...props,
    ...networkProps(network),
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

import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';

const LAMBDA = 'lambda.amazonaws.com';

interface TrustPolicy {
  readonly Statement?: { readonly Principal?: unknown }[];
}

/** Validates at synthesis, when all statements are known, that AWS Lambda can assume a role of this app. */
export function validateTrust(scope: Construct, role: iam.IRole): void {
  scope.node.addValidation({ validate: () => trustProblems(role) });
}

function trustProblems({ node: { defaultChild, path } }: iam.IRole): string[] {
  if (!(defaultChild instanceof iam.CfnRole)) return [];
  const document: unknown = Stack.of(defaultChild).resolve(defaultChild.assumeRolePolicyDocument);
  const principals = ((document as TrustPolicy | undefined)?.Statement ?? []).map(({ Principal }) => JSON.stringify(Principal) ?? '');
  // a wildcard, or a service whose name is only known at deployment
  if (principals.length === 0 || principals.some((each) => each.includes(LAMBDA) || each.includes('"*"') || /"Service":\[?\{/.test(each))) return [];
  return [
    `'compute.role' must trust ${LAMBDA}, got the role '${path}' that trusts ${principals.join(', ')}; `
    + `create it with assumedBy: new iam.ServicePrincipal('${LAMBDA}')`,
  ];
}

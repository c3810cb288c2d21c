import { Stack, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type IConstruct } from 'constructs';

/** IAM quota for all inline policies of a role, without white space. */
const INLINE_POLICY_QUOTA = 10_240;

/** Likely lengths of values that are only known at deployment. */
const PSEUDO_PARAMETERS: Readonly<Record<string, number>> = { 'AWS::Partition': 3, 'AWS::AccountId': 12, 'AWS::Region': 14, 'AWS::URLSuffix': 13 };
/** A physical name that CloudFormation generates has at most 64 characters; an ARN also has a service, a Region and an account. */
const NAME_LENGTH = 64;
const ARN_LENGTH = 100;

/** Validates at synthesis, when all statements are known, that the policies of a role fit into the quota. */
export function validatePolicySize(policy: iam.Policy, role: iam.IRole): void {
  policy.node.addValidation({ validate: () => policySizeProblems(policy, role) });
}

function policySizeProblems(policy: iam.Policy, role: iam.IRole): string[] {
  const stack = Stack.of(policy);
  const size = inlinePolicies(policy, role).reduce((sum: number, document) => sum + renderedLength(stack.resolve(document)), 0);
  if (size <= INLINE_POLICY_QUOTA) return [];
  return [
    `the inline policies of the role of '${policy.node.path}' have about ${size} characters, but IAM allows ${INLINE_POLICY_QUOTA} for a role; shorten 'additionalModels', 'edits' or `
    + "'destinationRegions', define a second GenAiImageApi for some models, or attach your own permissions as managed policies",
  ];
}

/** Returns the documents of all inline policies that this app gives the role. Those of an imported role are not known. */
function inlinePolicies(policy: iam.Policy, role: iam.IRole): unknown[] {
  const created = role.node.defaultChild instanceof iam.CfnRole ? role.node.defaultChild : undefined;
  const isOwn = (each: IConstruct): each is iam.CfnPolicy => each instanceof iam.CfnPolicy && Stack.of(each).resolve(each.roles ?? [])
    .some((name: unknown) => JSON.stringify(name) === JSON.stringify(Stack.of(each).resolve(role.roleName)));
  const attached = Stack.of(policy).node.findAll().filter(isOwn);
  const inRole = Tokenization.isResolvable(created?.policies) ? [] : created?.policies ?? [];
  return [...attached.map(({ policyDocument }) => policyDocument), ...inRole.map((each) => ('policyDocument' in each ? each.policyDocument : {}))];
}

/** Returns the length of a resolved document at deployment, without white space. */
export function renderedLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)?.length ?? 0;
  if (Array.isArray(value)) return 2 + Math.max(0, value.length - 1) + value.reduce((sum: number, item) => sum + renderedLength(item), 0);
  const entries = Object.entries(value);
  const intrinsic = entries.length === 1 ? intrinsicLength(...entries[0] as [string, unknown]) : undefined;
  if (intrinsic !== undefined) return 2 + intrinsic;
  return 2 + Math.max(0, entries.length - 1) + entries.reduce((sum, [key, item]) => sum + JSON.stringify(key).length + 1 + renderedLength(item), 0);
}

function intrinsicLength(name: string, argument: unknown): number | undefined {
  if (name === 'Ref') return PSEUDO_PARAMETERS[argument as string] ?? NAME_LENGTH;
  if (name === 'Fn::GetAtt') return (argument as string[])[1] === 'Arn' ? ARN_LENGTH : NAME_LENGTH;
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return separator.length * (parts.length - 1) + parts.reduce((sum: number, part) => sum + renderedLength(part) - 2, 0);
  }
  return name.startsWith('Fn::') ? ARN_LENGTH : undefined;
}

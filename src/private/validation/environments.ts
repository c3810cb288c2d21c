import { CfnElement, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { type IConstruct } from 'constructs';

/** Whether two accounts or Regions are known at synthesis, and differ. */
export function areKnownToDiffer(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}

/** Returns the partition of a Region, if both are known. */
export function partitionOf(region: string): string | undefined {
  return Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition;
}

/** Returns the problem of an ARN in another partition than the stack, whose roles cannot use the resource. */
export function arnPartitionProblems(name: string, arn: string, stackRegion: string): string[] {
  const given = Token.isUnresolved(arn) ? undefined : arn.split(':')[1];
  const expected = partitionOf(stackRegion);
  if (!areKnownToDiffer(given, expected)) return [];
  return [`${name} must be in the partition of the stack, ${expected}, got '${arn}'; correct the ARN, or use a resource of that partition`];
}

/** Whether a resource exists outside of this app. */
export function isImported(resource: IConstruct | undefined): boolean {
  return resource !== undefined && (resource.node.defaultChild === undefined || !CfnElement.isCfnElement(resource.node.defaultChild));
}

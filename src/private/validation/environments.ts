import { CfnElement, Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';

/** Whether two accounts or Regions are known at synthesis, and differ. */
export function areKnownToDiffer(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && !Token.isUnresolved(one) && !Token.isUnresolved(other) && one !== other;
}

/** Whether a resource exists outside of this app. */
export function isImported(resource: IConstruct | undefined): boolean {
  return resource !== undefined && (resource.node.defaultChild === undefined || !CfnElement.isCfnElement(resource.node.defaultChild));
}

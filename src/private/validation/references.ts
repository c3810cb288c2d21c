import { type CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';

/** Whether two ids of resources of a type are known to name different ones: literal ids, or references to resources of this app. */
export function nameDifferent(one: string | undefined, other: string | undefined, resourceType: string): boolean {
  const [first, second] = [one, other].map((id) => (id === undefined ? undefined : resourceBehind(id, resourceType)));
  return first !== undefined && second !== undefined && typeof first === typeof second && first !== second;
}

/** Returns the resource that an id refers to, or the id itself. Undefined if it is only known at deployment. */
function resourceBehind(id: string, resourceType: string): unknown {
  if (!Token.isUnresolved(id)) return id;
  const token = Tokenization.reverseString(id).firstToken;
  if (token === undefined || !Reference.isReference(token)) return undefined;
  return (token.target as Partial<CfnResource>).cfnResourceType === resourceType ? token.target : undefined;
}

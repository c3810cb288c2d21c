import { Names, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';

/** Room for the id and the Region in the 64 characters of the shortest names. */
const MAX_LENGTH = 32;

/** Returns a name for a resource of CloudFront, which has no Regions: stacks with the same name in two Regions need different names. */
export function globalName(scope: Construct, id: string): string {
  return `${Names.uniqueResourceName(scope, { maxLength: MAX_LENGTH, separator: '-' })}-${id}-${Stack.of(scope).region}`;
}

import { Stack, Token } from 'aws-cdk-lib';
import { type IConstruct } from 'constructs';
import { describeCallRegion, type ModelBinding } from './binding';
import { ANY_REGION } from '../contract/models/inference-profiles';
import { areKnownToDiffer, partitionOf } from '../validation/environments';

/** IAM roles cannot call services in another partition, such as a model in us-west-2 from China or AWS GovCloud (US). */
export function partitionProblems(scope: IConstruct, models: readonly ModelBinding[]): string[] {
  const { region: stackRegion } = Stack.of(scope);
  const partition = partitionOf(stackRegion);
  if (partition === undefined) return [];
  return models.flatMap((model) => {
    const { region } = model.access;
    const other = region === undefined ? undefined : partitionOf(region);
    if (other === undefined || other === partition) return destinationProblems(model, partition);
    return [`${describeCallRegion(model, region!)} (partition ${other}), but the stack is in ${stackRegion} (partition ${partition}), `
      + `whose roles cannot call it; deploy the stack in a Region of ${other}, or use models of ${partition}, for example with ImageModel.sageMakerEndpoint()`];
  });
}

/** Returns the problems of models whose ARN belongs to another partition, Region or account than the call, which uses the account of the stack. */
export function arnProblems(scope: IConstruct, models: readonly ModelBinding[]): string[] {
  const stack = Stack.of(scope);
  return models.flatMap(({ label, access: { arn, region = stack.region } }) => {
    if (arn === undefined || Token.isUnresolved(arn)) return [];
    const [, partition, , arnRegion, account] = arn.split(':');
    const differences = [
      ...(areKnownToDiffer(partition, partitionOf(arnRegion)) ? [`the partition of ${arnRegion}, ${partitionOf(arnRegion)}`] : []),
      ...(areKnownToDiffer(arnRegion, region) ? [`the Region where the model is called, ${region}`] : []),
      ...(areKnownToDiffer(account, stack.account) ? [`the account of the stack, ${stack.account}`] : []),
    ];
    const name = arn.includes(':sagemaker:') ? 'endpointArn' : 'arn';
    return differences.map((expected) => `'${name}' of ${label} must be in ${expected}, got '${arn}'; use a model there, or deploy the stack elsewhere`);
  });
}

/** Returns the problems of inference profiles with destination Regions in another partition than the call. */
function destinationProblems({ label, access: { region, destinationRegions } }: ModelBinding, partition: string): string[] {
  const source = (region === undefined ? undefined : partitionOf(region)) ?? partition;
  return destinationRegions.filter((each) => each !== ANY_REGION && areKnownToDiffer(partitionOf(each), source)).map((each) =>
    `'destinationRegions' of ${label} must be in the partition ${source}, got '${each}' in ${partitionOf(each)}; remove it`);
}

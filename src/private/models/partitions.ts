import { Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { type IConstruct } from 'constructs';
import { calledIn, type ModelBinding } from './binding';

/** IAM roles cannot call services in another partition, such as a model in us-west-2 from China or AWS GovCloud (US). */
export function partitionProblems(scope: IConstruct, models: readonly ModelBinding[]): string[] {
  const { region: stackRegion } = Stack.of(scope);
  const partition = partitionOf(stackRegion);
  if (partition === undefined) return [];
  return models.flatMap((model) => {
    const { region } = model.access;
    const other = region === undefined ? undefined : partitionOf(region);
    if (other === undefined || other === partition) return [];
    return [`${calledIn(model, region!)} (partition ${other}), but the stack is in ${stackRegion} (partition ${partition}), `
      + `whose roles cannot call it; deploy the stack in a Region of ${other}, or use models of ${partition}, for example with ImageModel.sageMakerEndpoint()`];
  });
}

function partitionOf(region: string): string | undefined {
  return Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition;
}

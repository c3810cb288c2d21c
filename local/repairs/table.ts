import { UpdateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { Clients } from '../clients';
import { DeployedStack } from '../deploy';
import { resourcesOf } from '../template';
import { valueOf } from './values';

export async function enableTimeToLive(stack: DeployedStack, { dynamoDb }: Clients): Promise<void> {
  for (const [id, { TimeToLiveSpecification }] of resourcesOf(stack.template, 'AWS::DynamoDB::Table')) {
    if (!TimeToLiveSpecification) continue;
    const { AttributeName, Enabled } = TimeToLiveSpecification as { AttributeName: string; Enabled: boolean };
    await dynamoDb.send(new UpdateTimeToLiveCommand({ TableName: stack.resources[id], TimeToLiveSpecification: { AttributeName, Enabled } }));
  }
}

export async function enableEncryption(stack: DeployedStack, { dynamoDb }: Clients): Promise<void> {
  for (const [id, { SSESpecification }] of resourcesOf(stack.template, 'AWS::DynamoDB::Table')) {
    if (!SSESpecification) continue;
    const { SSEEnabled, SSEType, KMSMasterKeyId: key } = SSESpecification as { SSEEnabled: boolean; SSEType?: 'KMS'; KMSMasterKeyId?: unknown };
    await dynamoDb.send(new UpdateTableCommand({
      TableName: stack.resources[id],
      SSESpecification: { Enabled: SSEEnabled, SSEType, KMSMasterKeyId: key === undefined ? undefined : valueOf(stack, key) },
    }));
  }
}

import { UpdateTableCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { propertyValue } from './property-value';
import { type Clients } from '../../emulator/clients';
import { resourcesOfType } from '../../template/template';
import { type DeployedStack } from '../create-stack';

/** Enables time to live on the tables in a stack. */
export async function enableTimeToLive(stack: DeployedStack, { dynamoDb }: Clients): Promise<void> {
  for (const [id, { TimeToLiveSpecification }] of resourcesOfType(stack.template, 'AWS::DynamoDB::Table')) {
    if (!TimeToLiveSpecification) continue;
    const { AttributeName, Enabled } = TimeToLiveSpecification as { AttributeName: string; Enabled: boolean };
    await dynamoDb.send(new UpdateTimeToLiveCommand({ TableName: stack.resources[id], TimeToLiveSpecification: { AttributeName, Enabled } }));
  }
}

/** Sets the encryption of the tables in a stack. */
export async function enableEncryption(stack: DeployedStack, { dynamoDb }: Clients): Promise<void> {
  for (const [id, { SSESpecification }] of resourcesOfType(stack.template, 'AWS::DynamoDB::Table')) {
    if (!SSESpecification) continue;
    const { SSEEnabled, SSEType, KMSMasterKeyId: key } = SSESpecification as { SSEEnabled: boolean; SSEType?: 'KMS'; KMSMasterKeyId?: unknown };
    await dynamoDb.send(new UpdateTableCommand({
      TableName: stack.resources[id],
      SSESpecification: { Enabled: SSEEnabled, SSEType, KMSMasterKeyId: key === undefined ? undefined : propertyValue(stack, key) },
    }));
  }
}

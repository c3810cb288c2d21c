import { CreateTableCommand, DynamoDBClient, type AttributeDefinition, type KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { Steps } from '../../../local/cli/steps';
import { CREDENTIALS, REGION } from '../../../local/emulator/clients';
import { installEmulator } from '../../../local/emulator/install-emulator';
import { startEmulator } from '../../../local/emulator/start-emulator';
import { Processes } from '../../../local/processes/processes';
import { createRunFolder } from '../../../local/processes/run-folder';
import { only, synth } from '../stack';

/** An emulator without a stack. */
export interface Emulator {
  readonly endpoint: string;
  readonly region: string;
  close(): Promise<void>;
}

/** Starts the emulator. AWS SDK clients of this process then use it by default. */
export async function startEmptyEmulator(): Promise<Emulator> {
  const processes = new Processes();
  const folder = createRunFolder();
  const close = async () => {
    await processes.stopAll();
    folder.remove();
  };
  try {
    const python = await installEmulator(processes, Steps.toLines(() => undefined));
    const endpoint = await startEmulator(processes, {
      python, folder: folder.folder, logFile: folder.logFile('emulator'), auth: false, patches: [], environment: {},
    });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId, AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    });
    return { endpoint, region: REGION, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Creates a table with the keys of the template. */
export async function createTable({ region }: Emulator, TableName: string): Promise<void> {
  const { KeySchema, AttributeDefinitions } = only<{ KeySchema: KeySchemaElement[]; AttributeDefinitions: AttributeDefinition[] }>(synth(), 'AWS::DynamoDB::Table');
  await new DynamoDBClient({ region }).send(new CreateTableCommand({ TableName, KeySchema, AttributeDefinitions, BillingMode: 'PAY_PER_REQUEST' }));
}

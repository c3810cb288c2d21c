import { randomUUID } from 'node:crypto';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoBatches } from '../../src/handlers/adapters/dynamodb/dynamo-batches';
import { DynamoBudgets } from '../../src/handlers/adapters/dynamodb/dynamo-budgets';
import { DynamoClaims } from '../../src/handlers/adapters/dynamodb/dynamo-claims';
import { DynamoRecords } from '../../src/handlers/adapters/dynamodb/dynamo-records';
import { dynamoDbTable } from '../../src/handlers/adapters/dynamodb/table';
import { EventBridgePublisher } from '../../src/handlers/adapters/eventbridge/event-bridge-publisher';
import { S3ImageStore } from '../../src/handlers/adapters/s3/s3-image-store';
import { SqsJobQueue } from '../../src/handlers/adapters/sqs/sqs-job-queue';
import { EVENT_SOURCE, type ImageEventDetail } from '../../src/private/contract/events';
import {
  batchesContract, budgetsContract, claimsContract, contractClock, eventPublisherContract, imageRecordsContract, imageStoreContract, jobQueueContract,
} from '../helpers/contract';
import { createTable, startEmptyEmulator, type Emulator } from '../helpers/e2e/emulator';

// test/handlers/adapters/port-contract.test.ts runs the same suites with the fakes of the unit tests

const BUCKET = 'port-contract';
const TABLE = 'port-contract';
/** How long an event can take to the queue. */
const DELIVERY_MS = 1_000;

describe('the adapters on the emulator', () => {
  let emulator: Emulator;
  let sqs: SQSClient;

  beforeAll(async () => {
    emulator = await startEmptyEmulator();
    const { region } = emulator;
    sqs = new SQSClient({ region });
    await new S3Client({ region }).send(new CreateBucketCommand({ Bucket: BUCKET }));
    await createTable(emulator, TABLE);
  }, 600_000);
  afterAll(() => emulator?.close());

  async function createQueue(): Promise<string> {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: randomUUID() }));
    return QueueUrl!;
  }

  async function receive<T>(QueueUrl: string, waitSeconds = 0): Promise<{ readonly message: T; readonly receipt: string } | undefined> {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: waitSeconds }));
    return Messages[0] && { message: JSON.parse(Messages[0].Body!) as T, receipt: Messages[0].ReceiptHandle! };
  }

  const table = () => dynamoDbTable(TABLE, emulator.region);

  describe('DynamoRecords', () => imageRecordsContract(() => {
    const clock = contractClock();
    const now = () => clock.time;
    return { records: new DynamoRecords(table(), now), batches: new DynamoBatches(table(), now), claims: new DynamoClaims(table()), clock };
  }));

  describe('DynamoClaims', () => claimsContract(() => new DynamoClaims(table())));

  describe('DynamoBatches', () => batchesContract(() => {
    const clock = contractClock();
    return { batches: new DynamoBatches(table(), () => clock.time), clock };
  }));

  describe('DynamoBudgets', () => budgetsContract(() => new DynamoBudgets(table(), emulator.region)));

  describe('S3ImageStore', () => imageStoreContract(() => new S3ImageStore(BUCKET, emulator.region)));

  describe('SqsJobQueue', () => jobQueueContract(async () => {
    const [url, deadLetterUrl] = await Promise.all([createQueue(), createQueue()]);
    return {
      queue: new SqsJobQueue({ url, deadLetterUrl, concurrency: 1, maxReceiveCount: 3, maxAgeSeconds: 60 }, emulator.region),
      receive: () => receive(url),
      receiveDeadLetter: async () => (await receive<{ owner: string; id: string }>(deadLetterUrl))?.message,
    };
  }, { validates: false }));

  describe('EventBridgePublisher', () => {
    let url: string;
    beforeAll(async () => {
      url = await createQueue();
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
      const eventBridge = new EventBridgeClient({ region: emulator.region });
      await eventBridge.send(new PutRuleCommand({ Name: 'all', EventPattern: JSON.stringify({ source: [EVENT_SOURCE] }) }));
      await eventBridge.send(new PutTargetsCommand({ Rule: 'all', Targets: [{ Id: 'queue', Arn: Attributes!.QueueArn }] }));
    });

    eventPublisherContract(() => ({
      publisher: new EventBridgePublisher({ api: 'abc123', bucket: BUCKET }, emulator.region),
      receivedOutcomes: async (id) => {
        const details: ImageEventDetail[] = [];
        for (let next; (next = await receive<{ detail: ImageEventDetail }>(url, DELIVERY_MS / 1000));) details.push(next.message.detail);
        return details.filter((detail) => detail.id === id).map(({ status }) => status);
      },
    }));
  });
});

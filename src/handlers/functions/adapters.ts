import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import type { Adapters } from './shared-context';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import { DynamoBatches } from '../adapters/dynamodb/dynamo-batches';
import { DynamoClaims } from '../adapters/dynamodb/dynamo-claims';
import { DynamoRecords } from '../adapters/dynamodb/dynamo-records';
import { dynamoDbTable } from '../adapters/dynamodb/table';
import type { Clock } from '../generation/ports';
import { lazy } from '../shared/lazy';
import { jsonLogger } from '../shared/log';

const CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};

/** The default of the library is a function for browsers, which loads the Web Crypto API. */
const randomFraction = () => randomBytes(1)[0] / 256;

/** Creates the adapters for the AWS services that an API uses. Every route reads or writes the table; other services are loaded by the first call. */
export function createAdapters(configuration: HandlerConfiguration, region: string | undefined): Adapters {
  const { bucket, textModel, policy, queue, events, budget } = configuration;
  const table = dynamoDbTable(configuration.table, region);
  const bedrock = lazy(async () => new (await import('../models/bedrock')).Bedrock(CLOCK));
  const sageMaker = lazy(async () => new (await import('../models/sagemaker')).SageMaker(CLOCK));
  const store = lazy(async () => new (await import('../adapters/s3/s3-image-store')).S3ImageStore(bucket, region));
  return {
    models: lazy(async () => {
      // loaded while the model generates the image
      setImmediate(() => void import('../adapters/s3/s3-image-store'));
      return new (await import('../models/remote-image-models')).RemoteImageModels(bedrock, sageMaker);
    }),
    textModel: textModel && lazy(async () => new (await import('../models/text-model')).ConverseTextModel(bedrock, {
      region: textModel.region, invokedId: textModel.call ?? textModel.id,
    })),
    guardrail: policy?.guardrail && lazy(async () => new (await import('../models/guardrail')).BedrockGuardrail(policy.guardrail!)),
    store,
    documents: store,
    signer: store,
    records: new DynamoRecords(table, CLOCK.now),
    claims: new DynamoClaims(table),
    batches: new DynamoBatches(table, CLOCK.now),
    budgets: budget && lazy(async () => new (await import('../adapters/dynamodb/dynamo-budgets')).DynamoBudgets(table, region)),
    queue: queue && lazy(async () => new (await import('../adapters/sqs/sqs-job-queue')).SqsJobQueue(queue, region)),
    eventPublisher: events && lazy(async () => new (await import('../adapters/eventbridge/event-bridge-publisher')).EventBridgePublisher(configuration, region)),
    clock: CLOCK,
    newId: (time) => ulid(time, randomFraction),
    log: jsonLogger(),
  };
}

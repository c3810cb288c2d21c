import { ulid } from 'ulid';
import type { Adapters } from './assemble';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import { DynamoBatches } from '../adapters/dynamodb/dynamo-batches';
import { DynamoClaims } from '../adapters/dynamodb/dynamo-claims';
import { DynamoRecords } from '../adapters/dynamodb/dynamo-records';
import { dynamoDbTable } from '../adapters/dynamodb/table';
import { EventBridgePublisher } from '../adapters/eventbridge/event-bridge-publisher';
import { S3ImageStore } from '../adapters/s3/s3-image-store';
import { SqsJobQueue } from '../adapters/sqs/sqs-job-queue';
import { Bedrock } from '../models/bedrock';
import { BedrockGuardrail } from '../models/guardrail';
import { RemoteImageModels } from '../models/remote-image-models';
import { SageMaker } from '../models/sagemaker';
import { ConverseTextModel } from '../models/text-model';
import { jsonLogger } from '../shared/log';

/** Creates the adapters for the AWS services that an API uses. */
export function createAdapters(configuration: HandlerConfiguration, region: string | undefined): Adapters {
  const { bucket, textModel, policy, queue, events } = configuration;
  const clock = {
    now: () => Date.now(),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  };
  const table = dynamoDbTable(configuration.table, region);
  const bucketAdapter = new S3ImageStore(bucket, region);
  const bedrock = new Bedrock(clock);
  return {
    models: new RemoteImageModels(bedrock, new SageMaker(clock)),
    textModel: textModel && new ConverseTextModel(bedrock, { region: textModel.region, invokedId: textModel.call ?? textModel.id }),
    guardrail: policy?.guardrail && new BedrockGuardrail(policy.guardrail),
    store: bucketAdapter,
    documents: bucketAdapter,
    signer: bucketAdapter,
    records: new DynamoRecords(table, clock.now),
    claims: new DynamoClaims(table),
    batches: new DynamoBatches(table, clock.now),
    queue: queue && new SqsJobQueue(queue, region),
    eventPublisher: events && new EventBridgePublisher(events, bucket, region),
    clock,
    newId: (time) => ulid(time),
    log: jsonLogger(),
  };
}

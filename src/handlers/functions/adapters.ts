import { ulid } from 'ulid';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import { DynamoBatches } from '../adapters/dynamodb/batches';
import { DynamoClaims } from '../adapters/dynamodb/claims';
import { DynamoRecords } from '../adapters/dynamodb/records';
import { dynamoDbTable } from '../adapters/dynamodb/table';
import { EventBridgePublisher } from '../adapters/eventbridge/event-publisher';
import { S3ImageStore } from '../adapters/s3/image-bucket';
import { SqsJobQueue } from '../adapters/sqs/job-queue';
import { Bedrock } from '../models/bedrock';
import { BedrockGuardrail } from '../models/guardrail';
import type { HandlerContext } from '../requests/context';
import { allowedEdits, ModelRegistry, allowedText } from '../requests/model-registry';
import { PromptPolicy } from '../requests/prompt-policy';
import { jsonLogger } from '../shared/log';
import { RemoteImageModels } from '../models/image-models';
import { SageMaker } from '../models/sagemaker';
import { ConverseTextModel } from '../models/text-model';

/** What the functions of an API work with: its choices, and the services of AWS. */
export function createContext(configuration: HandlerConfiguration, region: string | undefined): HandlerContext {
  const clock = {
    now: () => Date.now(),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  };
  const table = dynamoDbTable(configuration.table, region);
  const images = new S3ImageStore(configuration.bucket, region);
  const bedrock = new Bedrock(clock);
  const promptPolicy = new PromptPolicy(configuration.policy);
  const { edits, textModel: text, policy, queue } = configuration;
  return {
    configuration,
    models: new ModelRegistry(configuration.models, policy),
    edits: edits ? allowedEdits(edits, policy) : [],
    text: text && allowedText(text, policy),
    promptPolicy,
    signer: images,
    batches: new DynamoBatches(table, clock.now),
    queue: queue && new SqsJobQueue(queue, region),
    ports: {
      models: new RemoteImageModels(bedrock, new SageMaker(clock)),
      texts: text && new ConverseTextModel(bedrock, { region: text.region, call: text.call ?? text.id }),
      guard: policy?.guardrail && new BedrockGuardrail(policy.guardrail),
      accepts: (prompt) => promptPolicy.accepts(prompt),
      eventPublisher: configuration.events && new EventBridgePublisher(configuration.events, configuration.bucket, region),
      retain: (prompt) => promptPolicy.retain(prompt),
      store: images,
      documents: images,
      records: new DynamoRecords(table, clock.now),
      claims: new DynamoClaims(table),
      clock,
      newId: (time) => ulid(time),
      log: jsonLogger(),
    },
  };
}

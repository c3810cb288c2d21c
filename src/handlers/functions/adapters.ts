import { ulid } from 'ulid';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import { DynamoBatches } from '../adapters/dynamodb/batches';
import { DynamoClaims } from '../adapters/dynamodb/claims';
import { DynamoRecords } from '../adapters/dynamodb/records';
import { dynamoDbTable } from '../adapters/dynamodb/table';
import { EventBridgeAnnouncer } from '../adapters/eventbridge/event-publisher';
import { S3Images } from '../adapters/s3/image-bucket';
import { SqsJobs } from '../adapters/sqs/job-queue';
import { Bedrock } from '../models/bedrock';
import { BedrockGuardrail } from '../models/guardrail';
import type { RouteContext } from '../requests/context';
import { allowedEdits, AllowedModels, allowedText } from '../requests/model-registry';
import { PromptRules } from '../requests/prompt-policy';
import { jsonLogger } from '../shared/log';
import { RemoteImageModels } from '../models/image-models';
import { SageMaker } from '../models/sagemaker';
import { ConverseTextModel } from '../models/text-model';

/** What the functions of an API work with: its choices, and the services of AWS. */
export function createContext(configuration: HandlerConfiguration, region: string | undefined): RouteContext {
  const clock = {
    now: () => Date.now(),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  };
  const table = dynamoDbTable(configuration.table, region);
  const images = new S3Images(configuration.bucket, region);
  const bedrock = new Bedrock(clock);
  const rules = new PromptRules(configuration.policy);
  const { edits, textModel: text, policy, queue } = configuration;
  return {
    configuration,
    models: new AllowedModels(configuration.models, policy),
    edits: edits ? allowedEdits(edits, policy) : [],
    text: text && allowedText(text, policy),
    rules,
    signer: images,
    batches: new DynamoBatches(table, clock.now),
    queue: queue && new SqsJobs(queue, region),
    ports: {
      models: new RemoteImageModels(bedrock, new SageMaker(clock)),
      texts: text && new ConverseTextModel(bedrock, { region: text.region, call: text.call ?? text.id }),
      guard: policy?.guardrail && new BedrockGuardrail(policy.guardrail),
      accepts: (prompt) => rules.accepts(prompt),
      announcer: configuration.events && new EventBridgeAnnouncer(configuration.events, configuration.bucket, region),
      retain: (prompt) => rules.retain(prompt),
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

import { ulid } from 'ulid';
import { EventBridgeAnnouncer } from './events/event-bridge';
import { allowedEdits, AllowedModels, allowedText } from './http/models';
import { PromptRules } from './http/prompt-rules';
import type { RouteContext } from './http/route';
import { jsonLogger } from './log';
import { Bedrock } from './models/bedrock';
import { BedrockGuardrail } from './models/guardrail';
import { RemoteImageModels } from './models/image-models';
import { SageMaker } from './models/sagemaker';
import { ConverseTextModel } from './models/text-model';
import { SqsJobs } from './queue/sqs-jobs';
import { DynamoBatches } from './records/dynamo-batches';
import { DynamoClaims } from './records/dynamo-claims';
import { DynamoRecords } from './records/dynamo-records';
import { dynamoDbTable } from './records/table';
import { S3Images } from './storage/s3-images';
import type { HandlerConfiguration } from '../private/contract/configuration';

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

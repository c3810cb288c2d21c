import { ModelFact } from '../schema/documented-facts';
import { JsonObject } from '../schema/schema-validation';

/** What a content filter stopped: the prompt, the image sent along, all that was drawn, or some of it. */
export type Filtered = 'prompt' | 'input' | 'output' | 'some';

/** An accepted request: the answers the model could give to it. Where a model answers an error instead, they throw it. */
export interface Work {
  /** The model's answer. */
  answer(): Promise<JsonObject>;
  /** Its answer when the content filter stopped it. */
  filtered(what: Filtered): Promise<JsonObject>;
  /** Its answer with half the content missing, in a body that is complete. */
  truncated(): Promise<JsonObject>;
  /** Its answer when it failed and says so in a success; absent: it has no such answer. */
  failed?(): JsonObject;
  /** Its answer with its reasoning before it; absent: it does not reason. */
  reasoned?(): Promise<JsonObject>;
}

/** Models that share the shape of their requests and answers. */
export interface Family {
  /** As `requestSchema` of the facts calls it. */
  readonly schema: string;
  /** The operation of Bedrock runtime it is called by. */
  readonly operation: Operation;
  /** Tells apart families of one schema. */
  plays?(model: ModelFact): boolean;
  /** Throws what the real models would answer to a body that they refuse. */
  accept(model: ModelFact, body: JsonObject): Work | Promise<Work>;
}

export type Operation = 'invoke' | 'converse';

/** The first half, as of an answer that broke off on its way. */
export function half(image: Buffer): Buffer {
  return image.subarray(0, Math.floor(image.length / 2));
}

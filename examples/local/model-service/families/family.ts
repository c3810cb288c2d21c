import { ModelFact } from '../facts';
import { JsonObject } from '../validation';

/** Where a content filter stopped a request. */
export type FilteredAt = 'prompt' | 'output';

/** An accepted request: the answers the model could give to it. */
export interface Work {
  /** The model's answer. */
  answer(): Promise<JsonObject>;
  /** Its answer when the content filter stopped it. */
  filtered(at: FilteredAt): JsonObject;
  /** Its answer with half the content missing, in a body that is complete. */
  truncated(): Promise<JsonObject>;
}

/** Models that share the shape of their requests and answers. */
export interface Family {
  /** As `requestSchema` of the facts calls it. */
  readonly schema: string;
  /** The operation of Bedrock runtime it is called by. */
  readonly operation: Operation;
  /** Throws what the real models would answer to a body that they refuse. */
  accept(model: ModelFact, body: JsonObject): Work;
}

export type Operation = 'invoke' | 'converse';

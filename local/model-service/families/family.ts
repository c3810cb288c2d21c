import { type ModelFact } from '../schema/documented-facts';
import { type JsonObject } from '../schema/schema-validation';

/** What the content filter blocked: the prompt, the input image, all generated images or some of them. */
export type FilteredContent = 'prompt' | 'input' | 'output' | 'some';

/** The possible responses to a valid request. A method throws if the model returns an error instead. */
export interface Outcomes {
  /** Returns the response of a successful call. */
  success(): Promise<JsonObject>;
  /** Returns the response of a filtered call. */
  filtered(content: FilteredContent): Promise<JsonObject>;
  /** Returns a complete body with only the first half of the content. */
  truncated(): Promise<JsonObject>;
  /** Returns a success response that reports a failure. Not all models have one. */
  failed?(): JsonObject;
  /** Returns the response with reasoning content. Only for models with reasoning. */
  successWithReasoning?(): Promise<JsonObject>;
}

/** Models with the same request and response schema. */
export interface Family {
  /** Value of `requestSchema` in the documented facts. */
  readonly schema: string;
  /** The operation of Bedrock Runtime. */
  readonly operation: Operation;
  /** Whether the family supports a model. Distinguishes families with the same schema. */
  supports?(model: ModelFact): boolean;
  /** Validates a body. Throws the error of AWS for an invalid body. */
  accept(model: ModelFact, body: JsonObject): Outcomes | Promise<Outcomes>;
}

export type Operation = 'invoke' | 'converse';

/** Returns the first half of an image, for a truncated response. */
export function firstHalf(image: Buffer): Buffer {
  return image.subarray(0, Math.floor(image.length / 2));
}

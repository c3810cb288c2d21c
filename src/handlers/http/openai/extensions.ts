import type { JsonObject } from '../../../private/contract/json-object';
import type { AllowedModel } from '../../requests/model-registry';

/** Returns the fields that OpenAI's API does not have, as fields of the standard routes, if the model supports them. */
export function extensions({ seed, negative_prompt: negativePrompt }: JsonObject, { parameters }: AllowedModel): JsonObject {
  return { ...(parameters.seed && { seed }), ...(parameters.negativePrompt && { negativePrompt }) };
}

/** Returns the names of sent extensions that the model does not support. */
export function ignoredExtensions(data: JsonObject, { parameters }: AllowedModel): string[] {
  return [
    ...(data.seed !== undefined && !parameters.seed ? ['seed'] : []),
    ...(data.negative_prompt !== undefined && !parameters.negativePrompt ? ['negative_prompt'] : []),
  ];
}

/** Returns the name of a field unless it is absent or `auto`. */
export function withoutAuto(data: JsonObject, name: 'size' | 'quality'): string[] {
  return data[name] === undefined || data[name] === 'auto' ? [] : [name];
}

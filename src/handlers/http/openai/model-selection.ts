import { OPENAI_MODELS, OPENAI_URL_MODELS, QUALITY_MODELS, type OpenAiQuality } from '../../../private/contract/openai';
import type { AllowedModel, ModelRegistry } from '../../requests/model-registry';

/** Returns the model that a request names or, if it names an OpenAI model, the model for its quality. Returns undefined if the name is unknown. */
export function modelFor(name: unknown, quality: unknown, models: ModelRegistry): AllowedModel | undefined {
  if (isApiModelName(name)) return models.find(name);
  const ids = QUALITY_MODELS[quality as OpenAiQuality] ?? [];
  const candidates = ids.flatMap((id) => models.all.find(({ model, catalogEntry }) => model.id === id || catalogEntry?.id === id) ?? []);
  return candidates.at(0) ?? models.defaultModel;
}

/** Returns whether a model name is not the name of an OpenAI model. Such a name must be a model of this API. */
export function isApiModelName(name: unknown): name is string {
  return typeof name === 'string' && !OPENAI_MODELS.test(name);
}

/** Returns whether the response contains URLs. They are the default of the first OpenAI models only. */
export function returnsUrls(name: unknown, format: unknown): boolean {
  return format === undefined ? typeof name === 'string' && OPENAI_URL_MODELS.test(name) : format === 'url';
}

import { OPENAI_MODELS, OPENAI_URL_MODELS, QUALITY_MODELS, type OpenAiQuality } from '../../../private/contract/openai';
import type { AllowedModel, ModelRegistry } from '../../requests/model-registry';

/** The model that a request names or, by the quality it asks for, means. Undefined where it names none of this API. */
export function modelFor(name: unknown, quality: unknown, models: ModelRegistry): AllowedModel | undefined {
  if (isOurs(name)) return models.find(name);
  const wanted = QUALITY_MODELS[quality as OpenAiQuality] ?? [];
  return wanted.flatMap((id) => models.all.find(({ model, known }) => model.id === id || known?.id === id) ?? []).at(0) ?? models.standard;
}

/** Whether it is meant to name a model of this API. */
export function isOurs(name: unknown): name is string {
  return typeof name === 'string' && !OPENAI_MODELS.test(name);
}

/** Clients of the models that OpenAI had first read URLs unless they ask for more. */
export function expectsUrls(name: unknown, format: unknown): boolean {
  return format === undefined ? typeof name === 'string' && OPENAI_URL_MODELS.test(name) : format === 'url';
}

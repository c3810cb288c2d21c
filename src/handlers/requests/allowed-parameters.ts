import type { ConfiguredPolicy } from '../../private/contract/configuration';
import type { Parameter, TextCatalogModel } from '../../private/contract/models';
import { GUARDED_FORMATS, GUARDED_MAX_TOKENS, GUARDED_TEXT_MAX_LENGTH, TEXT_REQUEST_SCHEMA } from '../../private/contract/requests';

/** Returns the parameters of a model, restricted by the prompt policy. */
export function allowedParameters<Parameters extends object>(parameters: Parameters, policy: ConfiguredPolicy | undefined): Parameters {
  const all: [string, Parameter][] = Object.entries(parameters);
  return Object.fromEntries(all.map(([name, parameter]) => [name, restrict(name, parameter, policy)])) as Parameters;
}

function restrict(name: string, parameter: Parameter, { maxChars = Infinity, guardrail }: ConfiguredPolicy = {}): Parameter {
  if (parameter.type === 'text') return { ...parameter, maxLength: Math.min(parameter.maxLength, maxChars, guardrail ? GUARDED_TEXT_MAX_LENGTH : Infinity) };
  if (!guardrail) return parameter;
  if (name === 'maxTokens' && parameter.type === 'integer') return { ...parameter, maximum: Math.min(parameter.maximum, GUARDED_MAX_TOKENS) };
  if (name === 'outputFormat' && parameter.type === 'choice') return { ...parameter, values: parameter.values.filter(isGuarded) };
  // the guardrail does not check masks
  if (name !== 'mask' && parameter.type === 'image') return { ...parameter, formats: parameter.formats.filter(isGuarded) };
  return parameter;
}

function isGuarded(format: string): boolean {
  return GUARDED_FORMATS.some((guarded) => guarded === format);
}

/** Returns the parameters of a text model: those of the request schema, with the limit and the defaults of the model. */
export function textParameters(maxOutputTokens: number, defaults?: TextCatalogModel['defaults']): Readonly<Record<string, Parameter>> {
  const { prompt, system, temperature, topP, maxTokens, stopSequences } = TEXT_REQUEST_SCHEMA.properties;
  return {
    prompt: { type: 'text', minLength: prompt.minLength, maxLength: prompt.maxLength, required: true },
    system: { type: 'text', minLength: system.minLength, maxLength: system.maxLength },
    temperature: { type: 'number', minimum: temperature.minimum, maximum: temperature.maximum, ...(defaults && { default: defaults.temperature }) },
    topP: { type: 'number', minimum: topP.minimum, maximum: topP.maximum, ...(defaults && { default: defaults.topP }) },
    maxTokens: { type: 'integer', minimum: maxTokens.minimum, maximum: maxOutputTokens, default: maxTokens.default },
    stopSequences: { type: 'texts', maxItems: stopSequences.maxItems },
  };
}

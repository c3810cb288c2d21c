import type { AllowedEdit, AllowedModel } from './models';
import type { RouteContext } from './route';
import type { ConfiguredPolicy } from '../../private/contract/configuration';
import { describeLifecycle, type ModelParameters, type Parameter } from '../../private/contract/models';
import { COUNT, GUARDED_FORMATS, TEXT_REQUEST_SCHEMA } from '../../private/contract/requests';

type Json = Readonly<Record<string, unknown>>;

/** `GET /models`: all that a client needs to build a form. */
export function modelsAnswer({ models, edits, text, ports, configuration: { policy } }: RouteContext): Json {
  const now = ports.clock.now();
  return {
    models: models.all.map((model) => modelAnswer(model, model === models.standard, policy, now)),
    ...(edits.length > 0 && { edits: edits.map((edit) => editAnswer(edit, policy)) }),
    ...(text && { text: { id: text.id, region: text.region, parameters: allowedBy(policy, textParameters(text.maxOutputTokens)) } }),
  };
}

function modelAnswer(
  { model, parameters, known, lifecycle, imagesPerCall, rules }: AllowedModel, standard: boolean, policy: ConfiguredPolicy | undefined, now: number,
): Json {
  return {
    id: model.id,
    ...(known && { alias: known.alias, name: known.name, provider: known.provider }),
    // capacity that was bought is not paid by the image
    ...(!model.call.startsWith('arn:') && { priceUsd: known?.priceUsd }),
    default: standard,
    region: model.region,
    lifecycle: describeLifecycle(lifecycle, now),
    imagesPerCall,
    parameters: { ...allowedBy(policy, parameters), count: count() },
    ...rulesAnswer(rules),
  };
}

function editAnswer({ edit, model, parameters, rules }: AllowedEdit, policy: ConfiguredPolicy | undefined): Json {
  return {
    operation: edit.operation,
    id: edit.id,
    name: edit.name,
    priceUsd: edit.priceUsd,
    region: model.region,
    parameters: { ...allowedBy(policy, parameters), count: count() },
    ...rulesAnswer(rules),
  };
}

/** The operator's rules narrow what a model takes. */
function allowedBy({ maxChars = Infinity, guardrail }: ConfiguredPolicy = {}, parameters: ModelParameters | TextModelParameters): Json {
  return Object.fromEntries(Object.entries(parameters).map(([name, parameter]: [string, TextModelParameter]) => {
    if (parameter.type === 'text') return [name, { ...parameter, maxLength: Math.min(parameter.maxLength, maxChars) }];
    if (name !== 'outputFormat' || parameter.type !== 'choice' || !guardrail) return [name, parameter];
    return [name, { ...parameter, values: parameter.values.filter((format) => GUARDED_FORMATS.some((guarded) => guarded === format)) }];
  }));
}

function rulesAnswer(rules: object): Json {
  return Object.keys(rules).length > 0 ? { rules } : {};
}

function count(): Json {
  const { minimum, maximum, default: one } = COUNT;
  return { type: 'integer', minimum, maximum, default: one };
}

type TextModelParameter = Parameter | { readonly type: 'texts'; readonly maxItems: number };
type TextModelParameters = Readonly<Record<string, TextModelParameter>>;

function textParameters(maxOutputTokens: number): TextModelParameters {
  const { prompt, system, temperature, topP, maxTokens, stopSequences } = TEXT_REQUEST_SCHEMA.properties;
  return {
    prompt: { type: 'text', minLength: prompt.minLength, maxLength: prompt.maxLength, required: true },
    system: { type: 'text', minLength: system.minLength, maxLength: system.maxLength },
    temperature: { type: 'number', minimum: temperature.minimum, maximum: temperature.maximum },
    topP: { type: 'number', minimum: topP.minimum, maximum: topP.maximum },
    maxTokens: { type: 'integer', minimum: maxTokens.minimum, maximum: maxOutputTokens, default: maxTokens.default },
    stopSequences: { type: 'texts', maxItems: stopSequences.maxItems },
  };
}

import type { AllowedEdit, AllowedModel, AllowedText } from './models';
import type { RouteContext } from './route';
import type { ConfiguredPolicy, HandlerConfiguration } from '../../private/contract/configuration';
import { describeLifecycle, textModel, tokenPrice, type ModelParameters, type Parameter, type TextCatalogModel } from '../../private/contract/models';
import { COUNT, GUARDED_FORMATS, TEXT_REQUEST_SCHEMA } from '../../private/contract/requests';

type Json = Readonly<Record<string, unknown>>;

/** `GET /models`: all that a client needs to build a form. */
export function modelsAnswer(context: RouteContext): Json {
  const { models, edits, text, ports, configuration } = context;
  const now = ports.clock.now();
  return {
    models: models.all.map((model) => modelAnswer(model, context, now)),
    ...(edits.length > 0 && { edits: edits.map((edit) => editAnswer(edit, configuration.policy, now)) }),
    ...(text && { text: textAnswer(text, configuration, now) }),
  };
}

function modelAnswer(allowed: AllowedModel, { models, text, configuration: { policy } }: RouteContext, now: number): Json {
  const { model, parameters, known, lifecycle, imagesPerCall, rules } = allowed;
  return {
    id: model.id,
    ...(known && { alias: known.alias, name: known.name, provider: known.provider }),
    // capacity that was bought is not paid by the image
    ...(!model.call.startsWith('arn:') && { priceUsd: known?.priceUsd }),
    default: allowed === models.standard,
    region: model.region,
    lifecycle: describeLifecycle(lifecycle, now),
    imagesPerCall,
    parameters: { ...allowedBy(policy, parameters), count: count(), ...(text && { enhancePrompt: { type: 'boolean', default: false } }) },
    ...rulesAnswer(rules),
  };
}

function editAnswer({ edit, model, parameters, rules, lifecycle }: AllowedEdit, policy: ConfiguredPolicy | undefined, now: number): Json {
  return {
    operation: edit.operation,
    id: edit.id,
    name: edit.name,
    priceUsd: edit.priceUsd,
    region: model.region,
    lifecycle: describeLifecycle(lifecycle, now),
    parameters: { ...allowedBy(policy, parameters), count: count() },
    ...rulesAnswer(rules),
  };
}

function textAnswer({ id, region, maxOutputTokens }: AllowedText, { policy, textModel: configured }: HandlerConfiguration, now: number): Json {
  const known = textModel(id);
  const price = known && tokenPrice(known, region, configured?.call);
  return {
    id,
    ...(known && { name: known.name, provider: known.provider }),
    ...(price && { priceUsdPerMillionTokens: price }),
    region,
    lifecycle: describeLifecycle(known?.lifecycle ?? {}, now),
    parameters: allowedBy(policy, textParameters(maxOutputTokens, known?.defaults)),
  };
}

/** The operator's rules narrow what a model takes. */
function allowedBy(policy: ConfiguredPolicy | undefined, parameters: ModelParameters | TextModelParameters): Json {
  const all: [string, TextModelParameter][] = Object.entries(parameters);
  return Object.fromEntries(all.map(([name, parameter]) => [name, narrowed(name, parameter, policy)]));
}

function narrowed(name: string, parameter: TextModelParameter, { maxChars = Infinity, guardrail }: ConfiguredPolicy = {}): TextModelParameter {
  if (parameter.type === 'text') return { ...parameter, maxLength: Math.min(parameter.maxLength, maxChars) };
  if (!guardrail) return parameter;
  if (name === 'outputFormat' && parameter.type === 'choice') return { ...parameter, values: parameter.values.filter(isGuarded) };
  // a mask only says where to edit: the guardrail is not asked about it
  if (name !== 'mask' && parameter.type === 'image') return { ...parameter, formats: parameter.formats.filter(isGuarded) };
  return parameter;
}

function isGuarded(format: string): boolean {
  return GUARDED_FORMATS.some((guarded) => guarded === format);
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

function textParameters(maxOutputTokens: number, defaults?: TextCatalogModel['defaults']): TextModelParameters {
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

import type { ConfiguredTextModel } from '../../../private/contract/configuration';
import type { JsonObject } from '../../../private/contract/json-object';
import { describeLifecycle, tokenPrice } from '../../../private/contract/models';
import { COUNT } from '../../../private/contract/requests';
import type { HandlerContext } from '../../requests/context';
import type { AllowedEdit, AllowedModel, AllowedText } from '../../requests/model-registry';

/** `GET /models`: all that a client needs to build a form. */
export function modelsResponse(context: HandlerContext): JsonObject {
  const { models, edits, text, ports, configuration } = context;
  const now = ports.clock.now();
  return {
    models: models.all.map((model) => modelAnswer(model, context, now)),
    ...(edits.length > 0 && { edits: edits.map((edit) => editAnswer(edit, now)) }),
    ...(text && { text: textAnswer(text, configuration.textModel, now) }),
  };
}

function modelAnswer(allowed: AllowedModel, { models, text }: HandlerContext, now: number): JsonObject {
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
    parameters: { ...parameters, count: count(), ...(text && { enhancePrompt: { type: 'boolean', default: false } }) },
    ...rulesAnswer(rules),
  };
}

function editAnswer({ edit, model, parameters, rules, lifecycle }: AllowedEdit, now: number): JsonObject {
  return {
    operation: edit.operation,
    id: edit.id,
    name: edit.name,
    priceUsd: edit.priceUsd,
    region: model.region,
    lifecycle: describeLifecycle(lifecycle, now),
    parameters: { ...parameters, count: count() },
    ...rulesAnswer(rules),
  };
}

function textAnswer({ model, region, known, parameters }: AllowedText, configured: ConfiguredTextModel | undefined, now: number): JsonObject {
  const price = known && tokenPrice(known, region, configured?.call);
  return {
    id: model.id,
    ...(known && { name: known.name, provider: known.provider }),
    ...(price && { priceUsdPerMillionTokens: price }),
    region,
    lifecycle: describeLifecycle(known?.lifecycle ?? {}, now),
    parameters,
  };
}

function rulesAnswer(rules: object): JsonObject {
  return Object.keys(rules).length > 0 ? { rules } : {};
}

function count(): JsonObject {
  const { minimum, maximum, default: one } = COUNT;
  return { type: 'integer', minimum, maximum, default: one };
}

import { describeLifecycle, typicalSeconds, type NumberParameter, type ParameterRules } from '../../../private/contract/models';
import { COUNT } from '../../../private/contract/request-limits';
import type { Budget, Capabilities, Edit, Model, TextModelView } from '../../../private/contract/responses';
import type { BudgetState } from '../../generation/spend/budget';
import type { HandlerContext } from '../../requests/context';
import type { AllowedEdit, AllowedModel, AllowedText } from '../../requests/model-registry';
import { describeCause } from '../../shared/log';
import type { HttpResponse, HttpRequest } from '../request';

/** `GET /models`: returns the models, edits and text model with all of their parameters. */
export async function listModels({ owner }: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { models, edits, text, ports } = context;
  const now = ports.clock.now();
  const json: Capabilities = {
    models: models.all.map((model) => describeModel(model, context, now)),
    edits: edits.length > 0 ? edits.map((edit) => describeEdit(edit, now)) : undefined,
    text: text && describeTextModel(text, now),
    budget: await readBudget(owner, ports),
  };
  return { status: 200, json };
}

function describeModel(allowed: AllowedModel, { models, text }: HandlerContext, now: number): Model {
  const { model, parameters, catalogEntry, lifecycle, imagesPerCall, rules } = allowed;
  return {
    id: model.id,
    alias: catalogEntry?.alias,
    name: catalogEntry?.name,
    provider: catalogEntry?.provider,
    priceUsd: model.priceUsd,
    default: allowed === models.defaultModel,
    region: model.region,
    lifecycle: describeLifecycle(lifecycle, now),
    imagesPerCall,
    typicalSeconds: typicalSeconds(model.id),
    parameters: { ...parameters, count: countParameter(), ...(text && { enhancePrompt: { type: 'boolean', default: false } }) },
    rules: describeRules(rules),
  };
}

function describeEdit({ edit, model, parameters, rules, lifecycle }: AllowedEdit, now: number): Edit {
  return {
    operation: edit.operation,
    id: edit.id,
    name: edit.name,
    priceUsd: edit.priceUsd,
    region: model.region,
    lifecycle: describeLifecycle(lifecycle, now),
    typicalSeconds: typicalSeconds(edit.id),
    parameters: { ...parameters, count: countParameter() },
    rules: describeRules(rules),
  };
}

function describeTextModel({ model, region, catalogEntry, parameters, price }: AllowedText, now: number): TextModelView {
  return {
    id: model.id,
    name: catalogEntry?.name,
    provider: catalogEntry?.provider,
    priceUsdPerMillionTokens: price,
    region,
    lifecycle: describeLifecycle(catalogEntry?.lifecycle ?? {}, now),
    parameters,
  };
}

/** Returns undefined without a budget, and if the table cannot be read: the response then has no `budget`, but all models. */
async function readBudget(owner: string, { budget, log }: HandlerContext['ports']): Promise<Budget | undefined> {
  try {
    return budget && describeBudget(await budget.read(owner));
  } catch (cause) {
    log.error('budget not read', describeCause(cause));
    return undefined;
  }
}

function describeBudget({ remainingUsd, limitUsd, resetsAt }: BudgetState): Budget {
  return { remainingUsd, limitUsd, resetsAt: new Date(resetsAt).toISOString() };
}

function describeRules(rules: ParameterRules): ParameterRules | undefined {
  return Object.keys(rules).length > 0 ? rules : undefined;
}

function countParameter(): NumberParameter {
  const { minimum, maximum, default: defaultCount } = COUNT;
  return { type: 'integer', minimum, maximum, default: defaultCount };
}

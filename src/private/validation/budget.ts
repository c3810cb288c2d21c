import { type IConstruct } from 'constructs';
import { warnBudgetBelowPrice } from './annotations/prop-annotations';
import { type LimitOptions } from '../../limits';
import { type ConfiguredModel, type ConfiguredTextModel } from '../contract/configuration';
import { catalogModel, textModel, tokenPrice } from '../contract/models';

export interface BudgetedModels {
  readonly models: readonly ConfiguredModel[];
  readonly textModel?: ConfiguredTextModel;
}

/** Returns why the functions cannot enforce the daily budgets: callers without an owner, and models without a price. */
export function budgetProblems(limits: LimitOptions, { models, textModel: text }: BudgetedModels, hasOwners: boolean): string[] {
  if (limits.dailyBudgetUsd === undefined && limits.dailyBudgetUsdPerOwner === undefined) return [];
  const name = limits.dailyBudgetUsd === undefined ? 'limits.dailyBudgetUsdPerOwner' : 'limits.dailyBudgetUsd';
  return [
    ...(limits.dailyBudgetUsdPerOwner !== undefined && !hasOwners
      ? ["'limits.dailyBudgetUsdPerOwner' needs callers with an owner, which ApiAuth.none() does not have; set 'limits.dailyBudgetUsd' instead"] : []),
    ...models.filter((model) => priceOf(model) === undefined).map(({ id }) => (
      `'${name}' needs the price of the model '${id}', which is not known; set 'pricePerImageUsd' in the options of the model`)),
    ...(text && !hasTokenPrice(text) ? [`'${name}' needs the price of the text model '${text.id}' in ${text.region}, which is not known; `
      + "set 'pricePerMillionInputTokensUsd' and 'pricePerMillionOutputTokensUsd' in the options of the model"] : []),
  ];
}

/** Warns of budgets that are not enough for one image. */
export function warnBudgetsBelowPrice(
  scope: IConstruct, { dailyBudgetUsd, dailyBudgetUsdPerOwner }: LimitOptions, models: readonly ConfiguredModel[],
): void {
  const cheapest = Math.min(...models.map((model) => priceOf(model) ?? 0));
  for (const [name, budget] of Object.entries({ dailyBudgetUsd, dailyBudgetUsdPerOwner })) {
    if (budget !== undefined && budget < cheapest) warnBudgetBelowPrice(scope, name, budget, cheapest);
  }
}

/** The handler derives prices in the same way, see `model-registry.ts`. */
function priceOf({ id, call, priceUsd }: ConfiguredModel): number | undefined {
  return priceUsd ?? ((call ?? id).startsWith('arn:') ? undefined : catalogModel(id)?.priceUsd);
}

function hasTokenPrice({ id, region, call, price }: ConfiguredTextModel): boolean {
  const entry = textModel(id);
  return price !== undefined || (entry !== undefined && tokenPrice(entry, region, call) !== undefined);
}

import { type LimitOptions } from '../../limits';
import { type ConfiguredBudget, type ConfiguredModel, type ConfiguredTextModel } from '../contract/configuration';
import { catalogModel, textModel, tokenPrice } from '../contract/models';

export interface BudgetedModels {
  readonly models: readonly ConfiguredModel[];
  readonly textModel?: ConfiguredTextModel;
}

/** Returns the daily budgets for the handler, if there are any. */
export function configuredBudget({ dailyBudgetUsd: dailyUsd, dailyBudgetUsdPerOwner: dailyUsdPerOwner }: LimitOptions): ConfiguredBudget | undefined {
  if (dailyUsd === undefined && dailyUsdPerOwner === undefined) return undefined;
  return { ...(dailyUsd !== undefined && { dailyUsd }), ...(dailyUsdPerOwner !== undefined && { dailyUsdPerOwner }) };
}

/** Returns why the functions cannot enforce the daily budgets: callers without an owner, and models without a price. */
export function budgetProblems(limits: LimitOptions, { models, textModel: text }: BudgetedModels, hasOwners: boolean): string[] {
  if (!configuredBudget(limits)) return [];
  const name = limits.dailyBudgetUsd === undefined ? 'limits.dailyBudgetUsdPerOwner' : 'limits.dailyBudgetUsd';
  return [
    ...(limits.dailyBudgetUsdPerOwner !== undefined && !hasOwners
      ? ["'limits.dailyBudgetUsdPerOwner' needs callers with an owner, which ApiAuth.none() does not have; set 'limits.dailyBudgetUsd' instead"] : []),
    ...models.filter((model) => !hasPrice(model)).map(({ id }) => (
      `'${name}' needs the price of the model '${id}', which is not known; set 'pricePerImageUsd' in the options of the model`)),
    ...(text && !hasTokenPrice(text) ? [`'${name}' needs the price of the text model '${text.id}' in ${text.region}, which is not known; `
      + "set 'pricePerMillionInputTokensUsd' and 'pricePerMillionOutputTokensUsd' in the options of the model"] : []),
  ];
}

/** The handler derives prices in the same way, see `model-registry.ts`. */
function hasPrice({ id, call, priceUsd }: ConfiguredModel): boolean {
  return priceUsd !== undefined || (!(call ?? id).startsWith('arn:') && catalogModel(id)?.priceUsd !== undefined);
}

function hasTokenPrice({ id, region, call, price }: ConfiguredTextModel): boolean {
  const entry = textModel(id);
  return price !== undefined || (entry !== undefined && tokenPrice(entry, region, call) !== undefined);
}

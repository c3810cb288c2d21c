import type { Budget } from './budget';
import { maxCost } from './prices';
import type { Spending } from './spending';
import type { TokenPrice } from '../../../private/contract/models';
import type { GenerationResult, ImageGenerator } from '../image-generator';
import type { GenerateRequest, GenerationRun } from '../types';

export interface SpendPorts {
  /** What the request spends. */
  readonly spending: Spending;
  /** Absent without a budget. */
  readonly budget?: Budget;
  /** Price of the text model. Absent if it is not known, and without a text model. */
  readonly textPrice?: TokenPrice;
}

/** Creates the missing images of a run within the budget. Throws `QUOTA_EXCEEDED` before a model is called. */
export async function generateWithinBudget(
  generator: ImageGenerator, request: GenerateRequest, run: GenerationRun, { spending, budget, textPrice }: SpendPorts,
): Promise<GenerationResult> {
  const { owner, slots, deadlines: { response: deadline } } = run;
  const amount = maxCost(request, slots.filter(({ existing, failure }) => !existing && !failure).length, textPrice);
  if (!budget || amount === 0) return generator.generate(request, run);
  const reservation = await budget.reserve(owner, amount, deadline);
  try {
    return await generator.generate(request, run);
  } finally {
    await budget.settle(owner, reservation, spending.chargedMicroUsd, deadline);
  }
}

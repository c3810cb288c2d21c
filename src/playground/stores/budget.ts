/** What was spent: the daily budget that the API reports, and the images of this tab. */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { type Budget, type Capabilities, type ImageResponse } from '../../private/contract/responses';

export interface BudgetStore {
  /** Absent if the API has no daily budget. */
  readonly budget: ReadonlySignal<Budget | undefined>;
  /** Estimated cost of the images of this tab. Absent until the price of one is known. */
  readonly spentUsd: ReadonlySignal<number | undefined>;
  /** The API reported what remains. */
  remaining(usd: number): void;
  /** An image of this tab was generated. */
  spend(record: Pick<ImageResponse, 'id' | 'estimatedCostUsd'>): void;
}

export function createBudgetStore(capabilities: ReadonlySignal<Capabilities | undefined>): BudgetStore {
  /** A value for each response of `GET /models`, which has a newer one. */
  const reported = signal<{ readonly of: Capabilities; readonly usd: number } | undefined>(undefined);
  const costs = signal<ReadonlyMap<string, number>>(new Map());
  return {
    budget: computed(() => {
      const budget = capabilities.value?.budget;
      if (!budget || reported.value?.of !== capabilities.value) return budget;
      return { ...budget, remainingUsd: reported.value.usd };
    }),
    spentUsd: computed(() => (costs.value.size === 0 ? undefined : [...costs.value.values()].reduce((sum, cost) => sum + cost, 0))),
    remaining(usd) {
      const of = capabilities.peek();
      if (of) reported.value = { of, usd };
    },
    spend({ id, estimatedCostUsd }) {
      if (estimatedCostUsd !== undefined) costs.value = new Map([...costs.peek(), [id, estimatedCostUsd]]);
    },
  };
}

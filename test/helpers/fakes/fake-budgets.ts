import { throwIfPast } from './abort';
import type { BudgetDay, BudgetReservation, Budgets } from '../../../src/handlers/generation/ports';

export class FakeBudgets implements Budgets {
  private readonly amounts = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  public async reserve(day: BudgetDay, amount: number, limit: number, deadline: number): Promise<BudgetReservation> {
    throwIfPast(deadline, this.now());
    const spentMicroUsd = this.amountOf(day);
    if (spentMicroUsd + amount > limit) return { isReserved: false, spentMicroUsd };
    this.amounts.set(keyOf(day), spentMicroUsd + amount);
    return { isReserved: true, spentMicroUsd: spentMicroUsd + amount };
  }

  public async add(day: BudgetDay, amount: number, deadline: number): Promise<void> {
    throwIfPast(deadline, this.now());
    this.amounts.set(keyOf(day), this.amountOf(day) + amount);
  }

  public async spent(day: BudgetDay): Promise<number> {
    return this.amountOf(day);
  }

  private amountOf(day: BudgetDay): number {
    return this.amounts.get(keyOf(day)) ?? 0;
  }
}

function keyOf({ owner = '', day }: BudgetDay): string {
  return `${owner}\n${day}`;
}

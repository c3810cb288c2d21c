import { randomInt, randomUUID } from 'node:crypto';
import { past, soon } from './contract-clock';
import type { BudgetDay, Budgets } from '../../../src/handlers/generation/ports';

const LIMIT = 400_000;
const PRICE = 40_000;

/** The behavior of every implementation of `Budgets`. */
export function budgetsContract(create: () => Budgets): void {
  let budgets: Budgets;
  let day: BudgetDay;
  beforeEach(() => {
    budgets = create();
    // the tests share a table on the emulator
    day = { owner: `client:${randomUUID()}`, day: '2026-11-27' };
  });
  const reserve = (amount: number, item = day) => budgets.reserve(item, amount, LIMIT, soon());

  it('reserves amounts up to the limit, and returns the sum', async () => {
    expect(await reserve(PRICE)).toEqual({ isReserved: true, spentMicroUsd: PRICE });
    expect(await reserve(LIMIT - PRICE)).toEqual({ isReserved: true, spentMicroUsd: LIMIT });
    expect(await budgets.spent(day)).toBe(LIMIT);
  });

  it('refuses an amount that would exceed the limit by one millionth, and returns what was spent', async () => {
    await reserve(LIMIT - PRICE);
    expect(await reserve(PRICE + 1)).toEqual({ isReserved: false, spentMicroUsd: LIMIT - PRICE });
    expect(await budgets.spent(day)).toBe(LIMIT - PRICE);
  });

  it('refuses an amount above the limit on a new day', async () => {
    expect(await reserve(LIMIT + 1)).toEqual({ isReserved: false, spentMicroUsd: 0 });
    expect(await budgets.spent(day)).toBe(0);
  });

  it('reserves no more than the limit for 50 requests at the same time', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, () => reserve(PRICE)));
    expect(results.filter(({ isReserved }) => isReserved)).toHaveLength(LIMIT / PRICE);
    expect(await budgets.spent(day)).toBe(LIMIT);
  });

  it('adds negative and positive amounts without a limit', async () => {
    await reserve(LIMIT);
    await budgets.add(day, -PRICE, soon());
    expect(await reserve(PRICE)).toEqual({ isReserved: true, spentMicroUsd: LIMIT });
    await budgets.add(day, PRICE, soon());
    expect(await budgets.spent(day)).toBe(LIMIT + PRICE);
  });

  it('separates owners, days and the API', async () => {
    // the item of the API is shared by all tests of a day
    const today = { day: new Date(randomInt(2 ** 40)).toISOString().slice(0, 10) };
    await reserve(LIMIT, today);
    await reserve(LIMIT);
    expect((await reserve(PRICE, { ...day, day: '2026-11-28' })).isReserved).toBe(true);
    expect((await reserve(PRICE, { ...day, owner: `${day.owner}0` })).isReserved).toBe(true);
    expect(await budgets.spent(today)).toBe(LIMIT);
  });

  it('changes nothing after the deadline', async () => {
    await reserve(PRICE);
    await expect(budgets.reserve(day, PRICE, LIMIT, past())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await expect(budgets.add(day, -PRICE, past())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(await budgets.spent(day)).toBe(PRICE);
  });
}

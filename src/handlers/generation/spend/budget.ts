import { budgetMicroUsd, inUsd } from './spending';
import type { ConfiguredBudget } from '../../../private/contract/configuration';
import { ApiError } from '../../shared/api-error';
import { describeCause, type Logger } from '../../shared/log';
import { SETTLEMENT_MS } from '../deadlines';
import type { Budgets, BudgetDay, Clock } from '../ports';
import type { Reservation } from '../storage/records';
import { DAY_MS } from '../types';

export interface BudgetPorts {
  readonly budgets: Budgets;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a caller can still spend on a day. */
export interface RemainingBudget {
  readonly remainingUsd: number;
  /** Epoch milliseconds. */
  readonly resetsAt: number;
}

/** What a caller can still spend, of which budget. */
export interface BudgetState extends RemainingBudget {
  /** The budget of which least remains: that of the owner, or that of the API. */
  readonly limitUsd: number;
}

interface Limit extends BudgetDay {
  readonly microUsd: number;
}

interface RemainingLimit {
  readonly limit: Limit;
  readonly remaining: number;
}

/**
 * The daily budgets of an API and of each owner, in UTC days, during one request. The maximum cost of a request is reserved before a model is
 * called; the part that was not charged is released afterwards. An interrupted invocation leaves its reservation: its call may be charged.
 */
export class Budget {
  private remaining: { readonly microUsd: number; readonly resetsAt: number } | undefined;

  constructor(private readonly configured: ConfiguredBudget, private readonly ports: BudgetPorts) {}

  /** What the caller could still spend after the last change. Absent if the request has changed nothing. */
  public get lastRemaining(): RemainingBudget | undefined {
    return this.remaining && { remainingUsd: inUsd(this.remaining.microUsd), resetsAt: this.remaining.resetsAt };
  }

  /** Reserves an amount. Throws `QUOTA_EXCEEDED` if it exceeds what remains of a budget. */
  public async reserve(owner: string, amount: number, deadline: number): Promise<Reservation> {
    const { day, resetsAt } = this.today();
    const limits = this.limits(owner, day);
    const reserved: RemainingLimit[] = [];
    try {
      // the owner first: requests of an owner who has used up the own budget do not compete for the item that all requests update
      for (const limit of limits) {
        const { isReserved, spentMicroUsd } = await this.ports.budgets.reserve(limit, amount, limit.microUsd, deadline);
        const remaining = Math.max(0, limit.microUsd - spentMicroUsd);
        if (!isReserved) {
          this.remaining = { microUsd: Math.min(remaining, ...reserved.map((earlier) => earlier.remaining + amount)), resetsAt };
          const tooSmall = limits.find(({ microUsd }) => amount > microUsd);
          throw tooSmall ? neverAdmitted(tooSmall, amount) : this.exceeded(limit, amount, remaining, resetsAt);
        }
        reserved.push({ limit, remaining });
      }
    } catch (error) {
      await Promise.all(reserved.map((earlier) => this.add(earlier.limit, -amount, deadline)));
      throw error;
    }
    this.remaining = { microUsd: Math.min(...reserved.map(({ remaining }) => remaining)), resetsAt };
    return { day, microUsd: amount };
  }

  /**
   * Replaces a reservation with what was charged. If that fails, the reservation remains until the end of its day. `deadline`: that of the calls
   * before. The update can end later, because a failing store uses up the time until then.
   */
  public async settle(owner: string, reservation: Reservation, charged: number, deadline: number): Promise<void> {
    const difference = charged - reservation.microUsd;
    if (difference === 0) return;
    await Promise.all(this.limits(owner, reservation.day).map((limit) => this.add(limit, difference, deadline)));
    if (this.remaining && reservation.day === this.today().day) {
      this.remaining = { ...this.remaining, microUsd: Math.max(0, this.remaining.microUsd - difference) };
    }
  }

  /** Returns the budget that remains for an owner. */
  public async read(owner: string): Promise<BudgetState> {
    const { day, resetsAt } = this.today();
    const states = await Promise.all(this.limits(owner, day).map(async (limit) => (
      { limit, remaining: limit.microUsd - await this.ports.budgets.spent(limit) }
    )));
    const { limit, remaining } = states.reduce((least, state) => (state.remaining < least.remaining ? state : least));
    return { remainingUsd: inUsd(Math.max(0, remaining)), limitUsd: inUsd(limit.microUsd), resetsAt };
  }

  private limits(owner: string, day: string): Limit[] {
    const { dailyUsd, dailyUsdPerOwner } = this.configured;
    return [
      ...dailyUsdPerOwner === undefined ? [] : [{ owner, day, microUsd: budgetMicroUsd(dailyUsdPerOwner) }],
      ...dailyUsd === undefined ? [] : [{ day, microUsd: budgetMicroUsd(dailyUsd) }],
    ];
  }

  private today(): { readonly day: string; readonly resetsAt: number } {
    const midnight = Math.floor(this.ports.clock.now() / DAY_MS) * DAY_MS;
    return { day: new Date(midnight).toISOString().slice(0, 10), resetsAt: midnight + DAY_MS };
  }

  private async add({ owner, day }: BudgetDay, amount: number, deadline: number): Promise<void> {
    await this.ports.budgets.add({ owner, day }, amount, deadline + SETTLEMENT_MS).catch((cause) => this.ports.log.error('budget not updated', describeCause(cause)));
  }

  private exceeded(limit: Limit, amount: number, remaining: number, resetsAt: number): ApiError {
    const detail = `${nameOf(limit)} is exceeded: the request can cost ${inUsd(amount)} US dollars, and ${inUsd(remaining)} remain until ${new Date(resetsAt).toISOString()}`;
    return new ApiError('QUOTA_EXCEEDED', detail, { retryAfterSeconds: Math.ceil((resetsAt - this.ports.clock.now()) / 1000) });
  }
}

/** Returns the error for a request that can cost more than a whole budget. It has no `Retry-After`, because no retry can succeed. */
function neverAdmitted(limit: Limit, amount: number): ApiError {
  return new ApiError('QUOTA_EXCEEDED', `the request can cost ${inUsd(amount)} US dollars and can never succeed: ${nameOf(limit)} is ${inUsd(limit.microUsd)} US dollars; request fewer images or another model`);
}

function nameOf({ owner }: Limit): string {
  return owner === undefined ? 'the daily budget of this API' : 'your daily budget';
}

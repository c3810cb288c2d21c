import { highestCharge } from './charges';
import type { ChargeStatus } from '../../../private/contract/errors';

/** Amounts are whole numbers of millionths of a US dollar, so that sums are exact. */
const MICRO_USD = 1_000_000;

/** Converts a price in US dollars to millionths, rounded up, so that a budget is never exceeded. */
export function microUsd(usd: number): number {
  return Math.ceil(millionths(usd));
}

/** Converts a budget in US dollars to millionths, rounded down, so that it is never exceeded. */
export function budgetMicroUsd(usd: number): number {
  return Math.floor(millionths(usd));
}

/** In binary floating point, 0.07 * 1,000,000 is 70000.00000000001. */
function millionths(usd: number): number {
  return Number((usd * MICRO_USD).toFixed(3));
}

/** Converts millionths to US dollars. */
export function inUsd(micro: number): number {
  return micro / MICRO_USD;
}

/** Adds up the estimated cost of the model calls of one request. */
export class Spending {
  private charged = 0;
  private earlier = 0;
  private isKnown = true;
  private highest: ChargeStatus = 'no';

  /** Adds the cost of a call that was charged, or that may have been. `undefined`: the price is not known. */
  public charge(micro: number | undefined, status: ChargeStatus = 'yes'): void {
    this.charged += this.known(micro);
    this.highest = highestCharge(this.highest, status);
  }

  /** Adds the cost of a call in an earlier run of the same request. */
  public recall(micro: number | undefined, status: ChargeStatus = 'yes'): void {
    this.earlier += this.known(micro);
    this.highest = highestCharge(this.highest, status);
  }

  /** Whether any call of any run was charged, as far as it is known to this run. */
  public get chargeStatus(): ChargeStatus {
    return this.highest;
  }

  /** The cost of this run in millionths of a US dollar, as far as prices are known. */
  public get chargedMicroUsd(): number {
    return this.charged;
  }

  /** The cost of all runs in millionths of a US dollar, as far as prices are known. */
  public get totalMicroUsd(): number {
    return this.charged + this.earlier;
  }

  /** The cost of this run in US dollars. Absent if a price is not known. */
  public get chargedUsd(): number | undefined {
    return this.isKnown ? inUsd(this.charged) : undefined;
  }

  /** The cost of all runs in US dollars. Absent if a price is not known. */
  public get totalUsd(): number | undefined {
    return this.isKnown ? inUsd(this.totalMicroUsd) : undefined;
  }

  private known(micro: number | undefined): number {
    if (micro === undefined) this.isKnown = false;
    return micro ?? 0;
  }
}

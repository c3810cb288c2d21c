import { highestCharge } from './charges';
import type { ChargeStatus } from '../../../private/contract/errors';

/** Amounts are whole numbers of millionths of a US dollar, so that sums are exact. */
const MICRO_USD = 1_000_000;

/** A double has 15 to 17 significant digits. Sums and products such as 0.1 + 0.2 are wrong in the last ones. */
const EXACT_DIGITS = 14;

/** Converts a price to millionths, rounded up: a budget is rather used up too early than exceeded. */
export function microUsd(usd: number): number {
  return Math.ceil(millionths(usd));
}

/** Converts a budget to millionths, rounded down. */
export function budgetMicroUsd(usd: number): number {
  return Math.floor(millionths(usd));
}

function millionths(usd: number): number {
  return Number((usd * MICRO_USD).toPrecision(EXACT_DIGITS));
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

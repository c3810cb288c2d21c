import { Token } from 'aws-cdk-lib';
import { numberInRange, positive } from './rules';
import { type LimitOptions } from '../../limits';

const DEFAULT_RATE_LIMIT = 10;
const DEFAULT_BURST_LIMIT = 20;

/** The limits with defaults. */
export interface ResolvedLimits extends LimitOptions {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

export function resolveLimits(limits: LimitOptions = {}): ResolvedLimits {
  return { ...limits, rateLimit: limits.rateLimit ?? DEFAULT_RATE_LIMIT, burstLimit: limits.burstLimit ?? DEFAULT_BURST_LIMIT };
}

export function limitProblems(limits: LimitOptions): string[] {
  const { dailyBudgetUsd = Infinity, dailyBudgetUsdPerOwner } = limits;
  return [
    ...positive('limits.dailyBudgetUsd', limits.dailyBudgetUsd),
    ...positive('limits.dailyBudgetUsdPerOwner', dailyBudgetUsdPerOwner),
    ...(isGreater(dailyBudgetUsdPerOwner, dailyBudgetUsd)
      ? [`'limits.dailyBudgetUsdPerOwner' must be at most 'limits.dailyBudgetUsd', ${dailyBudgetUsd}, got ${dailyBudgetUsdPerOwner}`] : []),
    ...positive('limits.rateLimit', limits.rateLimit),
    ...numberInRange('limits.burstLimit', limits.burstLimit, { min: 1, integer: true }),
  ];
}

function isGreater(value: number | undefined, limit: number): boolean {
  return value !== undefined && !Token.isUnresolved(value) && !Token.isUnresolved(limit) && value > limit;
}

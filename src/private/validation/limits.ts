import { numberInRange, positive } from './rules';
import { type LimitOptions } from '../../limits';

const DEFAULT_RATE_LIMIT = 10;
const DEFAULT_BURST_LIMIT = 20;

export function resolveLimits(limits: LimitOptions = {}): Required<LimitOptions> {
  return { rateLimit: limits.rateLimit ?? DEFAULT_RATE_LIMIT, burstLimit: limits.burstLimit ?? DEFAULT_BURST_LIMIT };
}

export function limitProblems(limits: LimitOptions = {}): string[] {
  return [
    ...positive('limits.rateLimit', limits.rateLimit),
    ...numberInRange('limits.burstLimit', limits.burstLimit, { min: 1, integer: true }),
  ];
}

/** Which errors are repeated by themselves, and when. */
import { type ErrorCode } from '../../private/contract/errors';

/** Number of times after which the page asks the user. */
export const MAX_REPEATS = 5;

/**
 * Maximum number of repeats by code. None of these was charged. The first request with a key can run for as long as its function, which is
 * longer than five times `Retry-After`.
 */
const REPEATS: Readonly<Partial<Record<ErrorCode, number>>> = { THROTTLED: MAX_REPEATS, MODEL_BUSY: MAX_REPEATS, IN_PROGRESS: 20 };

export interface RepeatOptions {
  readonly code: ErrorCode;
  /** Seconds of the header `Retry-After`. */
  readonly retryAfter?: number;
  /** Number of repeats so far. */
  readonly repeats: number;
  /** Random number from 0 to 1, so that several tiles are not repeated at once. */
  readonly random: number;
}

const DEFAULT_SECONDS = 5;
/** A longer wait is for the user to decide. */
const MAX_SECONDS = 120;
/** Share of the delay that is added at random. */
const SPREAD = 0.25;

/** Returns the milliseconds until the request is repeated, or undefined if it is not. */
export function repeatDelay({ code, retryAfter, repeats, random }: RepeatOptions): number | undefined {
  if (repeats >= (REPEATS[code] ?? 0)) return undefined;
  const seconds = retryAfter !== undefined && retryAfter > 0 ? retryAfter : DEFAULT_SECONDS;
  if (seconds > MAX_SECONDS) return undefined;
  return Math.round(seconds * (1 + SPREAD * random) * 1000);
}

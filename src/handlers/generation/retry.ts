import { MIN_CALL_MS } from './deadlines';
import type { Clock } from './ports';
import { ApiError } from '../shared/api-error';

const MAX_CALLS = 3;
const BASE_DELAY_MS = 500;

/**
 * Calls a model with retries. Retries of the SDK are disabled, because it also retries calls that may have been charged. An error is retried
 * only if the call was not charged (`repeatable`) and another call can complete before the deadline.
 */
export async function withRetries<T>(call: () => Promise<T>, deadline: number, clock: Clock, random: () => number = Math.random): Promise<T> {
  for (let calls = 1; ; calls++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApiError) || !error.repeatable || calls >= MAX_CALLS) throw error;
      // equal jitter, so that parallel calls that were throttled together are not retried together
      const ceiling = BASE_DELAY_MS * 2 ** (calls - 1);
      const delay = ceiling / 2 + (random() * ceiling) / 2;
      if (clock.now() + delay + MIN_CALL_MS > deadline) throw error;
      await clock.sleep(delay);
    }
  }
}

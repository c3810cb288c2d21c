import { MIN_CALL_MS } from './deadlines';
import type { Clock } from './ports';
import { ApiError } from '../shared/errors';

const ATTEMPTS = 3;
const BASE_DELAY_MS = 500;

/**
 * The one retry layer of paid calls: the SDK's own is off, since it also repeats calls that may have been charged. An error
 * is repeated only if its adapter says that surely nothing was charged, and only while another attempt has time to finish.
 */
export async function withRetries<T>(attempt: () => Promise<T>, deadline: number, clock: Clock, random: () => number = Math.random): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError) || !error.repeatable || failures >= ATTEMPTS) throw error;
      // equal jitter: parallel calls that were throttled together do not come back together
      const ceiling = BASE_DELAY_MS * 2 ** (failures - 1);
      const delay = ceiling / 2 + (random() * ceiling) / 2;
      if (clock.now() + delay + MIN_CALL_MS > deadline) throw error;
      await clock.sleep(delay);
    }
  }
}

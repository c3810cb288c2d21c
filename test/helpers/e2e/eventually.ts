import { setTimeout as sleep } from 'node:timers/promises';

const POLL_INTERVAL_MS = 250;

/** Polls until the probe returns a value. Throws an error with the message after the timeout. */
export async function eventually<T>(probe: () => Promise<T | undefined> | T | undefined, message: string, timeoutMs: number): Promise<T> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(POLL_INTERVAL_MS)) {
    const result = await probe();
    if (result !== undefined) return result;
  }
  throw new Error(message);
}

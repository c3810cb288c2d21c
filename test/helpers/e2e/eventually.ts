import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until there is an answer; `otherwise` says what was waited for. */
export async function eventually<T>(ask: () => Promise<T | undefined> | T | undefined, otherwise: string, withinMs: number): Promise<T> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(250)) {
    const found = await ask();
    if (found !== undefined) return found;
  }
  throw new Error(otherwise);
}

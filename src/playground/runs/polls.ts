/** When the status of a job is requested. Each poll counts against the daily quota of an API key. */

const HIDDEN_MS = 30_000;
const STEPS: readonly { readonly untilSeconds: number; readonly delayMs: number }[] = [
  { untilSeconds: 20, delayMs: 2_000 },
  { untilSeconds: 60, delayMs: 5_000 },
];
const LATER_MS = 10_000;

/**
 * Returns the milliseconds until the next poll. When a hidden tab is shown, goes online or comes back from the cache, poll at once.
 *
 * @param elapsedSeconds seconds since the job was enqueued
 * @param hidden whether the tab is hidden
 */
export function pollDelay(elapsedSeconds: number, hidden: boolean): number {
  if (hidden) return HIDDEN_MS;
  return STEPS.find(({ untilSeconds }) => elapsedSeconds < untilSeconds)?.delayMs ?? LATER_MS;
}

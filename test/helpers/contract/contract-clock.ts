export const DAY_MS = 24 * 3600 * 1000;

/** The clock of the implementation under test. A test advances it, so that items expire. */
export interface ContractClock {
  /** Epoch milliseconds. */
  time: number;
}

/** Creates a clock that shows the current time. */
export function contractClock(): ContractClock {
  return { time: Date.now() };
}

/** Returns a deadline that a call meets. */
export const soon = (): number => Date.now() + 10_000;

/** Returns a deadline that has passed. */
export const past = (): number => Date.now() - 60_000;

/** Models come and go; the dates are AWS's, from its model life-cycle pages and from the daily lists of what can be called. */

export interface Lifecycle {
  /** From this day on (ISO date, UTC) new customers cannot use it, and others lose it after a while without use. */
  readonly legacySince?: string;
  /** From this day on it cannot be called. */
  readonly endOfLife?: string;
  /** AWS published no exact end: by `endOfLife` it was gone. */
  readonly approximate?: true;
  /** Id of the model to use instead. */
  readonly replacement?: string;
}

export type LifecycleStatus = 'active' | 'legacy' | 'ended';

/** @param now epoch milliseconds */
export function statusAt({ legacySince, endOfLife }: Lifecycle, now: number): LifecycleStatus {
  const reached = (day: string | undefined) => day !== undefined && now >= Date.parse(day);
  if (reached(endOfLife)) return 'ended';
  return reached(legacySince) ? 'legacy' : 'active';
}

/** For people: `ended on 2026-09-30`. */
export function describeEnd({ endOfLife, approximate }: Lifecycle): string {
  return approximate ? `by ${endOfLife} (AWS published no exact date)` : `on ${endOfLife}`;
}

/** As `GET /models` tells it. */
export function describeLifecycle({ legacySince, endOfLife, replacement }: Lifecycle, now: number): Lifecycle & { readonly status: LifecycleStatus } {
  return {
    status: statusAt({ legacySince, endOfLife }, now),
    ...(legacySince !== undefined && { legacySince }),
    ...(endOfLife !== undefined && { endOfLife }),
    ...(replacement !== undefined && { replacement }),
  };
}

/** Lifecycle dates, from the AWS model lifecycle pages and from daily lists of available models. */
export interface Lifecycle {
  /** Date (ISO, UTC) from which new customers have no access, and existing customers lose access after a period without use. */
  readonly legacySince?: string;
  /** Date from which the model cannot be invoked. */
  readonly endOfLife?: string;
  /** Set if AWS published no exact date. The model was not available on `endOfLife`. */
  readonly approximate?: true;
  /** Id of the replacement model. */
  readonly replacement?: string;
}

export type LifecycleStatus = 'active' | 'legacy' | 'ended';

/**
 * Returns the status at a point in time.
 *
 * @param now epoch milliseconds
 */
export function statusAt({ legacySince, endOfLife }: Lifecycle, now: number): LifecycleStatus {
  const reached = (day: string | undefined) => day !== undefined && now >= Date.parse(day);
  if (reached(endOfLife)) return 'ended';
  return reached(legacySince) ? 'legacy' : 'active';
}

/** Returns the end of life for messages, such as `on 2026-09-30`. */
export function describeEnd({ endOfLife, approximate }: Lifecycle): string {
  return approximate ? `by ${endOfLife} (AWS published no exact date)` : `on ${endOfLife}`;
}

/** Returns the lifecycle as in `GET /models`. */
export function describeLifecycle({ legacySince, endOfLife, replacement }: Lifecycle, now: number): Lifecycle & { readonly status: LifecycleStatus } {
  return {
    status: statusAt({ legacySince, endOfLife }, now),
    ...(legacySince !== undefined && { legacySince }),
    ...(endOfLife !== undefined && { endOfLife }),
    ...(replacement !== undefined && { replacement }),
  };
}

/**
 * How many requests the API takes, over all callers together.
 *
 * Requests above it are answered 429 with `Retry-After` and cost no model call. Each image costs money, so these are
 * also the brake on the bill: at 10 requests a second, Stable Image Core could cost 1,440 US dollars an hour.
 */
export interface LimitOptions {
  /**
   * Requests per second in the long run.
   *
   * @default 10
   */
  readonly rateLimit?: number;

  /**
   * Requests that may come at once, above the rate.
   *
   * @default 20
   */
  readonly burstLimit?: number;
}

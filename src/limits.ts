/**
 * Throttling of the API.
 *
 * API Gateway applies these limits to each method of the stage, on a best-effort basis. Throttled requests get a 429 response with
 * `Retry-After` and do not reach the model.
 *
 * At 10 requests per second with one image each, one method can cost 1,440 US dollars per hour with Stable Image Core, and four times as
 * much with `count: 4`. For settings that limit the costs further, see docs/limits-and-costs.md.
 */
export interface LimitOptions {
  /**
   * Steady-state requests per second for each method.
   *
   * @default 10
   */
  readonly rateLimit?: number;

  /**
   * Burst size in requests for each method.
   *
   * @default 20
   */
  readonly burstLimit?: number;
}

/**
 * Throttling and daily budgets of the API.
 *
 * API Gateway applies these limits to each method of the stage, on a best-effort basis. Throttled requests get a 429 response with
 * `Retry-After` and do not reach the model.
 *
 * At 10 requests per second with one image each, one method can cost 1,440 US dollars per hour with Stable Image Core, and four times as
 * much with `count: 4`. A daily budget is a limit that the functions enforce. For further settings, see docs/limits-and-costs.md.
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

  /**
   * Maximum estimated cost of all model calls in a day, in US dollars. A day begins at midnight UTC.
   *
   * The most that a request can cost is reserved before a model is called, and what was not charged is returned. A request that would exceed
   * the budget gets a 429 response with the code `QUOTA_EXCEEDED`, `Retry-After` and the time at which the budget is reset. The estimate
   * contains the prices of models only, not other AWS services or taxes. See docs/limits-and-costs.md.
   *
   * Synthesis fails if the price of a model is not known: set `pricePerImageUsd` of the model.
   *
   * @default - no budget
   */
  readonly dailyBudgetUsd?: number;

  /**
   * Maximum estimated cost of the model calls of each owner in a day, in US dollars.
   *
   * Cannot be used with `ApiAuth.none()`, which has no owners. See `dailyBudgetUsd`.
   *
   * @default - no budget for each owner
   */
  readonly dailyBudgetUsdPerOwner?: number;
}

/** What a request of the page returns. It never throws. */
import { type Problem } from '../private/contract/errors';

/** A problem document. `charged` and `filtered` are absent in older versions of the API and in its `failures`. */
export type ApiProblem = Omit<Problem, 'charged' | 'filtered'> & {
  /** Whether a model charged for the request. */
  readonly charged?: 'no' | 'maybe' | 'yes';
  /** What was filtered. Present with `CONTENT_FILTERED`. */
  readonly filtered?: 'prompt' | 'input' | 'output';
  /** What remains of the daily budget in US dollars, from the header `X-Budget-Remaining-Usd`. It tells the budget from the quota of a key. */
  readonly budgetRemainingUsd?: number;
};

/** Why there is no response. */
export type LostReason =
  | 'offline' // the browser has no network
  | 'connection' // the connection broke
  | 'unreachable' // the response is not one of the API, for example HTML
  | 'stopped'; // the page stopped waiting

export interface ApiSuccess<T> {
  readonly ok: true;
  readonly value: T;
  readonly status: number;
}

/** An error response of the API. */
export interface ApiFailure {
  readonly ok: false;
  readonly problem: ApiProblem;
  /** Seconds of the header `Retry-After`. */
  readonly retryAfter?: number;
  /** Whether the header `Idempotency-Replayed` says that this is the outcome of an earlier request with the same key. */
  readonly replayed?: boolean;
}

/** A request whose outcome is not known. */
export interface ApiLost {
  readonly ok: false;
  readonly lost: LostReason;
}

export type ApiResult<T> = ApiSuccess<T> | ApiFailure | ApiLost;

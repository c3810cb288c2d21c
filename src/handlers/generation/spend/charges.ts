import { CHARGE_STATUSES, type ChargeStatus, type ErrorCode } from '../../../private/contract/errors';
import { ApiError, asApiError, type ApiErrorOptions } from '../../shared/api-error';
import type { StoredError } from '../storage/records';

/** Errors of a model call that are never charged. */
const NOT_CHARGED: readonly ErrorCode[] = ['INVALID_REQUEST', 'MODEL_UNAVAILABLE', 'MODEL_BUSY', 'THROTTLED'];

/** Returns an error that occurred in or after a model call. Unless it is known not to be charged, it may have been. */
export function afterModelCall(cause: unknown): ApiError {
  const error = asApiError(cause);
  return isRetryable(error) || NOT_CHARGED.includes(error.code) ? error : error.with({ mayBeCharged: true });
}

/** Returns whether another run of the request can succeed. */
export function isRetryable({ repeatable, resumable }: ApiError): boolean {
  return repeatable || resumable;
}

/** Returns whether a model call was charged, by an error or by what is stored of it. */
export function chargeOf({ charged, mayBeCharged }: Partial<Pick<ApiError, 'charged' | 'mayBeCharged'>>): ChargeStatus {
  return charged ?? (mayBeCharged ? 'maybe' : 'no');
}

export function highestCharge(...statuses: readonly ChargeStatus[]): ChargeStatus {
  return CHARGE_STATUSES[Math.max(...statuses.map((status) => CHARGE_STATUSES.indexOf(status)))];
}

/** Returns an error as records and claims contain it. `spent`: what is known of other model calls of the request. */
export function storedError(error: ApiError, spent: ChargeStatus = 'no'): StoredError {
  const { code, message: detail, filtered } = error;
  return { code, detail, charged: highestCharge(chargeOf(error), spent), filtered };
}

/** Returns a stored error. `mayBeCharged`: what holds if it has no `charged`, because an older version stored it. */
export function errorFromStored(
  { code, detail, charged, filtered }: StoredError, options: Pick<ApiErrorOptions, 'mayBeCharged' | 'replayed'> = {},
): ApiError {
  return new ApiError(code, detail, { charged, filtered, ...options });
}

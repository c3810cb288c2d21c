import type { ErrorCode } from '../../private/contract/errors';
import { asApiError, type ApiError } from '../shared/api-error';

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

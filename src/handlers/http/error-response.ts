import type { HttpResponse } from './request';
import { ERRORS, problem, PROBLEM_CONTENT_TYPE, type ChargeStatus, type ErrorCode, type Problem } from '../../private/contract/errors';
import { REPLAYED_HEADER } from '../../private/contract/routes';
import { chargeOf, highestCharge } from '../generation/spend/charges';
import type { ApiError } from '../shared/api-error';

export interface ErrorResponse extends HttpResponse {
  readonly code: ErrorCode;
  readonly json: Problem;
}

/** Returns an error as a problem document (RFC 9457). `spent`: whether a model call of the request was charged. */
export function errorResponse(error: ApiError, requestId: string, spent: ChargeStatus): ErrorResponse {
  const { code, message, fieldErrors: errors, retryAfterSeconds, replayed, filtered } = error;
  return {
    status: ERRORS[code].status,
    code,
    headers: {
      'Content-Type': PROBLEM_CONTENT_TYPE,
      ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
      ...(replayed && { [REPLAYED_HEADER]: 'true' }),
    },
    json: problem(code, message, requestId, { charged: highestCharge(chargeOf(error), spent), filtered, errors }),
  };
}

import type { HttpResponse } from './request';
import { ERRORS, problem, PROBLEM_CONTENT_TYPE, type ErrorCode, type Problem } from '../../private/contract/errors';
import { REPLAYED_HEADER } from '../../private/contract/routes';
import type { ApiError } from '../shared/api-error';

export interface ErrorResponse extends HttpResponse {
  readonly code: ErrorCode;
  readonly json: Problem;
}

/** Returns an error as a problem document (RFC 9457). */
export function errorResponse({ code, message, fieldErrors, retryAfterSeconds, replayed }: ApiError, requestId: string): ErrorResponse {
  return {
    status: ERRORS[code].status,
    code,
    headers: {
      'Content-Type': PROBLEM_CONTENT_TYPE,
      ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }),
      ...(replayed && { [REPLAYED_HEADER]: 'true' }),
    },
    json: problem(code, message, requestId, fieldErrors),
  };
}

import { FINAL_ERRORS } from '../../../private/contract/errors';
import { REQUEST_ID_HEADER, SHOULD_RETRY_HEADER } from '../../../private/contract/routes';
import { isFiltered, type ApiError } from '../../shared/api-error';
import type { ErrorResponse } from '../error-response';

/**
 * Returns whether a retry cannot succeed or could be charged again. OpenAI's SDKs retry twice unless `X-Should-Retry` is `false`. The retry of a
 * resumable error returns the images that are stored.
 */
function isFinal({ code, repeatable, resumable }: ApiError): boolean {
  return code === 'MODEL_UNAVAILABLE' || (FINAL_ERRORS.includes(code) && !repeatable && !resumable);
}

/** The message of the OpenAI API. LiteLLM recognizes the error by it. */
const REJECTED = 'Your request was rejected as a result of the safety system';

/** Converts an error response to the format of the OpenAI API. */
export function openAiErrorResponse(response: ErrorResponse, error: ApiError, requestId: string): ErrorResponse {
  const headers = {
    ...response.headers,
    [REQUEST_ID_HEADER]: requestId,
    ...(isFinal(error) && { [SHOULD_RETRY_HEADER]: 'false' }),
  };
  if (!isFiltered(error)) return { ...response, headers };
  const { error: openAiError, ...problem } = response.json;
  const message = `${REJECTED}: ${openAiError.message}`;
  return { ...response, status: 400, headers, json: { ...problem, status: 400, error: { ...openAiError, message, code: 'moderation_blocked' } } };
}

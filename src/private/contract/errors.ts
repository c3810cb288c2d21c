/**
 * All errors of the API. The handlers and the gateway responses use this table, so that every error has the same body: problem details (RFC
 * 9457) with an `error` member for OpenAI clients.
 */
export const ERRORS = {
  INVALID_REQUEST: { status: 400, title: 'The request is not valid', openAiType: 'invalid_request_error' },
  UNAUTHENTICATED: { status: 401, title: 'The credentials are missing or not valid', openAiType: 'authentication_error' },
  FORBIDDEN: { status: 403, title: 'Access denied', openAiType: 'permission_error' },
  NOT_FOUND: { status: 404, title: 'Not found', openAiType: 'invalid_request_error' },
  IN_PROGRESS: { status: 409, title: 'The request is in progress', openAiType: 'invalid_request_error' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request is too large', openAiType: 'invalid_request_error' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Unsupported media type', openAiType: 'invalid_request_error' },
  IDEMPOTENCY_MISMATCH: { status: 422, title: 'The idempotency key was used with a different request', openAiType: 'invalid_request_error' },
  CONTENT_FILTERED: { status: 422, title: 'The content was filtered', openAiType: 'image_generation_user_error' },
  THROTTLED: { status: 429, title: 'Too many requests', openAiType: 'rate_limit_error' },
  QUOTA_EXCEEDED: { status: 429, title: 'The quota is exceeded', openAiType: 'rate_limit_error' },
  INTERNAL: { status: 500, title: 'Internal error', openAiType: 'server_error' },
  MODEL_UNAVAILABLE: { status: 502, title: 'The model is not available', openAiType: 'server_error' },
  MODEL_ERROR: { status: 502, title: 'The model failed', openAiType: 'server_error' },
  MODEL_BUSY: { status: 503, title: 'The model is overloaded', openAiType: 'server_error' },
  MODEL_TIMEOUT: { status: 504, title: 'The model timed out', openAiType: 'server_error' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** Errors that a retry repeats, or whose retry could be charged again. The OpenAI routes tell the SDKs of OpenAI not to retry them. */
export const FINAL_ERRORS: readonly ErrorCode[] = ['QUOTA_EXCEEDED', 'INTERNAL', 'MODEL_ERROR', 'MODEL_TIMEOUT', 'MODEL_UNAVAILABLE'];

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/** Whether a model call of the request was charged, in ascending order. */
export const CHARGE_STATUSES = ['no', 'maybe', 'yes'] as const;
export type ChargeStatus = typeof CHARGE_STATUSES[number];

/** What a filter rejected: a text of the request, an input image, or the generated image or text. */
export const FILTERED_CONTENTS = ['prompt', 'input', 'output'] as const;
export type FilteredContent = typeof FILTERED_CONTENTS[number];

/** A validation error of one field. */
export interface FieldError {
  /** JSON pointer to the field, or the name of a header or query parameter. */
  readonly pointer: string;
  readonly detail: string;
}

/** Body of every error response. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  /** Whether a model call was charged for the request or, if it is repeated, for an earlier one with the same key. */
  readonly charged: ChargeStatus;
  /** With `CONTENT_FILTERED`. Absent if the filter does not report it. */
  readonly filtered?: FilteredContent;
  readonly errors?: readonly FieldError[];
  readonly error: { readonly message: string; readonly type: string; readonly code: string; readonly param: string | null };
}

/** Returns the body of an error response. */
export function problem(
  code: ErrorCode, detail: string, requestId: string, { charged, filtered, errors }: Pick<Problem, 'charged' | 'filtered' | 'errors'>,
): Problem {
  const { status, title, openAiType } = ERRORS[code];
  return {
    type: `urn:cdk-genai-image-api:error:${code}`,
    title,
    status,
    detail,
    code,
    requestId,
    charged,
    ...(filtered && { filtered }),
    ...(errors?.length && { errors }),
    error: {
      message: detail,
      type: openAiType,
      code: code.toLowerCase(),
      param: errors?.[0]?.pointer.replace(/^\//, '') ?? null,
    },
  };
}

/**
 * Every error a client can meet. Handlers and the gateway's own responses are both rendered from this table, so that
 * one body suits clients of either (RFC 9457 problem details) and OpenAI's (the `error` member).
 */
export const ERRORS = {
  INVALID_REQUEST: { status: 400, title: 'The request is not valid', openAiType: 'invalid_request_error' },
  UNAUTHENTICATED: { status: 401, title: 'Credentials are missing or wrong', openAiType: 'authentication_error' },
  FORBIDDEN: { status: 403, title: 'Not allowed', openAiType: 'permission_error' },
  NOT_FOUND: { status: 404, title: 'Not found', openAiType: 'invalid_request_error' },
  IN_PROGRESS: { status: 409, title: 'The request is still running', openAiType: 'invalid_request_error' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request is too large', openAiType: 'invalid_request_error' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Unsupported media type', openAiType: 'invalid_request_error' },
  IDEMPOTENCY_MISMATCH: { status: 422, title: 'This idempotency key was used with another request', openAiType: 'invalid_request_error' },
  CONTENT_FILTERED: { status: 422, title: 'The content was filtered', openAiType: 'image_generation_user_error' },
  THROTTLED: { status: 429, title: 'Too many requests', openAiType: 'rate_limit_error' },
  QUOTA_EXCEEDED: { status: 429, title: 'The quota is used up', openAiType: 'rate_limit_error' },
  INTERNAL: { status: 500, title: 'Internal error', openAiType: 'server_error' },
  MODEL_UNAVAILABLE: { status: 502, title: 'The model is not available', openAiType: 'server_error' },
  MODEL_ERROR: { status: 502, title: 'The model failed', openAiType: 'server_error' },
  MODEL_BUSY: { status: 503, title: 'The model is overloaded', openAiType: 'server_error' },
  MODEL_TIMEOUT: { status: 504, title: 'The model took too long', openAiType: 'server_error' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/** One fault of a request: where it is (a JSON pointer, or a header or query parameter by name) and what to do. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** The body of every error answer. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly errors?: readonly FieldError[];
  readonly error: { readonly message: string; readonly type: string; readonly code: string; readonly param: string | null };
}

export function problem(code: ErrorCode, detail: string, requestId: string, faults?: readonly FieldError[]): Problem {
  const { status, title, openAiType } = ERRORS[code];
  return {
    type: `urn:cdk-genai-image-api:error:${code}`,
    title,
    status,
    detail,
    code,
    requestId,
    ...(faults?.length && { errors: faults }),
    error: {
      message: detail,
      type: openAiType,
      code: code.toLowerCase(),
      param: faults?.[0]?.pointer.replace(/^\//, '') ?? null,
    },
  };
}

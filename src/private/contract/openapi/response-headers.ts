import { asExamples } from './content';
import { EXAMPLE_ID, EXAMPLE_REQUEST_ID } from './examples';
import { type ErrorCode, FINAL_ERRORS } from '../errors';
import { type JsonObject } from '../json-object';
import { BUDGET_REMAINING_HEADER, ESTIMATED_COST_HEADER, IGNORED_PARAMETERS_HEADER, REPLAYED_HEADER, REQUEST_ID_HEADER, SHOULD_RETRY_HEADER } from '../routes';

export const LOCATION = {
  description: 'The path of the created resource. Absent if the API has no route for it.',
  schema: { type: 'string' },
  examples: asExamples({ path: `/prod/images/${EXAMPLE_ID}` }),
} as const;

export const PREFERENCE_APPLIED = { description: 'The applied preference.', schema: { type: 'string', const: 'respond-async' } } as const;

export const IGNORED_PARAMETERS = {
  [IGNORED_PARAMETERS_HEADER]: { description: 'The names of parameters that had no effect.', schema: { type: 'string' } },
};

/** Header of operations that reserve the cost of model calls. */
export const BUDGET_REMAINING = {
  [BUDGET_REMAINING_HEADER]: {
    description: 'What the caller can still spend today, in US dollars. Present if the API has a daily budget.',
    schema: { type: 'number', minimum: 0 },
    examples: asExamples({ usd: 0.36 }),
  },
} as const;

/** Headers of operations that call models. */
export const SPEND_HEADERS = {
  [ESTIMATED_COST_HEADER]: {
    description: 'The estimated cost of the request in US dollars. Absent if the request was not charged, or if a price is not known.',
    schema: { type: 'number', minimum: 0 },
    examples: asExamples({ usd: 0.04 }),
  },
  ...BUDGET_REMAINING,
} as const;

const RETRY_AFTER = { description: 'The number of seconds to wait before a retry.', required: true, schema: { type: 'integer', minimum: 1 } } as const;
const RETRY_AFTER_UNLESS_FINAL = {
  description: `${RETRY_AFTER.description} Absent if the request can cost more than the whole daily budget.`, schema: RETRY_AFTER.schema,
} as const;
const REPLAYED = {
  description: 'Set if this is the error of an earlier request with the same `Idempotency-Key`. No model was called.', schema: { type: 'string', const: 'true' },
} as const;
const SHOULD_RETRY = {
  description: 'Set if a retry cannot succeed or could be charged again. The SDKs of OpenAI then do not retry the request.', schema: { type: 'string', const: 'false' },
} as const;
const REQUEST_ID = {
  description: 'The ID of the request in the logs.', schema: { type: 'string' }, examples: asExamples({ id: EXAMPLE_REQUEST_ID }),
} as const;

/** Errors with a `Retry-After` header. */
const RETRYABLE_ERRORS: readonly ErrorCode[] = ['IN_PROGRESS', 'THROTTLED', 'QUOTA_EXCEEDED', 'MODEL_BUSY'];
/** Errors that a repeated request with the same key gets again: they may have been charged, or the client has to change the request. */
const REPLAYED_ERRORS: readonly ErrorCode[] = ['INVALID_REQUEST', 'NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'CONTENT_FILTERED', 'INTERNAL', 'MODEL_ERROR', 'MODEL_TIMEOUT'];
/** Errors for which API Gateway tells the SDKs of OpenAI on all routes not to retry. */
const FINAL_GATEWAY_ERRORS: readonly ErrorCode[] = ['INTERNAL', 'MODEL_TIMEOUT'];

/** What decides the headers of the error responses of an operation. */
export interface ErrorHeaderOptions {
  readonly isOpenAi: boolean;
  /** Whether a repeated request with the same `Idempotency-Key` gets the same error. */
  readonly replaysErrors: boolean;
}

/** Returns the headers of an error response with one of these codes. */
export function errorHeaders(codes: readonly ErrorCode[], { isOpenAi, replaysErrors }: ErrorHeaderOptions): JsonObject {
  const hasAny = (errors: readonly ErrorCode[]) => codes.some((code) => errors.includes(code));
  return {
    ...(codes.every((code) => RETRYABLE_ERRORS.includes(code)) && { 'Retry-After': codes.includes('QUOTA_EXCEEDED') ? RETRY_AFTER_UNLESS_FINAL : RETRY_AFTER }),
    ...(replaysErrors && hasAny(REPLAYED_ERRORS) && { [REPLAYED_HEADER]: REPLAYED }),
    ...(hasAny(isOpenAi ? FINAL_ERRORS : FINAL_GATEWAY_ERRORS) && { [SHOULD_RETRY_HEADER]: SHOULD_RETRY }),
    ...(codes.includes('QUOTA_EXCEEDED') && BUDGET_REMAINING),
    ...(isOpenAi && { [REQUEST_ID_HEADER]: REQUEST_ID }),
  };
}

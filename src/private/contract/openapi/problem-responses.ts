import { type ErrorCode, ERRORS, type Problem, problem, PROBLEM_CONTENT_TYPE } from '../errors';
import { type JsonObject } from '../json-object';
import { REPLAYED_HEADER } from '../routes';
import { type DescribedApi, type Operation } from './described-api';
import { EXAMPLE_REQUEST_ID, FILTERED_DETAIL } from './examples';
import { ref } from './refs';
import { errorHeaders, type ErrorHeaderOptions } from './response-headers';

/** Errors that API Gateway can return on every route. */
const COMMON_ERRORS: readonly ErrorCode[] = ['INVALID_REQUEST', 'FORBIDDEN', 'THROTTLED', 'INTERNAL', 'MODEL_TIMEOUT'];

const AUTH_ERRORS: Readonly<Record<DescribedApi['auth'], readonly ErrorCode[]>> = {
  // An unsigned request is FORBIDDEN.
  iam: [],
  apiKey: ['UNAUTHENTICATED', 'QUOTA_EXCEEDED'],
  authorizer: ['UNAUTHENTICATED'],
  none: [],
};

/** Errors of operations with a request body. */
export const BODY_ERRORS: readonly ErrorCode[] = ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
/** Errors of operations that invoke a model. An API with a daily budget returns QUOTA_EXCEEDED. */
export const MODEL_ERRORS: readonly ErrorCode[] = ['CONTENT_FILTERED', 'QUOTA_EXCEEDED', 'MODEL_UNAVAILABLE', 'MODEL_ERROR', 'MODEL_BUSY'];
/** Errors of operations with an idempotency key. */
export const IDEMPOTENCY_ERRORS: readonly ErrorCode[] = ['IN_PROGRESS', 'IDEMPOTENCY_MISMATCH'];

/** Example of `detail` for each error. */
const DETAILS: Readonly<Record<ErrorCode, string>> = {
  INVALID_REQUEST: 'count must be an integer from 1 to 4, got 9',
  UNAUTHENTICATED: 'the credentials are missing, invalid or expired',
  FORBIDDEN: 'the credentials do not allow this request',
  NOT_FOUND: 'the image does not exist or belongs to another owner',
  IN_PROGRESS: 'the first request with this Idempotency-Key is still running; repeat the request later to get its image',
  PAYLOAD_TOO_LARGE: 'the request is too large: images in a request can have at most 4 MB in total',
  UNSUPPORTED_MEDIA_TYPE: 'Content-Type must be application/json, got text/plain',
  IDEMPOTENCY_MISMATCH: 'this Idempotency-Key was used with another request body; use a new key for a new request',
  CONTENT_FILTERED: FILTERED_DETAIL,
  THROTTLED: 'the model is throttled; try again later',
  QUOTA_EXCEEDED: 'the daily quota of this API key is exceeded',
  INTERNAL: 'internal error; the operator can find the cause by the request id',
  MODEL_UNAVAILABLE: 'the model is not available to this API; the operator must enable the model (the function log has the cause)',
  MODEL_ERROR: 'the model failed',
  MODEL_BUSY: 'the model is overloaded; try again later',
  MODEL_TIMEOUT: 'the image was not generated in time',
};
/** Errors whose example may have been charged. */
const MAY_BE_CHARGED: readonly ErrorCode[] = ['IN_PROGRESS', 'CONTENT_FILTERED', 'INTERNAL', 'MODEL_ERROR', 'MODEL_TIMEOUT'];
const FIELD_ERRORS = [{ pointer: '/count', detail: 'must be an integer from 1 to 4, got 9' }];

export interface ProblemResponse {
  /** Component name. Operations with the same errors and headers share the component. */
  readonly name: string;
  readonly response: JsonObject;
}

/** Returns the error responses of an operation by status. */
export function problemResponses({ tag, errors, statuses = {}, replaysErrors = false }: Operation, auth: DescribedApi['auth']): ReadonlyMap<number, ProblemResponse> {
  const possible = new Set<ErrorCode>([...COMMON_ERRORS, ...AUTH_ERRORS[auth], ...errors]);
  const byStatus = new Map<number, ErrorCode[]>();
  // In the order of the error table.
  for (const code of (Object.keys(ERRORS) as ErrorCode[]).filter((each) => possible.has(each))) {
    const status = statuses[code] ?? ERRORS[code].status;
    byStatus.set(status, [...byStatus.get(status) ?? [], code]);
  }
  const options = { isOpenAi: tag === 'OpenAI', replaysErrors };
  return new Map([...byStatus].map(([status, codes]) => {
    const headers = errorHeaders(codes, options);
    return [status, { name: nameOf(codes, headers, options), response: responseOf(status, codes, headers) }];
  }));
}

function nameOf(codes: readonly ErrorCode[], headers: JsonObject, { isOpenAi }: ErrorHeaderOptions): string {
  return `${isOpenAi ? 'OpenAi' : ''}${codes.map(pascalCase).join('Or')}${REPLAYED_HEADER in headers ? 'WithKey' : ''}`;
}

function responseOf(status: number, codes: readonly ErrorCode[], headers: JsonObject): JsonObject {
  // one schema for all errors, because client generators create a class for each schema
  const content = {
    schema: ref('Problem'),
    examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code, status) }])),
  };
  return {
    'description': codes.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' '),
    ...(Object.keys(headers).length > 0 && { headers }),
    'content': { [PROBLEM_CONTENT_TYPE]: content },
    'x-error-codes': codes,
  };
}

function exampleOf(code: ErrorCode, status: number): JsonObject {
  const members: Pick<Problem, 'charged' | 'filtered' | 'errors'> = {
    charged: MAY_BE_CHARGED.includes(code) ? 'maybe' : 'no',
    ...(code === 'CONTENT_FILTERED' && { filtered: 'prompt' }),
    ...(code === 'INVALID_REQUEST' && { errors: FIELD_ERRORS }),
  };
  return { ...problem(code, DETAILS[code], EXAMPLE_REQUEST_ID, members), status };
}

/** Converts `NOT_FOUND` to `NotFound`. */
function pascalCase(code: ErrorCode): string {
  return code.toLowerCase().split('_').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

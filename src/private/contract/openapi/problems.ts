import { ErrorCode, ERRORS, problem, PROBLEM_CONTENT_TYPE } from '../errors';
import { ref } from './refs';
import { DescribedApi, Json, Operation } from './types';

/** What the gateway answers by itself on any route. */
const ALWAYS: readonly ErrorCode[] = ['INVALID_REQUEST', 'FORBIDDEN', 'THROTTLED', 'INTERNAL', 'MODEL_TIMEOUT'];

const BY_MODE: Readonly<Record<DescribedApi['auth'], readonly ErrorCode[]>> = {
  // what is not signed is forbidden
  iam: [],
  apiKey: ['UNAUTHENTICATED', 'QUOTA_EXCEEDED'],
  authorizer: ['UNAUTHENTICATED'],
  none: [],
};

/** Of a request with a body. */
export const BODY_ERRORS: readonly ErrorCode[] = ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
/** Of a request that asks a model. */
export const MODEL_ERRORS: readonly ErrorCode[] = ['CONTENT_FILTERED', 'MODEL_UNAVAILABLE', 'MODEL_ERROR', 'MODEL_BUSY'];
export const IDEMPOTENCY_ERRORS: readonly ErrorCode[] = ['IN_PROGRESS', 'IDEMPOTENCY_MISMATCH'];

/** Errors that say when to try again. */
const RETRIED: readonly ErrorCode[] = ['IN_PROGRESS', 'THROTTLED', 'QUOTA_EXCEEDED', 'MODEL_BUSY'];
const RETRY_AFTER = { description: 'Seconds to wait before the next attempt.', required: true, schema: { type: 'integer', minimum: 1 } } as const;

/** What `detail` may say. */
const DETAILS: Readonly<Record<ErrorCode, string>> = {
  INVALID_REQUEST: 'count must be a whole number from 1 to 4, got 9',
  UNAUTHENTICATED: 'The credentials are missing, wrong or expired.',
  FORBIDDEN: 'These credentials may not do this.',
  NOT_FOUND: 'there is no such image, or it is not yours',
  IN_PROGRESS: 'the first request with this Idempotency-Key is still running; repeat this request later to get its image',
  PAYLOAD_TOO_LARGE: 'The request is too large: pictures in it may have 4 MB together.',
  UNSUPPORTED_MEDIA_TYPE: 'send Content-Type: application/json, not text/plain',
  IDEMPOTENCY_MISMATCH: 'this Idempotency-Key was used with another request body; use a new key for a new request',
  CONTENT_FILTERED: 'the model filtered the prompt; change the request, a repetition is filtered again',
  THROTTLED: 'the model is throttled; try again later',
  QUOTA_EXCEEDED: 'The daily quota of this API key is used up.',
  INTERNAL: 'something went wrong on our side; the request id helps to find it',
  MODEL_UNAVAILABLE: 'the model is not available to this API; the operator must enable the model (its log says what is missing)',
  MODEL_ERROR: 'the model failed',
  MODEL_BUSY: 'the model is overloaded; try again later',
  MODEL_TIMEOUT: 'The image was not ready in time.',
};
const FAULTS = [{ pointer: '/count', detail: 'must be a whole number from 1 to 4, got 9' }];
const REQUEST_ID = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';

export interface ProblemResponse {
  /** Operations with the same errors share it. */
  readonly name: string;
  readonly response: Json;
}

/** A response for each status that errors of this operation have. */
export function problemResponses({ errors, statuses = {} }: Operation, auth: DescribedApi['auth']): ReadonlyMap<number, ProblemResponse> {
  const able = new Set<ErrorCode>([...ALWAYS, ...BY_MODE[auth], ...errors]);
  const byStatus = new Map<number, ErrorCode[]>();
  // in the order of the table
  for (const code of (Object.keys(ERRORS) as ErrorCode[]).filter((each) => able.has(each))) {
    const status = statuses[code] ?? ERRORS[code].status;
    byStatus.set(status, [...byStatus.get(status) ?? [], code]);
  }
  return new Map([...byStatus].map(([status, codes]) => [status, { name: codes.map(pascal).join('Or'), response: responseOf(status, codes) }]));
}

function responseOf(status: number, codes: readonly ErrorCode[]): Json {
  // generators of clients merge an enum with what Problem says, and give up on a const
  const content = {
    schema: { allOf: [ref('Problem'), { type: 'object', properties: { status: { type: 'integer', enum: [status] }, code: { type: 'string', enum: codes } } }] },
    examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code, status) }])),
  };
  return {
    description: codes.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' '),
    ...(codes.every((code) => RETRIED.includes(code)) && { headers: { 'Retry-After': RETRY_AFTER } }),
    content: { [PROBLEM_CONTENT_TYPE]: content },
  };
}

function exampleOf(code: ErrorCode, status: number): Json {
  return { ...problem(code, DETAILS[code], REQUEST_ID, code === 'INVALID_REQUEST' ? FAULTS : undefined), status };
}

/** NOT_FOUND -> NotFound */
function pascal(code: ErrorCode): string {
  return code.toLowerCase().split('_').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

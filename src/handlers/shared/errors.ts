import type { ErrorCode, FieldError } from '../../private/contract/errors';

export interface ApiErrorOptions {
  /** Each fault of the request, by its place. */
  readonly fieldErrors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  /** The call was surely not charged and may succeed if repeated. */
  readonly repeatable?: boolean;
  /** What was paid for lies in the bucket: another attempt with the same idempotency key goes on from there. */
  readonly resumable?: boolean;
  /** What really happened: for the log, never for the client. */
  readonly cause?: unknown;
}

/** An outcome that a client is told of: a code of the contract and a text for people. */
export class ApiError extends Error {
  public readonly fieldErrors?: readonly FieldError[];
  public readonly retryAfterSeconds?: number;
  public readonly repeatable: boolean;
  public readonly resumable: boolean;

  constructor(public readonly code: ErrorCode, detail: string, options: ApiErrorOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'ApiError';
    this.fieldErrors = options.fieldErrors;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.repeatable = options.repeatable ?? false;
    this.resumable = options.resumable ?? false;
  }
}

/** More faults than a request of ours has fields are junk: the answer has to stay below Lambda's limit. */
const MAX_FAULTS = 50;
/** Faults that are told in the sentence for people; `faults` has all. */
const MAX_TOLD = 20;

export function invalidRequest(faults: readonly FieldError[]): ApiError {
  const told = faults.slice(0, MAX_TOLD).map(({ pointer, detail }) => `${pointer.replace(/^\//, '')} ${detail}`.trim());
  const more = faults.length > MAX_TOLD ? [`and ${faults.length - MAX_TOLD} more`] : [];
  return new ApiError('INVALID_REQUEST', [...told, ...more].join('; '), { fieldErrors: faults.slice(0, MAX_FAULTS) });
}

/** A bug, or a service of ours that fails: the client is told no more than that. */
export function internal(cause: unknown): ApiError {
  return new ApiError('INTERNAL', 'something went wrong on our side; the request id helps to find it', { cause });
}

/** The content was refused, and is refused again however often it comes. */
export function isFiltered(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'CONTENT_FILTERED';
}

export function notFound(): ApiError {
  return new ApiError('NOT_FOUND', 'there is no such image, or it is not yours');
}

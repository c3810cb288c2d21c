import type { ChargeStatus, ErrorCode, FieldError, FilteredContent } from '../../private/contract/errors';

export interface ApiErrorOptions {
  readonly fieldErrors?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  /** Whether the model call was certainly not charged and can succeed if it is repeated. */
  readonly repeatable?: boolean;
  /** Whether charged images are stored, so that the next request with the same idempotency key continues with them. */
  readonly resumable?: boolean;
  /** Whether a model may have charged for the request. It is then not processed again: a repeated request gets the same error. */
  readonly mayBeCharged?: boolean;
  /** Whether a model call was charged, if it is known otherwise than by `mayBeCharged`. */
  readonly charged?: ChargeStatus;
  /** What a filter rejected, if it reports it. */
  readonly filtered?: FilteredContent;
  /** Whether this is the error of an earlier request with the same idempotency key. */
  readonly replayed?: boolean;
  /** The original error, which is logged but not returned to the client. */
  readonly cause?: unknown;
}

/** An error response: a code of the contract and a detail. */
export class ApiError extends Error {
  public readonly fieldErrors?: readonly FieldError[];
  public readonly retryAfterSeconds?: number;
  public readonly repeatable: boolean;
  public readonly resumable: boolean;
  public readonly mayBeCharged: boolean;
  public readonly charged?: ChargeStatus;
  public readonly filtered?: FilteredContent;
  public readonly replayed: boolean;

  constructor(public readonly code: ErrorCode, detail: string, options: ApiErrorOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'ApiError';
    this.fieldErrors = options.fieldErrors;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.repeatable = options.repeatable ?? false;
    this.resumable = options.resumable ?? false;
    this.mayBeCharged = options.mayBeCharged ?? false;
    this.charged = options.charged;
    this.filtered = options.filtered;
    this.replayed = options.replayed ?? false;
  }

  /** Returns a copy with other options. */
  public with(options: ApiErrorOptions): ApiError {
    return new ApiError(this.code, this.message, { ...this, cause: this.cause, ...options });
  }
}

/** A Lambda response has at most 6 MB. No valid request has more fields. */
const MAX_FIELD_ERRORS = 50;
/** Field errors in the detail; `errors` contains all. */
const MAX_IN_DETAIL = 20;

/** Returns the error for an invalid request. Its detail summarizes the field errors. */
export function invalidRequest(fieldErrors: readonly FieldError[]): ApiError {
  const details = fieldErrors.slice(0, MAX_IN_DETAIL).map(({ pointer, detail }) => `${pointer.replace(/^\//, '')} ${detail}`.trim());
  const more = fieldErrors.length > MAX_IN_DETAIL ? [`and ${fieldErrors.length - MAX_IN_DETAIL} more`] : [];
  return new ApiError('INVALID_REQUEST', [...details, ...more].join('; '), { fieldErrors: fieldErrors.slice(0, MAX_FIELD_ERRORS) });
}

/** Returns the error for a bug or for a failure of an AWS service. */
export function internal(cause: unknown): ApiError {
  return new ApiError('INTERNAL', 'internal error; the operator can find the cause by the request id', { cause });
}

/** Returns an error as it is reported to the client. Anything but an `ApiError` is a bug or a failure of an AWS service. */
export function asApiError(cause: unknown): ApiError {
  return cause instanceof ApiError ? cause : internal(cause);
}

/** Returns whether a filter rejected the content. It rejects the same content again. */
export function isFiltered(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'CONTENT_FILTERED';
}

/** Codes of errors that only another request corrects. */
const CLIENT_ERRORS: readonly ErrorCode[] = ['CONTENT_FILTERED', 'INVALID_REQUEST', 'NOT_FOUND', 'PAYLOAD_TOO_LARGE'];

/** Returns whether the client caused an error. */
export function isClientError(code: ErrorCode): boolean {
  return CLIENT_ERRORS.includes(code);
}

/** Returns the error for an image or a batch that the owner does not have. */
export function notFound(what: 'image' | 'batch' = 'image'): ApiError {
  return new ApiError('NOT_FOUND', `the ${what} does not exist or belongs to another owner`);
}

import type { ErrorCode, Fault } from '../private/contract/errors';

export interface ApiErrorOptions {
  /** Each fault of the request, by its place. */
  readonly faults?: readonly Fault[];
  readonly retryAfterSeconds?: number;
  /** The call was surely not charged and may succeed if repeated. */
  readonly repeatable?: boolean;
  /** What really happened: for the log, never for the client. */
  readonly cause?: unknown;
}

/** An outcome that a client is told of: a code of the contract and a text for people. */
export class ApiError extends Error {
  public readonly faults?: readonly Fault[];
  public readonly retryAfterSeconds?: number;
  public readonly repeatable: boolean;

  constructor(public readonly code: ErrorCode, detail: string, options: ApiErrorOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = 'ApiError';
    this.faults = options.faults;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.repeatable = options.repeatable ?? false;
  }
}

export function invalidRequest(faults: readonly Fault[]): ApiError {
  const list = faults.map(({ pointer, detail }) => `${pointer.replace(/^\//, '')} ${detail}`).join('; ');
  return new ApiError('INVALID_REQUEST', list, { faults });
}

export function notFound(): ApiError {
  return new ApiError('NOT_FOUND', 'there is no such image, or it is not yours');
}

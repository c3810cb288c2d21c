import { types } from 'node:util';
import { ApiError } from '../shared/errors';

/** How long a client should wait where Bedrock does not say: its request quotas are per minute. */
const THROTTLED_RETRY_SECONDS = 20;
const BUSY_RETRY_SECONDS = 10;

const UNAVAILABLE = 'the model is not available to this API; the operator must enable the model (its log says what is missing)';
const FILTERED = /blocked by our content filters/i;
const UNUSABLE_MODEL = /model identifier is invalid|on-demand throughput isn.t supported|end of its life|Legacy/i;

type Translate = (cause: Error) => ApiError;

/** Exceptions of Bedrock's InvokeModel and Converse and of SageMaker's InvokeEndpoint (their API references), and what a client is told. */
const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  ValidationException: validation,
  AccessDeniedException: (cause) => new ApiError('MODEL_UNAVAILABLE', UNAVAILABLE, { cause }),
  ResourceNotFoundException: (cause) => new ApiError('MODEL_UNAVAILABLE', UNAVAILABLE, { cause }),
  ThrottlingException: (cause) => throttled(cause),
  ServiceQuotaExceededException: (cause) => new ApiError('THROTTLED', 'the model\'s quota is used up', { cause, retryAfterSeconds: THROTTLED_RETRY_SECONDS }),
  ModelNotReadyException: (cause) => busy(cause),
  ServiceUnavailableException: (cause) => busy(cause),
  ModelTimeoutException: (cause) => new ApiError('MODEL_TIMEOUT', 'the model took too long', { cause }),
  ModelErrorException: (cause) => new ApiError('MODEL_ERROR', 'the model failed', { cause }),
  InternalServerException: (cause) => new ApiError('MODEL_ERROR', 'the model service failed', { cause }),
  // SageMaker
  ValidationError: (cause) => new ApiError('MODEL_UNAVAILABLE', UNAVAILABLE, { cause }),
  ModelError: (cause) => new ApiError('MODEL_ERROR', 'the model failed', { cause }),
  InternalFailure: (cause) => new ApiError('MODEL_ERROR', 'the model service failed', { cause }),
  InternalDependencyException: (cause) => new ApiError('MODEL_ERROR', 'the model service failed', { cause }),
  ServiceUnavailable: (cause) => busy(cause),
};

function throttled(cause: Error): ApiError {
  return new ApiError('THROTTLED', 'the model is throttled; try again later', { cause, retryAfterSeconds: THROTTLED_RETRY_SECONDS, repeatable: true });
}

function busy(cause: Error): ApiError {
  return new ApiError('MODEL_BUSY', 'the model is overloaded; try again later', { cause, retryAfterSeconds: BUSY_RETRY_SECONDS, repeatable: true });
}

/** One name for three causes: a filter, a model that cannot be called, and a request it does not take. */
function validation(cause: Error): ApiError {
  if (FILTERED.test(cause.message)) {
    const side = /input image/i.test(cause.message) ? 'input image' : 'prompt';
    return new ApiError('CONTENT_FILTERED', `the model filtered the ${side}; change the request, a repetition is filtered again`, { cause });
  }
  if (UNUSABLE_MODEL.test(cause.message)) return new ApiError('MODEL_UNAVAILABLE', UNAVAILABLE, { cause });
  // the text may quote the request
  return new ApiError('INVALID_REQUEST', 'the model refused these parameters', { cause: new Error('ValidationException: the body was refused') });
}

/** What a failed call means to a client. Whether it may be repeated: only where Bedrock surely drew nothing. */
export function translateError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!types.isNativeError(error)) return new ApiError('MODEL_ERROR', 'the model could not be reached', { cause: error });
  const known = TRANSLATIONS[error.name];
  if (known) return known(error);
  // no byte of the request was sent: the one kind of network failure that surely cost nothing
  if (NOT_CONNECTED.test(systemText(error))) return busy(error);
  // the SDK calls this a time-out, too
  if (CONNECTION_BROKE.test(systemText(error))) return new ApiError('MODEL_ERROR', 'the connection to the model broke', { cause: error });
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return new ApiError('MODEL_TIMEOUT', 'the model took too long', { cause: error });
  // 529 and the like have no name of their own
  const status = httpStatus(error);
  if (status === 429) return throttled(error);
  if (status === 503 || status === 529) return busy(error);
  if (status === 403) return new ApiError('MODEL_UNAVAILABLE', UNAVAILABLE, { cause: error });
  return new ApiError('MODEL_ERROR', 'the model could not be reached or gave no answer', { cause: error });
}

const CONNECTION_BROKE = /\b(ECONNRESET|EPIPE)\b|socket hang up/;
const NOT_CONNECTED = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)\b|did not establish a connection/;

/** The name of a system error stands in its code, in its message, or in both. */
function systemText(error: Error): string {
  return `${'code' in error ? String(error.code) : ''} ${error.message}`;
}

function httpStatus(error: Error): number | undefined {
  return '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }).httpStatusCode : undefined;
}

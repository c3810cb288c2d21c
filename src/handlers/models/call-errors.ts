import { types } from 'node:util';
import { contentFiltered } from './response-errors';
import { ApiError } from '../shared/api-error';
import { errorText, serviceMetadata } from '../shared/service-error';

/** `Retry-After` of throttled calls: the request quotas of Bedrock are per minute. */
const THROTTLED_RETRY_SECONDS = 20;
const BUSY_RETRY_SECONDS = 10;

const FILTERED = /blocked by our content filters/i;
const MODEL_UNUSABLE = /model identifier is invalid|on-demand throughput isn.t supported|end of its life|Legacy/i;

type Translation = (cause: Error) => ApiError;

/** By exception of InvokeModel and Converse of Bedrock and InvokeEndpoint of SageMaker, see their API references. */
const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  ValidationException: translateValidationException,
  AccessDeniedException: unavailable,
  ResourceNotFoundException: unavailable,
  ThrottlingException: throttled,
  ServiceQuotaExceededException: (cause) => new ApiError('THROTTLED', 'the quota of the model is exceeded', { cause, retryAfterSeconds: THROTTLED_RETRY_SECONDS }),
  ModelNotReadyException: busy,
  ServiceUnavailableException: busy,
  ModelTimeoutException: timedOut,
  ModelErrorException: (cause) => new ApiError('MODEL_ERROR', 'the model failed', { cause }),
  InternalServerException: failedWithoutImage,
  // SageMaker
  ValidationError: unavailable,
  ModelError: (cause) => new ApiError('MODEL_ERROR', 'the model failed', { cause }),
  InternalFailure: serviceFailed,
  InternalDependencyException: serviceFailed,
  ServiceUnavailable: busy,
};

function throttled(cause: Error): ApiError {
  return new ApiError('THROTTLED', 'the model is throttled; try again later', { cause, retryAfterSeconds: THROTTLED_RETRY_SECONDS, repeatable: true });
}

function busy(cause: Error): ApiError {
  return new ApiError('MODEL_BUSY', 'the model is overloaded; try again later', { cause, retryAfterSeconds: BUSY_RETRY_SECONDS, repeatable: true });
}

function unavailable(cause: Error): ApiError {
  return new ApiError('MODEL_UNAVAILABLE', 'the model is not available to this API; the operator must enable the model (the function log has the cause)', { cause });
}

function timedOut(cause: Error): ApiError {
  return new ApiError('MODEL_TIMEOUT', 'the model did not respond in time', { cause });
}

/** AWS advises to retry this exception. An error response contains no image, so the call counts as not charged. */
function failedWithoutImage(cause: Error): ApiError {
  return new ApiError('MODEL_BUSY', 'the model service failed; try again later', { cause, retryAfterSeconds: BUSY_RETRY_SECONDS, repeatable: true });
}

/** SageMaker does not state whether the container of the endpoint processed the request. */
function serviceFailed(cause: Error): ApiError {
  return new ApiError('MODEL_ERROR', 'the model service failed', { cause });
}

/** Bedrock uses this exception for filtered content, for models that cannot be called and for invalid parameters. */
function translateValidationException(cause: Error): ApiError {
  if (FILTERED.test(cause.message)) return contentFiltered(/input image/i.test(cause.message) ? 'input image' : 'prompt', cause);
  if (MODEL_UNUSABLE.test(cause.message)) return unavailable(cause);
  // the message may quote the request
  return new ApiError('INVALID_REQUEST', 'the model rejected the parameters', { cause: new Error('ValidationException: the body was rejected') });
}

/** Translates the error of a model call. It is `repeatable` only if the model certainly generated no image. */
export function translateError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!types.isNativeError(error)) return new ApiError('MODEL_ERROR', 'the model could not be reached', { cause: error });
  const translation = TRANSLATIONS[error.name];
  if (translation) return translation(error);
  // the request was not sent: the only network failure that certainly was not charged
  if (NOT_CONNECTED.test(errorText(error))) return busy(error);
  // the SDK reports these as timeouts, too
  if (CONNECTION_LOST.test(errorText(error))) return new ApiError('MODEL_ERROR', 'the connection to the model was lost', { cause: error });
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return timedOut(error);
  // some statuses, for example 529, have no exception
  const { httpStatusCode: status } = serviceMetadata(error);
  if (status === 429) return throttled(error);
  if (status === 503 || status === 529) return busy(error);
  if (status === 403) return unavailable(error);
  return new ApiError('MODEL_ERROR', 'the model could not be reached or did not respond', { cause: error });
}

const CONNECTION_LOST = /\b(ECONNRESET|EPIPE)\b|socket hang up/;
const NOT_CONNECTED = /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)\b|did not establish a connection/;

import { translateError } from '../../../src/handlers/models/call-errors';
import { ApiError } from '../../../src/handlers/shared/api-error';

const named = (name: string, message = 'm', more: object = {}) => Object.assign(new Error(message), { name, ...more });

const EXCEPTIONS = [
  ['ValidationException', 'The provided model identifier is invalid.', 'MODEL_UNAVAILABLE', false],
  ['ValidationException', 'Invocation of model ID x with on-demand throughput isn\u2019t supported. Retry your request', 'MODEL_UNAVAILABLE', false],
  ['ValidationException', 'This request has been blocked by our content filters. Please adjust your text prompt to submit a new request.', 'CONTENT_FILTERED', false],
  ['AccessDeniedException', 'not authorized to perform the required AWS Marketplace actions', 'MODEL_UNAVAILABLE', false],
  ['ResourceNotFoundException', 'This model version has reached the end of its life.', 'MODEL_UNAVAILABLE', false],
  ['ThrottlingException', 'Too many requests', 'THROTTLED', true],
  ['ServiceQuotaExceededException', 'quota', 'THROTTLED', false],
  ['ModelNotReadyException', 'not ready', 'MODEL_BUSY', true],
  ['ServiceUnavailableException', 'overloaded', 'MODEL_BUSY', true],
  ['ModelTimeoutException', 'slow', 'MODEL_TIMEOUT', false],
  ['ModelErrorException', 'failed', 'MODEL_ERROR', false],
  ['InternalServerException', 'failed', 'MODEL_BUSY', true],
  ['AbortError', 'Request aborted', 'MODEL_TIMEOUT', false],
  ['TimeoutError', 'The operation was aborted due to timeout', 'MODEL_TIMEOUT', false],
  ['TimeoutError', 'read ECONNRESET', 'MODEL_ERROR', false],
  ['TimeoutError', 'socket hang up', 'MODEL_ERROR', false],
  ['TimeoutError', 'write EPIPE', 'MODEL_ERROR', false],
  ['TimeoutError', 'the request socket did not establish a connection with the server within the configured timeout of 3000 ms.', 'MODEL_BUSY', true],
  ['Error', 'getaddrinfo ENOTFOUND bedrock-runtime.us-west-2.amazonaws.com', 'MODEL_BUSY', true],
  ['Error', 'connect ECONNREFUSED 127.0.0.1:1', 'MODEL_BUSY', true],
  ['SomethingNew', 'whatever', 'MODEL_ERROR', false],
  ['ValidationError', 'no such endpoint', 'MODEL_UNAVAILABLE', false],
  ['ModelError', 'failed', 'MODEL_ERROR', false],
  ['InternalFailure', 'failed', 'MODEL_ERROR', false],
  ['InternalDependencyException', 'failed', 'MODEL_ERROR', false],
  ['ServiceUnavailable', 'overloaded', 'MODEL_BUSY', true],
] as const;

describe('translateError', () => {
  it.each(EXCEPTIONS)('translates %s "%s" to %s', (name, message, code, repeatable) => {
    const cause = named(name, message);
    expect(translateError(cause)).toMatchObject({ code, repeatable, cause });
  });

  it('omits the message of a rejected body, which may quote the prompt', () => {
    const { code, cause } = translateError(named('ValidationException', 'Malformed input request: #/prompt: "a secret" is too long'));
    expect(code).toBe('INVALID_REQUEST');
    expect(String(cause)).toBe('Error: ValidationException: the body was rejected');
  });

  it('reads the code of a system error without a message', () => {
    expect(translateError(named('AggregateError', '', { code: 'ECONNREFUSED' }))).toMatchObject({ code: 'MODEL_BUSY', repeatable: true });
  });

  it.each([[429, 'THROTTLED'], [503, 'MODEL_BUSY'], [529, 'MODEL_BUSY'], [403, 'MODEL_UNAVAILABLE'], [500, 'MODEL_ERROR']])('translates status %i of an unknown exception to %s', (httpStatusCode, code) => {
    const cause = named('New', 'm', { $metadata: { httpStatusCode } });
    expect(translateError(cause)).toMatchObject({ code, cause });
  });

  it.each(['ThrottlingException', 'ServiceQuotaExceededException', 'ModelNotReadyException', 'InternalServerException'])('sets Retry-After for %s', (name) => {
    expect(translateError(named(name)).retryAfterSeconds).toBeGreaterThan(0);
  });

  it.each([...new Set(EXCEPTIONS.map(([name]) => name))])('omits the message of %s from the detail', (name) => {
    const { message } = translateError(named(name, 'arn:aws:iam::111122223333:role/secret-role is not authorized'));
    expect(message).not.toMatch(/arn:|secret-role/);
  });

  it('names the remedy of a denied call', () => {
    expect(translateError(named('AccessDeniedException')).message).toContain('the operator must enable the model');
  });

  it('returns an ApiError unchanged and accepts any other value', () => {
    const known = new ApiError('CONTENT_FILTERED', 'filtered');
    expect(translateError(known)).toBe(known);
    for (const thrown of ['text', null, 5, {}]) expect(translateError(thrown)).toMatchObject({ code: 'MODEL_ERROR', cause: thrown });
    expect(translateError(undefined).code).toBe('MODEL_ERROR');
  });
});

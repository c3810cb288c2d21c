import { NodeHttpHandler } from '@smithy/node-http-handler';

const CONNECT_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 3_000;

/**
 * Returns the HTTP handler for SDK clients of DynamoDB, S3, SQS and EventBridge, which respond within milliseconds. By default, the SDK
 * waits without a timeout, for example on a connection that was lost while the execution environment was frozen. The function would time
 * out and lose a charged image.
 */
export function shortTimeoutHttpHandler(): NodeHttpHandler {
  return new NodeHttpHandler({ connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true });
}

/** Aborts a call, including the retries of the SDK, at `deadline` (epoch milliseconds). A call after the deadline is not sent. */
export function abortAt(deadline: number): { abortSignal: AbortSignal } {
  const remainingMs = deadline - Date.now();
  // a timeout of 0 ms would end after the request was sent
  return { abortSignal: remainingMs > 0 ? AbortSignal.timeout(remainingMs) : AbortSignal.abort() };
}

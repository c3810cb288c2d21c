import { NodeHttpHandler } from '@smithy/node-http-handler';

const CONNECT_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 3_000;

/**
 * For services that answer in milliseconds. By default the SDK waits for ever, for example on a connection that broke while
 * the function was frozen; then a picture that is paid for would be lost with the function.
 */
export function shortTimeoutHandler(): NodeHttpHandler {
  return new NodeHttpHandler({ connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true });
}

/** Ends a call, the SDK's retries included, at `deadline` (epoch milliseconds). */
export function abortAt(deadline: number): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.timeout(Math.max(0, deadline - Date.now())) };
}

import { randomUUID } from 'node:crypto';
import type * as http from 'node:http';
import * as http2 from 'node:http2';
import { type ServiceError } from './service-error';

/** An HTTP/1.1 or HTTP/2 request. Node's HTTP/2 compatibility API provides the same interface for both. */
export type IncomingRequest = http.IncomingMessage | http2.Http2ServerRequest;
export type OutgoingResponse = http.ServerResponse | http2.Http2ServerResponse;

/** A response, or `'reset'` to close the connection without a response. */
export type ServiceResponse = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } | 'reset';

/** Creates a response with a JSON body. */
export function jsonResponse(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ServiceResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** Creates an error response that the AWS SDKs convert to an exception class. */
export function errorResponse(error: ServiceError): ServiceResponse {
  return jsonResponse(error.status, { message: error.message, ...error.details }, { 'x-amzn-ErrorType': error.exception });
}

/** Reads the body of a request. Returns `undefined` if it exceeds the limit. */
export async function readBody(request: IncomingRequest, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}

/** Sends a response, or resets the connection. */
export function sendResponse(request: IncomingRequest, response: OutgoingResponse, result: ServiceResponse): void {
  if (result === 'reset') return resetConnection(request);
  response.statusCode = result.status;
  response.setHeader('x-amzn-RequestId', randomUUID());
  for (const [name, value] of Object.entries(result.headers ?? {})) response.setHeader(name, value);
  const body = Buffer.from(result.body ?? '');
  if (result.status !== 204) response.setHeader('content-length', body.length);
  response.end(body);
}

/** Closes the HTTP/1.1 connection, or the stream of this request on an HTTP/2 connection. */
function resetConnection(request: IncomingRequest): void {
  if ('stream' in request) request.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  else request.socket.destroy();
}

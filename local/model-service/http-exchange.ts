import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import * as http2 from 'node:http2';
import { ServiceError } from './bedrock/bedrock-errors';

/** A request of either protocol; Node's HTTP/2 compatibility layer gives both the same face. */
export type Request = http.IncomingMessage | http2.Http2ServerRequest;
export type Response = http.ServerResponse | http2.Http2ServerResponse;

/** What goes back: a status with a body, or nothing at all because the connection breaks. */
export type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } | 'hang-up';

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** An error in the form by which the AWS SDKs recognise its class. */
export function errorAnswer(error: ServiceError): Answer {
  return json(error.status, { message: error.message, ...error.details }, { 'x-amzn-ErrorType': error.exception });
}

/** The whole body; `undefined` if it is longer than the limit, in which case it is read to its end but not kept. */
export async function readBody(request: Request, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length <= limit ? Buffer.concat(chunks) : undefined;
}

export function send(request: Request, response: Response, answer: Answer): void {
  if (answer === 'hang-up') return hangUp(request);
  response.statusCode = answer.status;
  response.setHeader('x-amzn-RequestId', randomUUID());
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const body = Buffer.from(answer.body ?? '');
  if (answer.status !== 204) response.setHeader('content-length', body.length);
  response.end(body);
}

/** Breaks off without an answer: the connection, or of a shared HTTP/2 connection only this request's stream. */
function hangUp(request: Request): void {
  if ('stream' in request) request.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  else request.socket.destroy();
}

import type { APIGatewayProxyEvent } from 'aws-lambda';
import { bodyLimitError } from './body/body-limits';
import { rejectCompression } from './body/content-encoding';
import type { JsonObject } from '../../private/contract/json-object';
import type { Deadlines } from '../generation/deadlines';
import { ApiError, invalidRequest } from '../shared/api-error';
import { lowerCaseNames } from '../shared/headers';

/** An HTTP request, independent of the event format of API Gateway. */
export interface HttpRequest {
  readonly requestId: string;
  readonly method: string;
  /** The API Gateway resource, such as `/images/{id}`. */
  readonly route: string;
  /** Scheme and host of the API, as the client called it. */
  readonly origin: string;
  /** The path that the client called, including the stage or base path. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  /** The last value of each query parameter, as in the event of API Gateway. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names of query parameters that occur more than once. */
  readonly repeated: readonly string[];
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
  /** The owner of the images that the request creates and can read. */
  readonly owner: string;
  /** Source IP and user agent. They do not authenticate the caller. */
  readonly sender: string;
  readonly deadlines: Deadlines;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A value that is serialized as JSON. */
  readonly json?: unknown;
  readonly binary?: { readonly contentType: string; readonly bytes: Uint8Array };
  readonly text?: { readonly contentType: string; readonly body: string };
}

/** Creates the request from an event of API Gateway. */
export function fromEvent(event: APIGatewayProxyEvent, owner: string, deadlines: Deadlines): HttpRequest {
  return {
    requestId: event.requestContext.requestId,
    method: event.httpMethod,
    route: event.resource,
    origin: originOf(event),
    // API Gateway also routes `/images/` to `/images`
    path: event.requestContext.path.replace(/\/$/, ''),
    pathParameters: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    repeated: Object.entries(event.multiValueQueryStringParameters ?? {}).flatMap(([name, values = []]) => values.length > 1 ? [name] : []),
    headers: lowerCaseNames(event.headers ?? {}),
    bytes: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    owner,
    sender: JSON.stringify([event.requestContext.identity.sourceIp, event.requestContext.identity.userAgent]),
    deadlines,
  };
}

/** API Gateway sets the header and accepts only HTTPS. The local run uses HTTP. */
function originOf({ headers, requestContext: { domainName } }: APIGatewayProxyEvent): string {
  const scheme = lowerCaseNames(headers ?? {})['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  return `${scheme}://${domainName}`;
}

/** Parses the body as a JSON object. Throws if the content type is not JSON. */
export function jsonBody(request: HttpRequest): JsonObject {
  const type = (request.headers['content-type'] ?? 'application/json').split(';')[0].trim().toLowerCase();
  if (type !== 'application/json') throw new ApiError('UNSUPPORTED_MEDIA_TYPE', `Content-Type must be application/json, got ${type}`);
  return jsonObject(request);
}

/** Parses the body as a JSON object. Ignores its content type. */
export function jsonObject(request: HttpRequest): JsonObject {
  rejectCompression(request.headers);
  const value = parse(utf8(request.bytes));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest([{ pointer: '', detail: 'the body must be a JSON object, for example {"prompt": "a lighthouse in a storm"}' }]);
  }
  const limitError = bodyLimitError(value);
  if (limitError) throw invalidRequest([limitError]);
  return value as JsonObject;
}

/** Decodes the body, without a byte order mark. Throws if it is not UTF-8: a model would be charged for replacement characters. */
function utf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidRequest([{ pointer: '', detail: 'the body is not valid UTF-8' }]);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // the message of the parser quotes the body
    throw invalidRequest([{ pointer: '', detail: 'the body is not valid JSON' }]);
  }
}

import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ApiError, invalidRequest } from '../shared/errors';

/** A request as the route functions see it. */
export interface HttpRequest {
  readonly requestId: string;
  readonly method: string;
  /** The resource it matched, with parameters unresolved: `/images/{id}`. */
  readonly route: string;
  /** The name of the API as the client called it. */
  readonly origin: string;
  /** The path as the client sees it, stage or base path included. */
  readonly path: string;
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  /** The last value of each name, as API Gateway reads a query. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names that the query has more than once. */
  readonly repeated: readonly string[];
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
  /** Whose images it makes and sees. */
  readonly owner: string;
  /** Where it came from, as far as that can be told: no proof of who sent it. */
  readonly sender: string;
  /** Epoch milliseconds at which the function is stopped. */
  readonly deadline: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Rendered as JSON. */
  readonly json?: unknown;
  readonly binary?: { readonly contentType: string; readonly bytes: Uint8Array };
  readonly text?: { readonly contentType: string; readonly body: string };
}

export function fromEvent(event: APIGatewayProxyEvent, owner: string, deadline: number): HttpRequest {
  return {
    requestId: event.requestContext.requestId,
    method: event.httpMethod,
    route: event.resource,
    origin: originOf(event),
    // API Gateway takes `/images/` for `/images`
    path: event.requestContext.path.replace(/\/$/, ''),
    pathParameters: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    repeated: Object.entries(event.multiValueQueryStringParameters ?? {}).flatMap(([name, values = []]) => values.length > 1 ? [name] : []),
    headers: lowerCaseNames(event.headers ?? {}),
    bytes: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    owner,
    sender: JSON.stringify([event.requestContext.identity.sourceIp, event.requestContext.identity.userAgent]),
    deadline,
  };
}

/** API Gateway writes both. Only on a developer's machine is there something else than TLS. */
function originOf({ headers, requestContext: { domainName } }: APIGatewayProxyEvent): string {
  const scheme = lowerCaseNames(headers ?? {})['x-forwarded-proto'] === 'http' ? 'http' : 'https';
  return `${scheme}://${domainName}`;
}

export function lowerCaseNames(headers: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A body has room for half a million, and to name each fault of those takes all our memory. */
const MOST_FIELDS = 1_000;

/** The JSON object in the body. */
export function jsonBody(request: HttpRequest): Record<string, unknown> {
  const type = (request.headers['content-type'] ?? 'application/json').split(';')[0].trim().toLowerCase();
  if (type !== 'application/json') throw new ApiError('UNSUPPORTED_MEDIA_TYPE', `send Content-Type: application/json, not ${type}`);
  return jsonObject(request);
}

/** The JSON object in the body, whatever type it is said to have. */
export function jsonObject({ bytes }: HttpRequest): Record<string, unknown> {
  const value = parse(bytes.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidRequest([{ pointer: '', detail: 'the body must be a JSON object, for example {"prompt": "a lighthouse in a storm"}' }]);
  }
  const { length } = Object.keys(value);
  if (length > MOST_FIELDS) throw invalidRequest([{ pointer: '', detail: `the body has ${length} fields, no request has more than ${MOST_FIELDS}` }]);
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // the parser's own message quotes the body
    throw invalidRequest([{ pointer: '', detail: 'the body is not valid JSON' }]);
  }
}

import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ROUTES_BY_SET } from '../../src/private/contract/routes';

/** A request of a client. */
export interface Call {
  /** The path that the client called. By default, it includes the stage. */
  readonly path?: string;
  readonly body?: unknown;
  readonly rawBody?: string;
  /** As API Gateway passes binary media types. */
  readonly isBase64Encoded?: boolean;
  readonly headers?: Record<string, string> | null;
  /** With a list, the parameter occurs once per value. */
  readonly query?: Record<string, string | string[]>;
  readonly keyId?: string;
  readonly identity?: Record<string, string | null>;
}

/** Paths with resources of their own, those without a path parameter first: API Gateway prefers them. The last one is a legacy route. */
const PATHS = [...Object.values(ROUTES_BY_SET).flat().map(({ path }) => path), '/image/{image_id}'].sort((a, b) => a.split('{').length - b.split('{').length);

/** Returns the resource of a path and its path parameters, as API Gateway does. */
function resourceOf(path: string): { resource: string; pathParameters: Record<string, string> | null } {
  for (const resource of PATHS) {
    const match = new RegExp(`^${resource.replace(/\{(\w+)\}/g, '(?<$1>[^/]*)')}$`).exec(path);
    if (match) return { resource, pathParameters: match.groups ? { ...match.groups } : null };
  }
  return { resource: path, pathParameters: null };
}

/** Creates the event that API Gateway passes to the function. `route` is a method and a path, such as `GET /images/1`. */
export function apiEvent(route: string, call: Call): APIGatewayProxyEvent {
  const { body, rawBody, isBase64Encoded = false, headers = {}, query, keyId = 'key-a', identity } = call;
  const [method, path] = route.split(' ');
  return {
    httpMethod: method,
    ...resourceOf(path),
    queryStringParameters: query ? mapValues(query, (value) => [value].flat().at(-1)) : null,
    multiValueQueryStringParameters: query ? mapValues(query, (value) => [value].flat()) : null,
    headers,
    body: rawBody ?? (body === undefined ? null : JSON.stringify(body)),
    isBase64Encoded,
    requestContext: {
      requestId: 'request-1', path: call.path ?? `/prod${path}`, domainName: 'api.example.com', identity: identity ?? { apiKeyId: keyId },
    },
  } as unknown as APIGatewayProxyEvent;
}

function mapValues<T, R>(object: Record<string, T>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}

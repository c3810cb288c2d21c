import type { APIGatewayProxyEvent } from 'aws-lambda';

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
  /** Name of the path parameter. */
  readonly idName?: string;
}

/** Paths without a path parameter. */
const FIXED_PATHS = ['/images/edits', '/images/uploads', '/images/batches', '/v1/images/generations', '/v1/images/edits', '/v1/models', '/v1/image'];

/** Creates the event that API Gateway passes to the function. `route` is a method and a path, such as `GET /images/1`. */
export function apiEvent(route: string, call: Call): APIGatewayProxyEvent {
  const { body, rawBody, isBase64Encoded = false, headers = {}, query, keyId = 'key-a', identity, idName = 'id' } = call;
  const [method, path] = route.split(' ');
  const [, resource, id] = FIXED_PATHS.includes(path) ? [undefined, path.slice(1)] : /^\/(images\/batches|[^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  return {
    httpMethod: method,
    resource: id === undefined ? `/${resource}` : `/${resource}/{${idName}}`,
    pathParameters: id === undefined ? null : { [idName]: id },
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

import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { corsHeaders } from './cors';
import { errorResponse, type ErrorResponse } from './error-response';
import { base64 } from './image-responses';
import { legacyRouteFunction } from './legacy/legacy-route-functions';
import { openAiErrorResponse } from './openai/openai-error-response';
import { OPENAI_ROUTE_FUNCTIONS } from './openai/openai-routes';
import { ownerOf } from './owner';
import { fromEvent, type HttpResponse } from './request';
import type { RouteFunction, RouteTable } from './route';
import { STANDARD_ROUTE_FUNCTIONS } from './routes';
import { describeApi } from './routes/openapi-document';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import { Deadlines } from '../generation/deadlines';
import type { HandlerContext } from '../requests/context';
import { ApiError, asApiError } from '../shared/api-error';
import { lowerCaseNames } from '../shared/headers';
import { describeCause, withFields, type Logger } from '../shared/log';

export type Router = (event: APIGatewayProxyEvent, deadline: number) => Promise<APIGatewayProxyResult>;

/** Creates the router of an API. It runs the route function, returns errors as problem documents, adds CORS headers and logs one line per request. */
export function createRouter(context: HandlerContext): Router {
  const { clock } = context.ports;
  return async (event, deadline) => {
    const start = clock.now();
    const route = matchRoute(event, context.configuration);
    const log = withFields(context.ports.log, { requestId: event.requestContext.requestId });
    const response: HttpResponse & Partial<Pick<ErrorResponse, 'code'>> = await run(route, event, deadline, { ...context, ports: { ...context.ports, log } })
      .catch((error: unknown) => failedResponse(error, route, event.requestContext.requestId, log));
    log.info('request', { route: route.name, status: response.status, code: response.code, ms: clock.now() - start });
    return render(response, corsHeaders(context.configuration.corsOrigins, lowerCaseNames(event.headers ?? {}).origin));
  };
}

interface MatchedRoute {
  /** Method and resource. */
  readonly name: string;
  /** Absent if the API does not have the route. */
  readonly handle?: RouteFunction;
  /** Whether errors are returned in the format of the OpenAI API. */
  readonly isOpenAi: boolean;
}

/** The functions of all routes, except legacy routes. */
export const ROUTE_FUNCTIONS: RouteTable = { ...STANDARD_ROUTE_FUNCTIONS, ...OPENAI_ROUTE_FUNCTIONS, 'GET /openapi.json': describeApi };

function matchRoute({ httpMethod, resource }: APIGatewayProxyEvent, configuration: HandlerConfiguration): MatchedRoute {
  const name = `${httpMethod} ${resource}`;
  return {
    name,
    handle: legacyRouteFunction(httpMethod, resource, configuration) ?? ROUTE_FUNCTIONS[name],
    isOpenAi: name in OPENAI_ROUTE_FUNCTIONS,
  };
}

async function run({ name, handle }: MatchedRoute, event: APIGatewayProxyEvent, deadline: number, context: HandlerContext): Promise<HttpResponse> {
  const owner = ownerOf(context.configuration.auth, event.requestContext.identity, event.requestContext.authorizer);
  if (!handle) throw new ApiError('NOT_FOUND', `the route ${name} does not exist`);
  return handle(fromEvent(event, owner, new Deadlines(deadline)), context);
}

function failedResponse(cause: unknown, { isOpenAi }: MatchedRoute, requestId: string, log: Logger): ErrorResponse {
  const error = asApiError(cause);
  if (error.cause !== undefined && error.code === 'INTERNAL') log.error('request failed', describeCause(error.cause));
  const response = errorResponse(error, requestId);
  return isOpenAi ? openAiErrorResponse(response, error, requestId) : response;
}

function render({ status, headers, json, binary, text }: HttpResponse, cors: Record<string, string>): APIGatewayProxyResult {
  const common = { 'Cache-Control': 'no-store', ...cors };
  if (binary) {
    return {
      statusCode: status,
      headers: { ...common, 'Content-Type': binary.contentType, ...headers },
      body: base64(binary.bytes),
      isBase64Encoded: true,
    };
  }
  if (text) return { statusCode: status, headers: { ...common, 'Content-Type': text.contentType, ...headers }, body: text.body };
  const body = json === undefined ? '' : JSON.stringify(json);
  return { statusCode: status, headers: { ...common, ...(body && { 'Content-Type': 'application/json' }), ...headers }, body };
}

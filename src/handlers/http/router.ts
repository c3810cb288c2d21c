import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { corsHeaders } from './cors';
import { errorResponse, type ErrorResponse } from './error-response';
import { base64 } from './image-responses';
import { legacyRouteLoader } from './legacy/legacy-routes';
import { openAiErrorResponse } from './openai/openai-error-response';
import { OPENAI_FUNCTIONS } from './openai/openai-routes';
import { ownerOf } from './owner';
import { fromEvent, type HttpResponse } from './request';
import type { RouteLoader, RouteTable } from './route';
import { STANDARD_FUNCTIONS } from './routes';
import type { ConfiguredRoutes, HandlerConfiguration } from '../../private/contract/configuration';
import type { ErrorCode } from '../../private/contract/errors';
import type { MetricRouteSet } from '../../private/contract/metrics';
import { BUDGET_REMAINING_HEADER, ESTIMATED_COST_HEADER } from '../../private/contract/routes';
import { Deadlines } from '../generation/deadlines';
import { logMeasurements } from '../generation/measurement/log-measurements';
import { handlerContext, type HandlerContext, type SharedContext } from '../requests/context';
import { ApiError, asApiError } from '../shared/api-error';
import { lowerCaseNames } from '../shared/headers';
import { describeCause } from '../shared/log';

export type Router = (event: APIGatewayProxyEvent, deadline: number) => Promise<APIGatewayProxyResult>;

/** Creates the router of an API. It runs the route function, returns errors as problem documents, adds CORS headers and logs one line per request. */
export function createRouter(shared: SharedContext): Router {
  const { configuration, ports: { clock } } = shared;
  return async (event, deadline) => {
    const start = clock.now();
    const route = matchRoute(event, configuration);
    const { requestId, extendedRequestId } = event.requestContext;
    const context = handlerContext(shared, { requestId });
    context.ports.measurements.describe({ routeSet: route.set });
    const response: HttpResponse & Partial<Pick<ErrorResponse, 'code'>> = await callRoute(route, event, deadline, context)
      .catch((error: unknown) => failedResponse(error, route, requestId, context));
    const now = clock.now();
    const fields = { extendedRequestId, route: route.name, status: response.status, code: response.code, ms: now - start };
    logMeasurements({ message: 'request', fields, api: configuration.api, now }, context.ports);
    const cors = corsHeaders(configuration.corsOrigins, lowerCaseNames(event.headers ?? {}).origin);
    return render(response, { ...cors, ...spendHeaders(response, context) });
  };
}

interface MatchedRoute {
  /** Method and resource, such as `GET /images/{id}`. */
  readonly name: string;
  /** Absent if the API does not have the route. */
  readonly load?: RouteLoader;
  /** Absent if the API does not have the route. */
  readonly set?: MetricRouteSet;
}

/** The functions of the built-in sets of routes. */
const FUNCTIONS_BY_SET: Readonly<Record<ConfiguredRoutes, RouteTable>> = { standard: STANDARD_FUNCTIONS, openAi: OPENAI_FUNCTIONS };

/** The functions of all routes, except legacy routes. */
export const FUNCTIONS: RouteTable = Object.assign({}, ...Object.values(FUNCTIONS_BY_SET)) as RouteTable;

function matchRoute({ httpMethod, resource }: APIGatewayProxyEvent, configuration: HandlerConfiguration): MatchedRoute {
  const name = `${httpMethod} ${resource}`;
  const legacy = legacyRouteLoader(httpMethod, resource, configuration);
  return { name, load: legacy ?? FUNCTIONS[name], set: legacy ? 'legacy' : builtInSetOf(name) };
}

function builtInSetOf(name: string): MetricRouteSet | undefined {
  return (Object.keys(FUNCTIONS_BY_SET) as ConfiguredRoutes[]).find((set) => Object.hasOwn(FUNCTIONS_BY_SET[set], name));
}

async function callRoute(
  { name, load }: MatchedRoute, event: APIGatewayProxyEvent, deadline: number, context: HandlerContext,
): Promise<HttpResponse> {
  const owner = ownerOf(context.configuration.auth, event.requestContext.identity, event.requestContext.authorizer);
  context.ports.measurements.describeOwner(owner);
  if (!load) throw new ApiError('NOT_FOUND', `the route ${name} does not exist`);
  const routeFunction = await load();
  return routeFunction(fromEvent(event, owner, new Deadlines(deadline)), context);
}

function failedResponse(
  cause: unknown, { set }: MatchedRoute, requestId: string, { ports: { log, measurements, spending } }: HandlerContext,
): ErrorResponse {
  const error = asApiError(cause);
  if (error.replayed) measurements.reuse();
  if (error.cause !== undefined && error.code === 'INTERNAL') log.error('request failed', describeCause(error.cause));
  const response = errorResponse(error, requestId, spending.chargeStatus);
  // clients of the OpenAI API read its error format only
  return set === 'openAi' ? openAiErrorResponse(response, error, requestId) : response;
}

/** Returns headers with the cost of the request and the remaining budget. Errors have none, except `QUOTA_EXCEEDED`. */
function spendHeaders(
  response: HttpResponse & { readonly code?: ErrorCode }, { ports: { spending, budget } }: HandlerContext,
): Record<string, string> {
  if (response.status >= 400 && response.code !== 'QUOTA_EXCEEDED') return {};
  const { chargedUsd } = spending;
  const remaining = budget?.lastRemaining;
  return {
    ...(chargedUsd !== undefined && chargedUsd > 0 && { [ESTIMATED_COST_HEADER]: String(chargedUsd) }),
    ...(remaining && { [BUDGET_REMAINING_HEADER]: String(remaining.remainingUsd) }),
  };
}

/** Returns the response in the format of API Gateway. Headers of the route override the `added` ones. */
function render({ status, headers, json, binary, text }: HttpResponse, added: Record<string, string>): APIGatewayProxyResult {
  const common = { 'Cache-Control': 'no-store', ...added };
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

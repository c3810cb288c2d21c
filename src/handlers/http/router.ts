import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { corsHeaders } from './cors';
import { errorResponse, type ErrorResponse } from './error-response';
import { base64 } from './image-responses';
import { legacyRoute } from './legacy/legacy-routes';
import { openAiErrorResponse } from './openai/openai-error-response';
import { OPENAI_ROUTES } from './openai/openai-routes';
import { ownerOf } from './owner';
import { fromEvent, type HttpResponse } from './request';
import type { RouteLoader, RouteTable } from './route';
import { STANDARD_ROUTES } from './routes';
import type { HandlerConfiguration } from '../../private/contract/configuration';
import type { ErrorCode } from '../../private/contract/errors';
import { BUDGET_REMAINING_HEADER, ESTIMATED_COST_HEADER } from '../../private/contract/routes';
import { Deadlines } from '../generation/deadlines';
import { contextOfRequest, type HandlerContext, type SharedContext } from '../requests/context';
import { ApiError, asApiError } from '../shared/api-error';
import { lowerCaseNames } from '../shared/headers';
import { describeCause, type Logger } from '../shared/log';

export type Router = (event: APIGatewayProxyEvent, deadline: number) => Promise<APIGatewayProxyResult>;

/** Creates the router of an API. It runs the route function, returns errors as problem documents, adds CORS headers and logs one line per request. */
export function createRouter(shared: SharedContext): Router {
  const { clock } = shared.ports;
  return async (event, deadline) => {
    const start = clock.now();
    const route = matchRoute(event, shared.configuration);
    const { requestId } = event.requestContext;
    const context = contextOfRequest(shared, { requestId });
    const { ports: { log } } = context;
    const response: HttpResponse & Partial<Pick<ErrorResponse, 'code'>> = await run(route, event, deadline, context)
      .catch((error: unknown) => failedResponse(error, route, requestId, log));
    log.info('request', { route: route.name, status: response.status, code: response.code, ms: clock.now() - start });
    const cors = corsHeaders(shared.configuration.corsOrigins, lowerCaseNames(event.headers ?? {}).origin);
    return render(response, { ...cors, ...spendHeaders(response, context) });
  };
}

interface MatchedRoute {
  /** Method and resource. */
  readonly name: string;
  /** Absent if the API does not have the route. */
  readonly load?: RouteLoader;
  /** Whether errors are returned in the format of the OpenAI API. */
  readonly isOpenAi: boolean;
}

/** All routes, except legacy routes. */
export const ROUTES: RouteTable = { ...STANDARD_ROUTES, ...OPENAI_ROUTES };

function matchRoute({ httpMethod, resource }: APIGatewayProxyEvent, configuration: HandlerConfiguration): MatchedRoute {
  const name = `${httpMethod} ${resource}`;
  return {
    name,
    load: legacyRoute(httpMethod, resource, configuration) ?? ROUTES[name],
    isOpenAi: name in OPENAI_ROUTES,
  };
}

async function run({ name, load }: MatchedRoute, event: APIGatewayProxyEvent, deadline: number, context: HandlerContext): Promise<HttpResponse> {
  const owner = ownerOf(context.configuration.auth, event.requestContext.identity, event.requestContext.authorizer);
  if (!load) throw new ApiError('NOT_FOUND', `the route ${name} does not exist`);
  const handle = await load();
  return handle(fromEvent(event, owner, new Deadlines(deadline)), context);
}

function failedResponse(cause: unknown, { isOpenAi }: MatchedRoute, requestId: string, log: Logger): ErrorResponse {
  const error = asApiError(cause);
  if (error.cause !== undefined && error.code === 'INTERNAL') log.error('request failed', describeCause(error.cause));
  const response = errorResponse(error, requestId);
  return isOpenAi ? openAiErrorResponse(response, error, requestId) : response;
}

/** Returns what a successful request cost, and what the caller can still spend today. */
function spendHeaders(response: HttpResponse & { readonly code?: ErrorCode }, { ports: { spending, budget } }: HandlerContext): Record<string, string> {
  if (response.status >= 400 && response.code !== 'QUOTA_EXCEEDED') return {};
  const { chargedUsd } = spending;
  const remaining = budget?.lastRemaining;
  return {
    ...(chargedUsd !== undefined && chargedUsd > 0 && { [ESTIMATED_COST_HEADER]: String(chargedUsd) }),
    ...(remaining && { [BUDGET_REMAINING_HEADER]: String(remaining.remainingUsd) }),
  };
}

function render({ status, headers, json, binary, text }: HttpResponse, shared: Record<string, string>): APIGatewayProxyResult {
  const common = { 'Cache-Control': 'no-store', ...shared };
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

import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { corsHeaders } from './cors';
import { ApiError, internal } from '../shared/errors';
import { legacyRoute } from './legacy/dispatch';
import { isOpenAi, openAiErrorResponse } from './openai/error-response';
import { OPENAI } from './openai/openai-routes';
import { ownerOf } from './owner';
import { fromEvent, lowerCaseNames, type HttpResponse } from './request';
import { base64 } from './responses';
import { ERRORS, problem, PROBLEM_CONTENT_TYPE } from '../../private/contract/errors';
import { describeCause, withFields, type Logger } from '../shared/log';
import { STANDARD } from './routes/images';
import { describeApi } from './routes/openapi-document';
import type { HandlerContext, RouteFunction } from '../requests/context';

export type Router = (event: APIGatewayProxyEvent, deadline: number) => Promise<APIGatewayProxyResult>;

/** One HTTP API: finds the route, turns whatever is thrown into a problem document, adds CORS, logs one line a request. */
export function createRouter(context: HandlerContext): Router {
  const { clock } = context.ports;
  return async (event, deadline) => {
    const start = clock.now();
    const route = `${event.httpMethod} ${event.resource}`;
    // what a client reads in an error finds its cause
    const log = withFields(context.ports.log, { requestId: event.requestContext.requestId });
    const answer = await respond(event, deadline, route, { ...context, ports: { ...context.ports, log } })
      .catch((error: unknown) => failure(error, event, route, log));
    log.info('request', { route, status: answer.status, code: answer.code, ms: clock.now() - start });
    return render(answer, corsHeaders(context.configuration.corsOrigins, lowerCaseNames(event.headers ?? {}).origin));
  };
}

/** By method and resource. */
const ROUTES: Readonly<Record<string, RouteFunction>> = { ...STANDARD, ...OPENAI, 'GET /openapi.json': describeApi };

type LoggedAnswer = HttpResponse & { readonly code?: string };

async function respond(event: APIGatewayProxyEvent, deadline: number, route: string, context: HandlerContext): Promise<LoggedAnswer> {
  const owner = ownerOf(context.configuration.auth, event.requestContext.identity, event.requestContext.authorizer);
  const act = legacyRoute(event.httpMethod, event.resource, context.configuration) ?? ROUTES[route];
  if (!act) throw new ApiError('NOT_FOUND', `there is no ${route}`);
  return act(fromEvent(event, owner, deadline), context);
}

function failure(error: unknown, event: APIGatewayProxyEvent, route: string, log: Logger): LoggedAnswer {
  const { requestId } = event.requestContext;
  const known = error instanceof ApiError ? error : internal(error);
  const { code, message, fieldErrors, retryAfterSeconds, cause } = known;
  if (cause !== undefined && code === 'INTERNAL') log.error('request failed', describeCause(cause));
  const answer: LoggedAnswer = {
    status: ERRORS[code].status,
    code,
    headers: { 'Content-Type': PROBLEM_CONTENT_TYPE, ...(retryAfterSeconds !== undefined && { 'Retry-After': String(retryAfterSeconds) }) },
    json: problem(code, message, requestId, fieldErrors),
  };
  return isOpenAi(route) ? openAiErrorResponse(answer, known, requestId) : answer;
}

function render({ status, headers, json, binary, text }: HttpResponse, cors: Record<string, string>): APIGatewayProxyResult {
  const always = { 'Cache-Control': 'no-store', ...cors };
  if (binary) {
    return {
      statusCode: status,
      headers: { ...always, 'Content-Type': binary.contentType, ...headers },
      body: base64(binary.bytes),
      isBase64Encoded: true,
    };
  }
  if (text) return { statusCode: status, headers: { ...always, 'Content-Type': text.contentType, ...headers }, body: text.body };
  const body = json === undefined ? '' : JSON.stringify(json);
  return { statusCode: status, headers: { ...always, ...(body && { 'Content-Type': 'application/json' }), ...headers }, body };
}

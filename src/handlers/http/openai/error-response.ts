import { OPENAI_ROUTES } from '../../../private/contract/routes';
import { isFiltered, type ApiError } from '../../shared/errors';
import type { HttpResponse } from '../request';

/** Errors by which money may have been spent, or which the next attempt meets again: OpenAI's SDKs would repeat each of them twice. */
const NOT_REPEATED = ['INTERNAL', 'MODEL_ERROR', 'MODEL_TIMEOUT', 'MODEL_UNAVAILABLE'];

/** As OpenAI says it; LiteLLM knows such errors by these words. */
const REJECTED = 'Your request was rejected as a result of the safety system';

const ROUTES = OPENAI_ROUTES.map(({ method, path }) => `${method} ${path}`);

/** Whether a route is one of OpenAI's; one of an older system can begin with /v1 as well. */
export function isOpenAi(route: string): boolean {
  return ROUTES.includes(route);
}

/** An error as clients of OpenAI's API know it. */
export function openAiErrorResponse<Answer extends HttpResponse>(answer: Answer, error: ApiError, requestId: string): Answer {
  const headers = {
    ...answer.headers,
    'x-request-id': requestId,
    // what is paid for and kept is found by a repeated request
    ...(NOT_REPEATED.includes(error.code) && !error.resumable && { 'x-should-retry': 'false' }),
  };
  if (!isFiltered(error)) return { ...answer, headers };
  const { error: inner, ...problem } = answer.json as { error: { message: string } };
  const message = `${REJECTED}: ${inner.message}`;
  return { ...answer, status: 400, headers, json: { ...problem, status: 400, error: { ...inner, message, code: 'moderation_blocked' } } };
}

import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import type { ImageAnswer } from '../../../private/contract/responses';
import { answerContext, type RouteContext } from '../../requests/context';
import { notFound } from '../../shared/errors';
import { ownRecord } from '../get-own-image';
import type { HttpAnswer, HttpRequest } from '../request';
import { handInLater } from '../respond-async';
import { recordAnswer } from '../responses';
import { ask } from './parse';

/** An image that is drawn later, for a client of an older system. */
export async function handInForLegacy(route: ConfiguredLegacyRoute, request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  const { queue } = context;
  if (!queue) throw notFound();
  const { result: { record, estimatedSeconds }, report } = await ask(route, request, context, async ({ wanted, caller, data }) =>
    handInLater(context, queue, { wanted, caller, body: { route: 'POST /images', data } }));
  const answer = await recordAnswer(record, answerContext(context));
  const time = estimatedSeconds === undefined ? {} : { estimated_time: estimatedSeconds };
  return { status: 200, headers: report.headers, json: { ...inOldWords(route, answer), ...time, ...report.fields } };
}

/** What became of it. */
export async function tellOfJob(route: ConfiguredLegacyRoute, request: HttpRequest, context: RouteContext): Promise<HttpAnswer> {
  const record = await ownRecord(request.pathParameters[idNameOf(route)], request.owner, context);
  return { status: 200, json: inOldWords(route, await recordAnswer(record, answerContext(context))) };
}

/** What clients of the old system read, beside what a client of `GET /images/{id}` gets. */
function inOldWords(route: ConfiguredLegacyRoute, answer: ImageAnswer): object {
  return { ...answer, [idNameOf(route)]: answer.id, ...stateOf(answer) };
}

function stateOf({ status, images: [first], completedAt, problem }: ImageAnswer): object {
  switch (status) {
    case 'succeeded': return { status: 'completed', image_url: first.url, generated_at: completedAt };
    case 'failed': return { status, error: problem?.detail };
    case 'expired': return { status };
    default: return { status: 'processing' };
  }
}

function idNameOf({ statusPath = '' }: ConfiguredLegacyRoute): string {
  return statusPath.slice(statusPath.lastIndexOf('{') + 1, -1);
}

import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import type { ImageResponse } from '../../../private/contract/responses';
import { responseContext, type HandlerContext } from '../../requests/context';
import { notFound } from '../../shared/errors';
import { getOwnImage } from '../get-own-image';
import type { HttpResponse, HttpRequest } from '../request';
import { enqueueRequest } from '../respond-async';
import { recordResponse } from '../responses';
import { parseAndRun } from './parse';

/** An image that is drawn later, for a client of an older system. */
export async function enqueueLegacyJob(route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { queue } = context;
  if (!queue) throw notFound();
  const { result: { record, estimatedSeconds }, report } = await parseAndRun(route, request, context, async ({ wanted, caller, data }) =>
    enqueueRequest(context, queue, { wanted, caller, body: { route: 'POST /images', data } }));
  const answer = await recordResponse(record, responseContext(context));
  const time = estimatedSeconds === undefined ? {} : { estimated_time: estimatedSeconds };
  return { status: 200, headers: report.headers, json: { ...inOldWords(route, answer), ...time, ...report.fields } };
}

/** What became of it. */
export async function getLegacyJobStatus(route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const record = await getOwnImage(request.pathParameters[idNameOf(route)], request.owner, context);
  return { status: 200, json: inOldWords(route, await recordResponse(record, responseContext(context))) };
}

/** What clients of the old system read, beside what a client of `GET /images/{id}` gets. */
function inOldWords(route: ConfiguredLegacyRoute, answer: ImageResponse): object {
  return { ...answer, [idNameOf(route)]: answer.id, ...stateOf(answer) };
}

function stateOf({ status, images: [first], completedAt, problem }: ImageResponse): object {
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

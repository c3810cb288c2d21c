import { withLegacyNames } from './error-names';
import { reportIgnored } from '../ignored-parameters';
import { legacyFields } from './legacy-fields';
import { translateImageRequest } from './translate-image-request';
import type { ConfiguredLegacyRoute } from '../../../private/contract/configuration';
import type { ImageResponse } from '../../../private/contract/responses';
import type { HandlerContext } from '../../requests/context';
import { parseGenerate } from '../../requests/parse-generate';
import { ApiError } from '../../shared/api-error';
import { callerOf } from '../caller';
import { getOwnImage } from '../get-own-image';
import { recordResponse, responseContext } from '../image-responses';
import type { HttpResponse, HttpRequest } from '../request';
import { enqueueRequest } from '../respond-async';

/** Enqueues a job for a legacy route. */
export async function enqueueLegacyJob(route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const { queue } = context;
  if (!queue) throw new ApiError('NOT_FOUND', 'this API has no queue');
  const fields = legacyFields(request, route);
  const { data, ignored } = translateImageRequest(fields, route, context);
  const caller = callerOf(request);
  const { record, estimatedSeconds } = await withLegacyNames(fields, route, async () => {
    const parsed = parseGenerate(data, context);
    return enqueueRequest(context, queue, { parsed, caller, body: { route: 'POST /images', data, routeSet: 'legacy' } });
  });
  const response = await recordResponse(record, responseContext(context));
  const estimate = estimatedSeconds === undefined ? {} : { estimated_time: estimatedSeconds };
  const report = reportIgnored(ignored);
  return { status: 200, headers: report.headers, json: { ...legacyJob(route, response), ...estimate, ...report.fields } };
}

/** Returns the status of a job of a legacy route. */
export async function getLegacyJobStatus(route: ConfiguredLegacyRoute, request: HttpRequest, context: HandlerContext): Promise<HttpResponse> {
  const record = await getOwnImage(request.pathParameters[idParameterOf(route)], request.owner, context);
  return { status: 200, json: legacyJob(route, await recordResponse(record, responseContext(context))) };
}

/** Returns the response of `GET /images/{id}` with the fields of the legacy API. */
function legacyJob(route: ConfiguredLegacyRoute, response: ImageResponse): object {
  return { ...response, [idParameterOf(route)]: response.id, ...legacyStatus(response) };
}

function legacyStatus({ status, images: [first], completedAt, problem }: ImageResponse): object {
  switch (status) {
    case 'succeeded': return { status: 'completed', image_url: first.url, generated_at: completedAt };
    case 'failed': return { status, error: problem?.detail };
    case 'expired': return { status };
    default: return { status: 'processing' };
  }
}

/** Returns the name of the path parameter of the status route. */
function idParameterOf({ statusPath = '' }: ConfiguredLegacyRoute): string {
  return statusPath.slice(statusPath.lastIndexOf('{') + 1, -1);
}

import { recordResponse, responseContext, withSizeWarning } from './image-responses';
import type { HttpResponse, HttpRequest } from './request';
import { typicalSeconds } from '../../private/contract/models';
import type { JobQueue } from '../generation/ports';
import { type ImageRecord, hasJobState } from '../generation/storage/records';
import type { Caller } from '../generation/types';
import { Enqueuer } from '../jobs/enqueue';
import type { HandlerContext } from '../requests/context';
import type { ImageRequest } from '../requests/parse-request';
import type { ParsedRequest } from '../requests/parsed-request';
import { invalidRequest } from '../shared/api-error';
import { describeCause } from '../shared/log';

const RESPOND_ASYNC = 'respond-async';

/** Returns whether the `Prefer` header (RFC 7240) contains `respond-async`. */
export function prefersAsync({ headers: { prefer = '' } }: HttpRequest): boolean {
  return prefer.split(',').some((preference) => preference.split(/[;=]/)[0].trim().toLowerCase() === RESPOND_ASYNC);
}

export interface AsyncRequest {
  readonly parsed: ParsedRequest;
  readonly caller: Caller;
  /** The worker parses the body again. */
  readonly body: ImageRequest;
}

export interface EnqueuedRequest {
  readonly record: ImageRecord;
  /** Absent if a repeated request finds its images generated. */
  readonly estimatedSeconds?: number;
}

/** Enqueues a request as a job. */
export async function enqueueRequest(context: HandlerContext, queue: JobQueue, { parsed, caller, body }: AsyncRequest): Promise<EnqueuedRequest> {
  const { ports, configuration } = context;
  const record = await new Enqueuer({ ...ports, queue }, configuration).enqueue({ request: parsed.request, body }, caller);
  ports.measurements.describe({ imageId: record.id, model: record.model });
  return hasJobState(record) ? { record, estimatedSeconds: await estimateSeconds(record.model, queue, context) } : { record };
}

/** Enqueues a request as a job and returns 202, or 201 if a repeated request finds its images generated. */
export async function respondAsync(
  context: HandlerContext, queue: JobQueue, asyncRequest: AsyncRequest, location: (id: string) => string,
): Promise<HttpResponse> {
  rejectInline(asyncRequest.parsed);
  const { record, estimatedSeconds } = await enqueueRequest(context, queue, asyncRequest);
  const json = withSizeWarning(await recordResponse(record, responseContext(context)), asyncRequest.parsed);
  const headers = { Location: location(record.id) };
  if (estimatedSeconds === undefined) return { status: 201, headers, json };
  return { status: 202, headers: { ...headers, 'Preference-Applied': RESPOND_ASYNC }, json: { ...json, estimatedSeconds } };
}

/** Throws if an asynchronous request has `response: base64`. */
export function rejectInline({ inline }: ParsedRequest): void {
  if (inline) throw invalidRequest([{ pointer: '/response', detail: 'must be url for asynchronous requests' }]);
}

/** Estimates the seconds until a new job completes, from the queue depth and the typical latency of the model. */
export async function estimateSeconds(model: string, queue: JobQueue, { configuration, ports: { log } }: HandlerContext): Promise<number> {
  const depth = await queue.approximateDepth().catch((cause) => {
    // the job is enqueued, so the request must not fail
    log.error('GetQueueAttributes failed', describeCause(cause));
    return 0;
  });
  return Math.ceil(typicalSeconds(model) * (1 + depth / (configuration.queue?.concurrency ?? 1)));
}

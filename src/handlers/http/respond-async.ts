import type { HttpResponse, HttpRequest } from './request';
import { recordResponse } from './responses';
import { typicalSeconds } from '../../private/contract/models';
import type { JobQueue } from '../generation/ports';
import { isJob, type ImageRecord } from '../generation/records';
import type { RequestContext } from '../generation/types';
import { enqueue } from '../jobs/enqueue';
import type { JobBody } from '../jobs/job';
import { responseContext, type HandlerContext } from '../requests/context';
import type { ParsedRequest } from '../requests/parsed-request';
import { invalidRequest } from '../shared/errors';
import { describeCause } from '../shared/log';

const RESPOND_ASYNC = 'respond-async';

/** Whether the client would rather not wait (RFC 7240). */
export function prefersAsync({ headers: { prefer = '' } }: HttpRequest): boolean {
  return prefer.split(',').some((preference) => preference.split(/[;=]/)[0].trim().toLowerCase() === RESPOND_ASYNC);
}

export interface Deferred {
  /** Checked as if it were drawn at once. */
  readonly wanted: ParsedRequest;
  readonly caller: RequestContext;
  readonly body: JobBody;
}

export interface HandedIn {
  readonly record: ImageRecord;
  /** Of a repeated request whose images are there, absent. */
  readonly estimatedSeconds?: number;
}

/** Hands a request to the workers. */
export async function enqueueRequest(context: HandlerContext, queue: JobQueue, { wanted, caller, body }: Deferred): Promise<HandedIn> {
  const { ports, configuration } = context;
  const record = await enqueue(wanted.request, body, caller, { ...ports, queue }, configuration);
  return isJob(record) ? { record, estimatedSeconds: await estimateSeconds(record.model, queue, context) } : { record };
}

/** Hands a request to the workers; answers where its images will be, or, to a repeated one, that they are there. */
export async function respondAsync(
  context: HandlerContext, queue: JobQueue, deferred: Deferred, location: (id: string) => string,
): Promise<HttpResponse> {
  refuseInline(deferred.wanted);
  const { record, estimatedSeconds } = await enqueueRequest(context, queue, deferred);
  const json = await recordResponse(record, responseContext(context));
  const headers = { Location: location(record.id) };
  if (estimatedSeconds === undefined) return { status: 201, headers, json };
  return { status: 202, headers: { ...headers, 'Preference-Applied': RESPOND_ASYNC }, json: { ...json, estimatedSeconds } };
}

export function refuseInline({ inline }: ParsedRequest): void {
  if (inline) throw invalidRequest([{ pointer: '/response', detail: 'must be url where images are drawn later: they are not there yet' }]);
}

/** In how many seconds a job that was just handed in is roughly done. */
export async function estimateSeconds(model: string, queue: JobQueue, { configuration, ports: { log } }: HandlerContext): Promise<number> {
  const waiting = await queue.approximateDepth().catch((cause) => {
    // the job is handed in: nobody must be told otherwise
    log.error('queue not looked at', describeCause(cause));
    return 0;
  });
  return Math.ceil(typicalSeconds(model) * (1 + waiting / (configuration.queue?.concurrency ?? 1)));
}

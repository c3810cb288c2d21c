import type { HttpAnswer, HttpRequest } from './request';
import { recordAnswer } from './responses';
import { typicalSeconds } from '../../private/contract/models';
import type { ImageRecord } from '../generation/ports';
import type { Caller } from '../generation/types';
import { enqueue } from '../jobs/enqueue';
import { isJob, type JobBody, type JobQueue } from '../jobs/job';
import { answerContext, type RouteContext } from '../requests/context';
import type { Wanted } from '../requests/parsed-request';
import { invalidRequest } from '../shared/errors';
import { describeCause } from '../shared/log';

const RESPOND_ASYNC = 'respond-async';

/** Whether the client would rather not wait (RFC 7240). */
export function prefersLater({ headers: { prefer = '' } }: HttpRequest): boolean {
  return prefer.split(',').some((preference) => preference.split(/[;=]/)[0].trim().toLowerCase() === RESPOND_ASYNC);
}

export interface Deferred {
  /** Checked as if it were drawn at once. */
  readonly wanted: Wanted;
  readonly caller: Caller;
  readonly body: JobBody;
}

export interface HandedIn {
  readonly record: ImageRecord;
  /** Of a repeated request whose images are there, absent. */
  readonly estimatedSeconds?: number;
}

/** Hands a request to the workers. */
export async function handInLater(context: RouteContext, queue: JobQueue, { wanted, caller, body }: Deferred): Promise<HandedIn> {
  const { ports, configuration } = context;
  const record = await enqueue(wanted.request, body, caller, { ...ports, queue }, configuration);
  return isJob(record) ? { record, estimatedSeconds: await estimate(record.model, queue, context) } : { record };
}

/** Hands a request to the workers; answers where its images will be, or, to a repeated one, that they are there. */
export async function answerLater(
  context: RouteContext, queue: JobQueue, deferred: Deferred, location: (id: string) => string,
): Promise<HttpAnswer> {
  refuseInline(deferred.wanted);
  const { record, estimatedSeconds } = await handInLater(context, queue, deferred);
  const json = await recordAnswer(record, answerContext(context));
  const headers = { Location: location(record.id) };
  if (estimatedSeconds === undefined) return { status: 201, headers, json };
  return { status: 202, headers: { ...headers, 'Preference-Applied': RESPOND_ASYNC }, json: { ...json, estimatedSeconds } };
}

export function refuseInline({ inline }: Wanted): void {
  if (inline) throw invalidRequest([{ pointer: '/response', detail: 'must be url where images are drawn later: they are not there yet' }]);
}

/** In how many seconds a job that was just handed in is roughly done. */
export async function estimate(model: string, queue: JobQueue, { configuration, ports: { log } }: RouteContext): Promise<number> {
  const waiting = await queue.waiting().catch((cause) => {
    // the job is handed in: nobody must be told otherwise
    log.error('queue not looked at', describeCause(cause));
    return 0;
  });
  return Math.ceil(typicalSeconds(model) * (1 + waiting / (configuration.queue?.concurrency ?? 1)));
}

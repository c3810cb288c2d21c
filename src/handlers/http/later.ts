import { typicalSeconds } from '../../private/contract/models';
import { invalidRequest } from '../errors';
import { recordAnswer } from './answers';
import { idempotencyKeyOf } from './idempotency-key';
import type { HttpAnswer, HttpRequest } from './request';
import { answerContext, type RouteContext } from './route';
import type { Wanted } from './wanted';
import { enqueue } from '../generation/enqueue';
import { isJob, type JobBody, type JobQueue, type JobRecord } from '../generation/jobs';
import { describeCause, type Logger } from '../log';

const RESPOND_ASYNC = 'respond-async';

/** Whether the client would rather not wait (RFC 7240). */
export function prefersLater({ headers: { prefer = '' } }: HttpRequest): boolean {
  return prefer.split(',').some((preference) => preference.split(/[;=]/)[0].trim().toLowerCase() === RESPOND_ASYNC);
}

export interface Deferred {
  /** Checked as if it were drawn at once. */
  readonly wanted: Wanted;
  readonly body: JobBody;
  /** Where the images will be, by their id. */
  readonly location: (id: string) => string;
}

/** Hands a request to the workers; answers where its images will be, or, to a repeated one, that they are there. */
export async function answerLater(
  request: HttpRequest, context: RouteContext, queue: JobQueue, { wanted, body, location }: Deferred,
): Promise<HttpAnswer> {
  if (wanted.inline) throw invalidRequest([{ pointer: '/response', detail: `must be url with Prefer: ${RESPOND_ASYNC}: the images are not there yet` }]);
  const { ports, documents, configuration } = context;
  const caller = { owner: request.owner, idempotencyKey: idempotencyKeyOf(request), deadline: request.deadline };
  const record = await enqueue(wanted.request, body, caller, { ...ports, queue, documents }, configuration);
  const json = await recordAnswer(record, answerContext(context));
  const headers = { Location: location(record.id) };
  if (!isJob(record)) return { status: 201, headers, json };
  const estimatedSeconds = await estimate(record, queue, configuration.queue?.concurrency ?? 1, ports.log);
  return { status: 202, headers: { ...headers, 'Preference-Applied': RESPOND_ASYNC }, json: { ...json, estimatedSeconds } };
}

async function estimate({ model }: JobRecord, queue: JobQueue, concurrency: number, log: Logger): Promise<number> {
  const waiting = await queue.waiting().catch((cause) => {
    // the job is handed in: nobody must be told otherwise
    log.error('queue not looked at', describeCause(cause));
    return 0;
  });
  return Math.ceil(typicalSeconds(model) * (1 + waiting / concurrency));
}

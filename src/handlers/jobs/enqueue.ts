import { updateJob, type JobBody } from './job';
import { finishDeadline } from '../generation/deadlines';
import { closed, takeClaim, type ClaimPorts } from '../generation/idempotency';
import { jobKey } from '../generation/keys';
import type { JobQueue, Documents, ImageRecords, EventPublisher } from '../generation/ports';
import { isJob, type JobReference, type JobRecord, type Claim, type ImageRecord } from '../generation/records';
import { firstSeed } from '../generation/seeds';
import { resumable } from '../generation/store-image';
import type { RequestContext, GenerateRequest } from '../generation/types';
import { ApiError } from '../shared/errors';
import type { Logger } from '../shared/log';

export interface EnqueuePorts extends ClaimPorts {
  readonly records: ImageRecords;
  readonly queue: JobQueue;
  readonly documents: Documents;
  readonly newId: (time?: number) => string;
  readonly retain: (prompt: string) => string | undefined;
  readonly log: Logger;
  /** Absent where nobody wants to know what became of jobs. */
  readonly eventPublisher?: EventPublisher;
}

export interface EnqueueSettings {
  readonly prefix: string;
  readonly expirationDays: number;
}

const DAY_MS = 24 * 3600 * 1000;

/**
 * Records a checked request and hands it to the workers, once per idempotency key; answers its record, which may be done by now. Its
 * pictures are looked at now, while its client can be told.
 */
export async function enqueue(
  request: GenerateRequest, body: JobBody, caller: RequestContext, ports: EnqueuePorts, settings: EnqueueSettings,
): Promise<ImageRecord> {
  const fresh = { id: ports.newId(), seed: firstSeed(request.seed, request.maxSeed) };
  const { owner, idempotencyKey: key, deadline } = caller;
  if (key === undefined) {
    await request.loadInputImages?.();
    return enqueueRecord(recordOf(request, owner, fresh, ports.clock.now(), ports, settings), body, deadline, ports, settings);
  }

  const wanted = { owner, key, fingerprint: request.fingerprint, holder: fresh.id, ...fresh };
  const outcome = await takeClaim(wanted, deadline, ports);
  if ('replay' in outcome) return replayed(outcome.replay, outcome.claim, deadline, ports);
  const { claim } = outcome;
  try {
    await request.loadInputImages?.();
    return await enqueueRecord(recordOf(request, owner, claim, claim.createdAt, ports, settings), body, deadline, ports, settings, claim);
  } catch (error) {
    // else what is left of it would be drawn beside what a repetition asks for
    if (!(error instanceof ApiError && error.resumable)) {
      await closed(ports.claims.release(claim, finishDeadline(deadline)), ports.log);
    }
    throw error;
  }
}

export function recordOf(
  { model, operation, input }: GenerateRequest, owner: string, { id, seed }: Pick<Claim, 'id' | 'seed'>, now: number,
  { retain }: EnqueuePorts, { expirationDays }: EnqueueSettings,
): JobRecord {
  return {
    owner,
    id,
    model: model.id,
    operation,
    prompt: input.prompt && retain(input.prompt),
    createdAt: now,
    imageExpiresAt: now + expirationDays * DAY_MS,
    images: [],
    failures: [],
    seed,
    job: { state: 'queued', revision: 0, attempts: 0, throttles: 0 },
  };
}

/** Of a request that the operator's rules filter, in a batch whose others are drawn. */
export function filteredRecord(
  { filtered, model }: { readonly filtered: ApiError; readonly model: string }, { owner, id, createdAt }: JobReference & { readonly createdAt: number },
  { expirationDays, requestId }: EnqueueSettings & { readonly requestId: string },
): JobRecord {
  const failure = { code: filtered.code, detail: filtered.message, requestId };
  return {
    owner,
    id,
    model,
    createdAt,
    imageExpiresAt: createdAt + expirationDays * DAY_MS,
    images: [],
    failures: [],
    job: { state: 'failed', revision: 0, attempts: 0, throttles: 0, failure },
  };
}

/** The message last: a worker that has it finds all else. Where it cannot be sent, nothing says that the job waits. */
export async function enqueueRecord(
  record: JobRecord, body: JobBody, deadline: number, ports: EnqueuePorts, { prefix }: EnqueueSettings, claim?: Claim,
): Promise<JobRecord> {
  const { owner, id } = record;
  const until = finishDeadline(deadline);
  await ports.documents.write(jobKey(record, prefix), JSON.stringify(body), until);
  await ports.records.create(record, until).catch((cause) => { throw resumable(cause); });
  try {
    await ports.queue.send({ owner, id });
  } catch (cause) {
    // the message may have been sent all the same: without a record it does nothing, and a job that a worker has taken was handed in
    if (await ports.records.cancel(record).catch(() => { throw resumable(cause); })) throw cause;
  }
  if (claim) await settle(claim, until, ports);
  return record;
}

/** From here on the record tells what became of the request. Where that is not noted, a repetition sends the message once more, which changes nothing. */
export function settle(claim: Claim, until: number, { claims, log }: EnqueuePorts): Promise<void> {
  return closed(claims.settle({ ...claim, state: 'done' }, until), log);
}

async function replayed(record: ImageRecord, claim: Claim, deadline: number, ports: EnqueuePorts): Promise<ImageRecord> {
  if (!isJob(record)) return record;
  const { job: { state, failure } } = record;
  if (state === 'failed') {
    if (failure?.code === 'CONTENT_FILTERED') throw new ApiError('CONTENT_FILTERED', failure.detail);
    return tryAgain(record, deadline, ports);
  }
  // the first attempt at the request may have died before the message was sent: a second one changes nothing
  if (state === 'queued' && claim.state === 'running') {
    await ports.queue.send(nameOf(record));
    await settle(claim, finishDeadline(deadline), ports);
  }
  return record;
}

/** Under the same id and seed, so that what an earlier attempt stored is found. The message first: a record that says `queued` has one. */
async function tryAgain(record: JobRecord, deadline: number, { records, queue, clock }: EnqueuePorts): Promise<ImageRecord> {
  await queue.send({ ...nameOf(record), redriveOfRevision: record.job.revision, redrivenAt: clock.now() });
  const waiting = updateJob(record, { state: 'queued', attempts: 0, throttles: 0 });
  return await records.replace(waiting, record, finishDeadline(deadline)) ? waiting : await records.get(record.owner, record.id) ?? record;
}

export function nameOf({ owner, id }: JobReference): JobReference {
  return { owner, id };
}

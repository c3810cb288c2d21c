import { createImages, type GenerationPlan, type CreateImagesPorts, type GenerationResult } from './create-images';
import { finishDeadline } from './deadlines';
import { closed, takeAttempt, takeClaim, type ClaimOutcome } from './idempotency';
import { findImageSlots } from './image-slots';
import { imageKeys } from './keys';
import type { Claims, EventPublisher } from './ports';
import { publishBestEffort } from './publish-event';
import { isJob, type Claim, type ImageRecord } from './records';
import { firstSeed } from './seeds';
import { resumable } from './store-image';
import type { RequestContext, GenerateRequest } from './types';
import type { ErrorCode } from '../../private/contract/errors';
import { ApiError, internal, isFiltered } from '../shared/errors';

export interface GenerationPorts extends CreateImagesPorts {
  readonly claims: Claims;
  /** Absent where nobody wants to know what became of images. */
  readonly eventPublisher?: EventPublisher;
  /** In the order of their times, now unless told. */
  readonly newId: (time?: number) => string;
}

export interface GenerationSettings {
  readonly prefix: string;
  readonly expirationDays: number;
}

const DAY_MS = 24 * 3600 * 1000;

/** From a checked request to stored images and their record, once per idempotency key: the same for every route. */
export async function generate(
  request: GenerateRequest, caller: RequestContext, ports: GenerationPorts, settings: GenerationSettings,
): Promise<GenerationResult> {
  const fresh = { id: ports.newId(), seed: firstSeed(request.seed, request.maxSeed) };
  const attempt = ({ id, seed }: typeof fresh, createdAt: number): GenerationPlan => ({
    id,
    seed,
    createdAt,
    imageExpiresAt: createdAt + settings.expirationDays * DAY_MS,
    slots: imageKeys(request, caller.owner, id, settings.prefix).map((key) => ({ key })),
  });
  const outcome = await claimFor(request, caller, fresh, ports);
  if (!outcome) {
    const first = attempt(fresh, ports.clock.now());
    return announcing(request, caller, first, ports, () => createImages(request, caller, first, ports));
  }
  if ('replay' in outcome) refuseUnfinished(outcome.replay);
  if ('replay' in outcome) return { record: outcome.replay, images: outcome.replay.images.map((stored) => ({ stored })), recorded: true };
  const claimed = attempt(outcome.claim, outcome.claim.createdAt);
  return announcing(request, caller, claimed, ports, () => drawClaimed(request, caller, outcome, claimed, ports));
}

/** What its client did wrong is no failure of an image. */
const FAILURES: readonly ErrorCode[] = ['CONTENT_FILTERED', 'THROTTLED', 'MODEL_UNAVAILABLE', 'MODEL_ERROR', 'MODEL_BUSY', 'MODEL_TIMEOUT', 'INTERNAL'];

async function announcing(
  request: GenerateRequest, { owner, deadline }: RequestContext, { id, createdAt, imageExpiresAt }: GenerationPlan, ports: GenerationPorts,
  draw: () => Promise<GenerationResult>,
): Promise<GenerationResult> {
  try {
    const generated = await draw();
    // what is recorded nowhere nobody could find
    if (generated.recorded) await publishBestEffort('succeeded', generated.record, ports, deadline);
    return generated;
  } catch (error) {
    const { code, message: detail } = error instanceof ApiError ? error : internal(error);
    const { model, operation, input: { prompt } } = request;
    const kept = prompt && ports.retain(prompt);
    const failures = [{ code, detail }];
    const failed: ImageRecord = { owner, id, model: model.id, operation, prompt: kept, createdAt, imageExpiresAt, images: [], failures };
    if (FAILURES.includes(code)) await publishBestEffort('failed', failed, ports, deadline);
    throw error;
  }
}

/** A job of the same idempotency key. */
function refuseUnfinished(record: ImageRecord): void {
  if (!isJob(record)) return;
  const { failure } = record.job;
  if (failure) throw new ApiError(failure.code, failure.detail);
  throw new ApiError('IN_PROGRESS', 'the first attempt at this request, by its Idempotency-Key, is a job that is not done; repeat the request later to get its image', {
    retryAfterSeconds: JOB_RETRY_SECONDS,
  });
}

const JOB_RETRY_SECONDS = 5;

/** Undefined where a repeated request could not be told from a new one. */
async function claimFor(
  { fingerprint }: GenerateRequest, caller: RequestContext, fresh: Pick<Claim, 'id' | 'seed'>, ports: GenerationPorts,
): Promise<ClaimOutcome | undefined> {
  const { idempotencyKey: key, retryCount, owner, deadline } = caller;
  const wanted = { owner, fingerprint, holder: fresh.id, ...fresh };
  if (key !== undefined) return takeClaim({ ...wanted, key }, deadline, ports);
  return retryCount === undefined ? undefined : takeAttempt(wanted, retryCount, deadline, ports);
}

async function drawClaimed(
  request: GenerateRequest, caller: RequestContext, { claim, resumed }: Exclude<ClaimOutcome, { replay: unknown }>, attempt: GenerationPlan, ports: GenerationPorts,
): Promise<GenerationResult> {
  // if this fails the claim stays: an image that may be there must not be paid for again
  const slots = resumed
    ? await findImageSlots(attempt.slots.map(({ key }) => key), ports).catch((cause) => { throw resumable(cause); })
    : attempt.slots;
  const until = finishDeadline(caller.deadline);
  try {
    const generated = await createImages(request, caller, { ...attempt, slots }, ports);
    // without a record the claim is left to lapse: a later attempt then finds what is in the bucket and records it
    if (generated.recorded) await closed(ports.claims.settle({ ...claim, state: 'done' }, until), ports.log);
    return generated;
  } catch (error) {
    const kept = slots.some(({ existing }) => existing) || (error instanceof ApiError && error.resumable);
    await closed(closeFailed(claim, error, kept, ports, until), ports.log);
    throw error;
  }
}

/** A filtered request stays filtered; after any other failure the key may be tried again, with what was paid for and `kept` in the bucket. */
function closeFailed(claim: Claim, error: unknown, kept: boolean, { claims, clock }: GenerationPorts, until: number): Promise<void> {
  if (isFiltered(error)) return claims.settle({ ...claim, state: 'filtered', detail: error.message }, until);
  return kept ? claims.settle({ ...claim, leaseUntil: clock.now() }, until) : claims.release(claim, until);
}

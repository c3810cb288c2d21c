import {
  awaitClaimUpdate, failedClaim, markClaimDone, replayedError, settledClaim, takeClaim, takeClaimByRetryCount, type ClaimResult, type Replay,
} from './idempotency';
import { ImageGenerator, type GenerateImagesPorts, type GenerationResult } from './image-generator';
import type { Measurements } from './measurement/measurements';
import type { Claims, EventPublisher } from './ports';
import { publishBestEffort } from './publish-event';
import { firstSeed } from './seeds';
import { storedError } from './spend/charges';
import { generateWithinBudget, type SpendPorts } from './spend/within-budget';
import { findImageSlots, storeFailures } from './storage/image-slots';
import { failureKey, imageKeys } from './storage/keys';
import { notStored } from './storage/not-stored';
import { hasJobState, type Claim, type ClaimFailure, type ImageRecord } from './storage/records';
import { asResumable } from './storage/store-image';
import { CachedTextModel, type TextCache } from './text/cached-text-model';
import { ClaimTextCache } from './text/claim-text-cache';
import { expirationTime, type GenerateRequest, type GenerationRun, type GenerationSettings, type ImageSlot, type Caller } from './types';
import type { ErrorCode } from '../../private/contract/errors';
import { ApiError, asApiError, isClientError, isFiltered } from '../shared/api-error';
import { describeCause } from '../shared/log';

export interface GenerationPorts extends GenerateImagesPorts, SpendPorts {
  readonly claims: Claims;
  /** Absent if no rule uses the events. */
  readonly eventPublisher?: EventPublisher;
  /** Returns a ULID, which sorts by `time` (default: now). */
  readonly newId: (time?: number) => string;
}

type NewImage = Pick<Claim, 'id' | 'seed'>;
type TakenClaim = Exclude<ClaimResult, { replay: unknown }>;

interface FailedRequest extends Pick<ClaimFailure, 'mayBeStored'> {
  readonly claim: Claim;
  readonly slots: readonly ImageSlot[];
}

/** Errors of generation, for which an `Image Failed` event is published. Validation errors are not included. */
const PUBLISHED_ERRORS: readonly ErrorCode[] = ['CONTENT_FILTERED', 'THROTTLED', 'MODEL_UNAVAILABLE', 'MODEL_ERROR', 'MODEL_BUSY', 'MODEL_TIMEOUT', 'INTERNAL'];
const JOB_RETRY_SECONDS = 5;

/** Generates images once per idempotency key. */
export class IdempotentGenerator {
  private readonly generator: ImageGenerator;

  constructor(private readonly ports: GenerationPorts, private readonly settings: GenerationSettings) {
    this.generator = new ImageGenerator(ports, settings);
  }

  /** Generates, stores and records the images of a validated request, once per idempotency key. */
  public async generate(request: GenerateRequest, caller: Caller): Promise<GenerationResult> {
    const newImage = { id: this.ports.newId(), seed: firstSeed(request.seed, request.maxSeed) };
    const claimed = await this.takeClaim(request, caller, newImage);
    if (claimed && 'replay' in claimed) return replay(claimed, this.ports.measurements);
    const run = this.runOf(request, caller, claimed?.claim ?? { ...newImage, createdAt: this.ports.clock.now() });
    try {
      const result = await (claimed ? this.generateClaimed(request, run, claimed) : generateWithinBudget(this.generator, request, run, this.ports));
      // without a record, GET /images/{id} would not find the images of the event
      if (result.recorded) await publishBestEffort('succeeded', result.record, this.ports, caller.deadlines);
      else if (result.record.images.length === 0) await publishBestEffort('failed', result.record, this.ports, caller.deadlines);
      return result;
    } catch (error) {
      await this.publishFailure(request, run, error);
      throw error;
    }
  }

  /** Returns undefined for a request that cannot be recognized when it is repeated. */
  private async takeClaim(request: GenerateRequest, caller: Caller, newImage: NewImage): Promise<ClaimResult | undefined> {
    const { fingerprint } = request;
    const { idempotencyKey: key, retryCount, owner, deadlines } = caller;
    const newClaim = { owner, fingerprint, holder: newImage.id, ...newImage };
    const ports = { ...this.ports, recover: (claim: Claim) => this.recover(request, caller, claim) };
    if (key !== undefined) return takeClaim({ ...newClaim, key }, deadlines, ports);
    return retryCount === undefined ? undefined : takeClaimByRetryCount(newClaim, retryCount, deadlines, ports);
  }

  /** Records the images of a failed request that S3 stored although the responses of their writes were lost. */
  private async recover(request: GenerateRequest, caller: Caller, claim: Claim): Promise<Omit<Replay<ImageRecord>, 'claim'> | undefined> {
    const run = this.runOf(request, caller, claim);
    const found = await this.findSlots(run);
    if (!found.some(({ existing }) => existing)) return undefined;
    // the model is not called again for the others
    const slots = found.map((slot) => (slot.existing ? slot : { ...slot, failure: claim.failure }));
    const { record, recorded } = await this.generator.generate(request, { ...run, slots });
    if (recorded) {
      await markClaimDone(claim, caller.deadlines.response, this.ports);
      await publishBestEffort('succeeded', record, this.ports, caller.deadlines);
    }
    return { replay: record, isUnrecorded: !recorded };
  }

  /** If the lookup fails, the claim remains: images that may be stored must not be charged again. */
  private findSlots({ slots }: GenerationRun): Promise<ImageSlot[]> {
    return findImageSlots(slots.map(({ key }) => key), this.ports).catch((cause) => { throw asResumable(cause); });
  }

  private runOf(request: GenerateRequest, caller: Caller, { id, seed, createdAt }: NewImage & Pick<Claim, 'createdAt'>): GenerationRun {
    const { owner, idempotencyKey, retryCount, deadlines } = caller;
    return {
      owner,
      id,
      seed,
      createdAt,
      imageExpiresAt: expirationTime(createdAt, this.settings),
      isResumable: idempotencyKey !== undefined || retryCount !== undefined,
      slots: imageKeys(request, owner, id, this.settings.prefix).map((key) => ({ key })),
      deadlines,
    };
  }

  private async generateClaimed(request: GenerateRequest, run: GenerationRun, { claim, resumed }: TakenClaim): Promise<GenerationResult> {
    const slots = resumed ? await this.findSlots(run) : run.slots;
    const deadline = run.deadlines.response;
    const cache = new ClaimTextCache(claim, this.ports.claims, deadline);
    try {
      const result = await generateWithinBudget(this.generatorWith(cache), request, { ...run, slots }, this.ports);
      // without a record, the claim expires: the next request then finds the stored images and writes the record
      if (result.recorded) await markClaimDone(claim, deadline, this.ports);
      else if (result.record.images.length === 0) await this.storeFailure({ claim, slots, mayBeStored: true }, notStored(result.images), deadline);
      return result;
    } catch (error) {
      if (error instanceof ApiError && error.mayBeCharged && !isFiltered(error)) {
        await this.storeFailure({ claim, slots }, error, deadline);
        throw error;
      }
      const hasStored = slots.some(({ existing }) => existing) || (error instanceof ApiError && error.resumable);
      await awaitClaimUpdate(this.closeFailed(cache.claim, error, hasStored, deadline), this.ports.log);
      throw error;
    }
  }

  private generatorWith(cache: TextCache): ImageGenerator {
    const { ports } = this;
    if (!ports.textModel) return this.generator;
    return new ImageGenerator({ ...ports, textModel: new CachedTextModel(ports.textModel, cache, ports) }, this.settings);
  }

  /** Stores an outcome that may have been charged in the claim or, if that fails, in the bucket. A repeated request gets the same error. */
  private async storeFailure({ claim, slots, mayBeStored }: FailedRequest, error: ApiError, deadline: number): Promise<void> {
    const { claims, clock, log, spending } = this.ports;
    const failure = storedError(error, spending.chargeStatus);
    try {
      await claims.update(failedClaim(claim, { ...failure, mayBeStored }, clock.now()), deadline);
    } catch (cause) {
      log.error('idempotency claim not updated', describeCause(cause));
      await storeFailures(new Map(slots.map(({ key }) => [failureKey(key), failure])), deadline, this.ports);
    }
  }

  /**
   * Updates the claim of a failed request. The key of a filtered request always returns `CONTENT_FILTERED`. After other errors, which were
   * not charged, the key can be used again: with the same id, seed and enhanced prompt if images or the prompt are stored.
   */
  private closeFailed(claim: Claim, error: unknown, hasStored: boolean, deadline: number): Promise<void> {
    const { claims, clock, spending } = this.ports;
    if (isFiltered(error)) {
      const { code, ...outcome } = storedError(error, spending.chargeStatus);
      return claims.update(settledClaim(claim, { state: 'filtered', ...outcome }), deadline);
    }
    // an error that the client corrects can be caused by the enhanced prompt
    const hasText = claim.text !== undefined && !isClientError(asApiError(error).code);
    return hasStored || hasText ? claims.update({ ...claim, leaseUntil: clock.now() }, deadline) : claims.release(claim, deadline);
  }

  private async publishFailure(request: GenerateRequest, run: GenerationRun, error: unknown): Promise<void> {
    const { code, message: detail, replayed } = asApiError(error);
    if (replayed || !PUBLISHED_ERRORS.includes(code)) return;
    const { model, operation, input: { prompt } } = request;
    const { owner, id, createdAt, imageExpiresAt, deadlines } = run;
    const record: ImageRecord = {
      owner,
      id,
      model: model.id,
      operation,
      prompt: prompt && this.ports.promptPolicy.retain(prompt),
      createdAt,
      imageExpiresAt,
      images: [],
      failures: [{ code, detail }],
    };
    await publishBestEffort('failed', record, this.ports, deadlines);
  }
}

/** Returns the images of an earlier request with the same key. Throws if that request is a job that has not succeeded. */
function replay({ replay: record, isUnrecorded = false }: Replay<ImageRecord>, measurements: Measurements): GenerationResult {
  measurements.describe({ imageId: record.id, model: record.model });
  if (hasJobState(record)) {
    const { failure } = record.job;
    if (failure) throw replayedError(failure);
    throw new ApiError('IN_PROGRESS', 'the first request with this Idempotency-Key is a job that has not completed; repeat the request later to get its image', {
      retryAfterSeconds: JOB_RETRY_SECONDS, charged: 'maybe',
    });
  }
  measurements.reuse();
  return { record, images: record.images.map((stored) => ({ stored })), recorded: !isUnrecorded };
}

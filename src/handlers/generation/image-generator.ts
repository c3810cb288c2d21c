import { parametersOf } from './parameters';
import type { ImageModels, ImageRecords } from './ports';
import { RequestPreparer, type PreparedRequest, type PreparePorts } from './prepare';
import { removeBackground } from './remove-background';
import { withRetries } from './retry';
import { seeds } from './seeds';
import { afterModelCall, chargeOf, errorFromStored, isRetryable, storedError } from './spend/charges';
import { imagePrice } from './spend/prices';
import type { Spending } from './spend/spending';
import { deleteFailures, storeFailures, type ImageSlotPorts } from './storage/image-slots';
import { failureKey } from './storage/keys';
import type { FailedImage, ImageRecord } from './storage/records';
import { checkAndStore, checkExisting, type ResultImage, type StoreImagePorts } from './storage/store-image';
import type { GenerateRequest, GenerationRun, GenerationSettings, ImageSlot } from './types';
import type { ImageParameters, ImageSource } from '../../private/contract/responses';
import { ApiError, asApiError, isFiltered } from '../shared/api-error';
import { describeCause } from '../shared/log';

export interface GenerateImagesPorts extends PreparePorts, StoreImagePorts, ImageSlotPorts {
  readonly models: ImageModels;
  readonly spending: Spending;
  readonly records: ImageRecords;
}

/** What responses repeat of a request. */
export interface RequestedImage {
  readonly prompt?: string;
  readonly enhancedPrompt?: string;
  readonly parameters?: ImageParameters;
  readonly source?: ImageSource;
}

/** What was requested is absent for a repeated request. The texts in the record can be hashes or absent. */
export interface GenerationResult extends RequestedImage {
  readonly record: ImageRecord;
  readonly images: readonly ResultImage[];
  /** Whether the record was written. Without a record, `GET /images/{id}` does not find the images. */
  readonly recorded: boolean;
}

interface Failure {
  readonly error: ApiError;
  readonly seed?: number;
}

/** The outcome of one image. */
type Outcome = ResultImage | Failure;

/** An image that has to be generated. */
interface MissingImage {
  readonly key: string;
  readonly seed?: number;
}

/** Generates, stores and records the images of a request. */
export class ImageGenerator {
  private readonly preparer: RequestPreparer;

  constructor(private readonly ports: GenerateImagesPorts, settings: Pick<GenerationSettings, 'prefix'>) {
    this.preparer = new RequestPreparer(ports, settings);
  }

  /** Throws an `ApiError` if there is no image, or if an image has to wait for the next run. */
  public async generate(original: GenerateRequest, run: GenerationRun): Promise<GenerationResult> {
    this.ports.measurements.describe({ imageId: run.id, model: original.model.id });
    const hasMissing = run.slots.some(({ existing, failure }) => !existing && !failure);
    const { request, enhancedPrompt }: PreparedRequest = hasMissing ? await this.preparer.prepare(original, run) : { request: original };
    const source = await this.preparer.inputImages.sourceOf(original, run.owner);
    const outcomes = await this.generateAll(request, run);
    const images = outcomes.flatMap((outcome) => ('error' in outcome ? [] : outcome));
    const error = errorOf(images, outcomes.flatMap((outcome) => ('error' in outcome ? outcome.error : [])));
    // an earlier run stored the errors of all images
    if (error && run.slots.every(({ failure }) => failure)) throw error.with({ replayed: true });
    if (error) throw await this.resumableAfterStoring(outcomes, error, run);

    const requested: RequestedImage = { prompt: original.input.prompt, enhancedPrompt, parameters: parametersOf(original, run.seed), source };
    const record = this.recordOf(request, run, requested, outcomes);
    if (record.images.length === 0) return { record, images, recorded: false, ...requested };
    const recorded = await this.writeRecord(record, run);
    const storedFailures = run.slots.flatMap(({ key, failure }) => (failure ? failureKey(key) : []));
    if (!recorded) await this.storeFinalFailures(outcomes, run);
    else if (storedFailures.length > 0) await deleteFailures(storedFailures, this.ports);
    return { record, images, recorded, ...requested };
  }

  /** Returns an outcome per slot, in order. */
  private async generateAll(request: GenerateRequest, run: GenerationRun): Promise<Outcome[]> {
    const { slots, deadlines } = run;
    this.recallEarlierRuns(request, slots);
    const outcomes = new Map<string, Outcome>();
    await Promise.all([
      ...modelCalls(request, run).map(async (images) => {
        const results = await this.callModel(request, images, run);
        images.forEach(({ key }, index) => outcomes.set(key, results[index]));
      }),
      ...slots.flatMap(({ existing }) => existing ?? []).map(async (existing) => {
        const outcome = await checkExisting(existing, deadlines, this.ports).catch((cause) => this.logFailure(request, asApiError(cause).with({ charged: 'yes' }), existing.seed));
        outcomes.set(existing.key, outcome);
      }),
    ]);
    return slots.map(({ key, failure }) => (
      failure ? { seed: failure.seed, error: errorFromStored(failure, { mayBeCharged: true }) } : outcomes.get(key)!));
  }

  /** Calls the model once and stores the images that it returns. All images of a call have its seed. */
  private async callModel(request: GenerateRequest, images: readonly MissingImage[], run: GenerationRun): Promise<Outcome[]> {
    const { models, clock, spending } = this.ports;
    const { model, backgroundRemoval } = request;
    const deadline = run.deadlines.model;
    const [{ seed }] = images;
    try {
      const input = { ...request.input, seed, count: images.length };
      const results = await withRetries(() => models.generate(model, input, deadline), deadline, clock);
      return await Promise.all(images.map(async ({ key }, index) => {
        const result = results[index];
        if (result instanceof ApiError) return this.failedCall(request, result, seed);
        spending.charge(imagePrice(model));
        const image = backgroundRemoval ? await removeBackground(result, backgroundRemoval, deadline, this.ports) : result;
        return checkAndStore(key, image, run, this.ports).catch((cause) => this.logFailure(request, afterModelCall(cause).with({ charged: 'yes' }), seed));
      }));
    } catch (cause) {
      return images.map(() => this.failedCall(request, cause, seed));
    }
  }

  /** Counts an image that may have been charged, and logs the error. */
  private failedCall(request: GenerateRequest, cause: unknown, seed?: number): Failure {
    const error = afterModelCall(cause);
    if (error.mayBeCharged) this.ports.spending.charge(imagePrice(request.model), 'maybe');
    return this.logFailure(request, error, seed);
  }

  /** Counts the images and the failures of earlier runs. */
  private recallEarlierRuns({ model, backgroundRemoval }: GenerateRequest, slots: readonly ImageSlot[]): void {
    const { spending } = this.ports;
    for (const { existing, failure } of slots) {
      // older versions have stored only failures that may have been charged, without their charge
      const status = failure && chargeOf({ mayBeCharged: true, ...failure });
      if ((existing || failure) && status !== 'no') spending.recall(imagePrice(model), status);
      if (!existing || !backgroundRemoval) continue;
      if (existing.isCutOut || existing.isRemovalCharged) spending.recall(imagePrice(backgroundRemoval.model), existing.isCutOut ? 'yes' : 'maybe');
    }
  }

  /** Logs an error and returns it as outcome: the failure of one image must not fail the others. */
  private logFailure({ model }: GenerateRequest, error: ApiError, seed?: number): Failure {
    this.ports.log.error('image not generated', { model: model.id, code: error.code, ...describeCause(error.cause) });
    return { error, seed };
  }

  private recordOf(
    request: GenerateRequest, run: GenerationRun, { prompt, enhancedPrompt, parameters, source }: RequestedImage, outcomes: readonly Outcome[],
  ): ImageRecord {
    const { promptPolicy, clock, spending } = this.ports;
    return {
      owner: run.owner,
      id: run.id,
      model: request.model.id,
      operation: request.operation,
      prompt: prompt && promptPolicy.retain(prompt),
      enhancedPrompt: enhancedPrompt && promptPolicy.retain(enhancedPrompt),
      parameters: parameters && promptPolicy.retainTexts(parameters),
      source,
      createdAt: run.createdAt,
      completedAt: clock.now(),
      imageExpiresAt: run.imageExpiresAt,
      images: outcomes.flatMap((outcome) => ('error' in outcome ? [] : outcome.stored ?? [])),
      failures: outcomes.flatMap((outcome) => failureOf(outcome) ?? []),
      estimatedCostUsd: spending.totalUsd,
      ...(run.eventPending && { eventPending: run.eventPending }),
    };
  }

  private async writeRecord(record: ImageRecord, { deadlines }: GenerationRun): Promise<boolean> {
    try {
      await this.ports.records.put(record, deadlines.response);
      return true;
    } catch (cause) {
      this.ports.log.error('record not written', { id: record.id, ...describeCause(cause) });
      return false;
    }
  }

  /** If the request will be retried, stores the errors of the images that the next run must not generate again, and returns the error as resumable. */
  private async resumableAfterStoring(outcomes: readonly Outcome[], error: ApiError, run: GenerationRun): Promise<ApiError> {
    if (!isRetryable(error)) return error;
    const { isStored, count } = await this.storeFinalFailures(outcomes, run);
    if (isStored) return count > 0 ? error.with({ resumable: true }) : error;
    // the next run would generate images again that may have been charged, so there is none
    return outcomes.flatMap((outcome) => ('error' in outcome && outcome.error.mayBeCharged ? outcome.error : []))[0] ?? error;
  }

  /** Stores the errors of images that the next run must not generate again. Returns their number, and whether all are stored. */
  private async storeFinalFailures(
    outcomes: readonly Outcome[], { slots, isResumable, deadlines }: GenerationRun,
  ): Promise<{ readonly isStored: boolean; readonly count: number }> {
    if (!isResumable) return { isStored: true, count: 0 };
    const failures = new Map(outcomes.flatMap((outcome, index): [string, FailedImage][] => {
      const failure = failureOf(outcome);
      return !failure || ('error' in outcome && isRetryable(outcome.error)) ? [] : [[failureKey(slots[index].key), failure]];
    }));
    return { isStored: await storeFailures(failures, deadlines.response, this.ports), count: failures.size };
  }
}

/** Groups the missing images by model call. */
function modelCalls({ maxSeed, imagesPerCall }: GenerateRequest, { slots, seed }: GenerationRun): MissingImage[][] {
  const allSeeds = maxSeed === undefined ? undefined : seeds(seed, slots.length, maxSeed);
  const missing = slots.flatMap(({ key, existing, failure }, index): MissingImage[] =>
    (existing || failure ? [] : [{ key, seed: allSeeds?.[index] }]));
  return Array.from({ length: Math.ceil(missing.length / imagesPerCall) }, (_, index) =>
    missing.slice(index * imagesPerCall, (index + 1) * imagesPerCall));
}

/** Returns the error of the request, or undefined if there are images to return. */
function errorOf(images: readonly ResultImage[], errors: readonly ApiError[]): ApiError | undefined {
  const resumable = errors.find((error) => error.resumable);
  // if all other images are stored, returns the resumable error: the next run returns all images
  if (resumable && images.every(({ stored }) => stored)) return resumable;
  // an error that may have been charged takes precedence, so that clients do not retry; filtered images would be filtered again
  const unfiltered = errors.filter((error) => !isFiltered(error));
  return images.length > 0 ? undefined
    : unfiltered.find(({ mayBeCharged }) => mayBeCharged) ?? unfiltered.find(({ repeatable }) => !repeatable) ?? unfiltered[0] ?? errors[0];
}

/** Returns the failure as records and responses contain it. */
function failureOf(outcome: Outcome): FailedImage | undefined {
  if (!('error' in outcome)) return outcome.storageFailure;
  return { seed: outcome.seed, ...storedError(outcome.error) };
}

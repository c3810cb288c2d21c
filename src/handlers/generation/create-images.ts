import { finishDeadline, modelDeadline } from './deadlines';
import { deleteFailures, storeFailures, type ImageSlot, type ImageSlotPorts } from './image-slots';
import { failureKey } from './keys';
import type { ImageModels, ImageRecords } from './ports';
import { prepare, type Prepared, type PreparePorts } from './prepare';
import type { FailedImage, ImageRecord } from './records';
import { promptTexts } from './redaction';
import { removeBackground } from './remove-background';
import { withRetries } from './retry';
import { seeds } from './seeds';
import { checkAndStore, checkExisting, type DeliveredImage, type StoreImagePorts } from './store-image';
import { isRepeatable, type RequestContext, type GenerateRequest } from './types';
import type { ErrorCode } from '../../private/contract/errors';
import { ApiError, internal, isFiltered } from '../shared/errors';
import { describeCause } from '../shared/log';

export interface CreateImagesPorts extends PreparePorts, StoreImagePorts, ImageSlotPorts {
  readonly models: ImageModels;
  readonly records: ImageRecords;
  /** What of a prompt goes into its record. */
  readonly retain: (prompt: string) => string | undefined;
}

/** What is fixed before the first call, and the same for every attempt at an idempotency key. */
export interface GenerationPlan {
  readonly id: string;
  /** Of the first image. */
  readonly seed: number;
  readonly createdAt: number;
  readonly imageExpiresAt: number;
  /** What comes of it has to be told. */
  readonly unannounced?: true;
  /** Where each image goes, and what an earlier attempt already put there. */
  readonly slots: readonly ImageSlot[];
}

export interface GenerationResult {
  readonly record: ImageRecord;
  readonly images: readonly DeliveredImage[];
  /** Whether the record was written: if not, its id will not be found. */
  readonly recorded: boolean;
  /** As the caller wrote it, whatever of it is kept. */
  readonly prompt?: string;
  readonly enhancedPrompt?: string;
}

/** Why there is no image. */
interface Failure {
  readonly error: ApiError;
  readonly seed?: number;
}

type Outcome = DeliveredImage | Failure;

interface MissingSlot {
  readonly key: string;
  readonly seed?: number;
}

/** Draws, stores and records the images of one request. Fails only if no image came of it, or if one waits for the next attempt. */
export async function createImages(asked: GenerateRequest, caller: RequestContext, attempt: GenerationPlan, ports: CreateImagesPorts): Promise<GenerationResult> {
  // where an earlier attempt left all images, no model is asked for anything
  const isMissing = attempt.slots.some(({ existing, failure }) => !existing && !failure);
  const { request, enhancedPrompt }: Prepared = isMissing ? await prepare(asked, modelDeadline(caller.deadline), ports) : { request: asked };
  const outcomes = await createAll(request, caller, attempt, ports);
  const images = outcomes.flatMap((outcome) => ('error' in outcome ? [] : outcome));
  const refusal = refusalOf(images, outcomes.flatMap((outcome) => ('error' in outcome ? outcome.error : [])));
  if (refusal) throw await withFailures(refusal, outcomes, caller, attempt, ports);

  const { prompt } = asked.input;
  const record: ImageRecord = {
    owner: caller.owner,
    id: attempt.id,
    model: request.model.id,
    operation: request.operation,
    prompt: prompt && ports.retain(prompt),
    enhancedPrompt: enhancedPrompt && ports.retain(enhancedPrompt),
    createdAt: attempt.createdAt,
    completedAt: ports.clock.now(),
    imageExpiresAt: attempt.imageExpiresAt,
    images: images.flatMap(({ stored }) => stored ?? []),
    failures: outcomes.flatMap((outcome) => failureOf(outcome) ?? []),
    ...(attempt.unannounced && { unannounced: attempt.unannounced }),
  };
  if (record.images.length === 0) return { record, images, recorded: false, prompt, enhancedPrompt };
  const recorded = await writeRecord(record, caller.deadline, ports, promptTexts(asked.input, request.input));
  const remembered = attempt.slots.flatMap(({ key, failure }) => (failure ? failureKey(key) : []));
  if (!recorded) await remember(outcomes, caller, attempt, ports);
  else if (remembered.length > 0) await deleteFailures(remembered, ports);
  return { record, images, recorded, prompt, enhancedPrompt };
}

/** Undefined where there is an image to deliver. */
function refusalOf(images: readonly DeliveredImage[], errors: readonly ApiError[]): ApiError | undefined {
  // what was stored waits in the bucket with it: the next attempt delivers them together
  const waiting = errors.find(({ resumable }) => resumable);
  if (waiting && images.every(({ stored }) => stored)) return waiting;
  // what may have been charged is not repeated for the sake of what was not; what was filtered stays filtered
  const unfiltered = errors.filter((error) => !isFiltered(error));
  return images.length > 0 ? undefined : unfiltered.find(({ repeatable }) => !repeatable) ?? unfiltered[0] ?? errors[0];
}

/** With a refusal that is followed by another attempt, what is not to be drawn again is remembered. */
async function withFailures(refusal: ApiError, outcomes: readonly Outcome[], caller: RequestContext, attempt: GenerationPlan, ports: CreateImagesPorts): Promise<ApiError> {
  if (!isTriedAgain(refusal)) return refusal;
  const { code, message, cause, retryAfterSeconds, repeatable } = refusal;
  const remembered = await remember(outcomes, caller, attempt, ports);
  return remembered ? new ApiError(code, message, { cause, retryAfterSeconds, repeatable, resumable: true }) : refusal;
}

/** Whether there was something to remember, and somebody who can come back for the others. */
async function remember(outcomes: readonly Outcome[], caller: RequestContext, { slots }: GenerationPlan, ports: CreateImagesPorts): Promise<boolean> {
  if (!isRepeatable(caller)) return false;
  const failures = new Map(outcomes.flatMap((outcome, index): [string, FailedImage][] => {
    const failure = failureOf(outcome);
    return !failure || ('error' in outcome && isTriedAgain(outcome.error)) ? [] : [[slots[index].key, failure]];
  }));
  await storeFailures(failures, finishDeadline(caller.deadline), ports);
  return failures.size > 0;
}

function isTriedAgain({ repeatable, resumable }: ApiError): boolean {
  return repeatable || resumable;
}

/** What is told of an image that is not there. */
function failureOf(outcome: Outcome): FailedImage | undefined {
  if (!('error' in outcome)) return outcome.storageFailure;
  const { seed, error: { code, message: detail } } = outcome;
  return { seed, code, detail };
}

/** An outcome for each place, in their order. What the model can draw in one call shares one. */
async function createAll(request: GenerateRequest, caller: RequestContext, { slots, seed }: GenerationPlan, ports: CreateImagesPorts): Promise<Outcome[]> {
  const failed = (cause: unknown, ofSeed?: number): Failure => {
    // one of several must not take the others with it, whatever happened
    const error = cause instanceof ApiError ? cause : internal(cause);
    ports.log.error('image not drawn', { model: request.model.id, code: error.code, ...describeCause(error.cause, promptTexts(request.input)) });
    return { error, seed: ofSeed };
  };
  const allSeeds = request.maxSeed === undefined ? undefined : seeds(seed, slots.length, request.maxSeed);
  const missing = slots.flatMap(({ key, existing, failure }, index): MissingSlot[] => (existing || failure ? [] : [{ key, seed: allSeeds?.[index] }]));
  const calls = Array.from({ length: Math.ceil(missing.length / request.imagesPerCall) }, (_, index) =>
    missing.slice(index * request.imagesPerCall, (index + 1) * request.imagesPerCall));

  const outcomes = new Map<string, Outcome>();
  await Promise.all([
    ...calls.map(async (slots) => {
      const drawn = await createTogether(request, slots, caller, ports, failed);
      slots.forEach(({ key }, index) => outcomes.set(key, drawn[index]));
    }),
    ...slots.flatMap(({ existing }) => existing ?? []).map(async (left) => {
      outcomes.set(left.key, await checkExisting(left, caller.deadline, ports).catch((cause) => failed(cause, left.seed)));
    }),
  ]);
  return slots.map(({ key, failure }) => (
    failure ? { seed: failure.seed, error: new ApiError(failure.code as ErrorCode, failure.detail) } : outcomes.get(key)!));
}

/** One call of the model, and what becomes of each image that it was to draw. */
async function createTogether(
  request: GenerateRequest, slots: readonly MissingSlot[], caller: RequestContext, ports: CreateImagesPorts, failed: (cause: unknown, seed?: number) => Failure,
): Promise<Outcome[]> {
  const until = modelDeadline(caller.deadline);
  // one call draws all of its images by one seed
  const [{ seed }] = slots;
  try {
    const input = { ...request.input, seed, count: slots.length };
    const results = await withRetries(() => ports.models.generate(request.model, input, until), until, ports.clock);
    return await Promise.all(slots.map(async ({ key }, index) => {
      const result = results[index];
      if (result instanceof ApiError) return failed(result, seed);
      const image = request.backgroundRemoval ? await removeBackground(result, request.backgroundRemoval, until, ports) : result;
      return checkAndStore(key, image, caller, ports).catch((cause) => failed(cause, seed));
    }));
  } catch (cause) {
    return slots.map(() => failed(cause, seed));
  }
}

async function writeRecord(record: ImageRecord, deadline: number, ports: CreateImagesPorts, secrets: readonly string[]): Promise<boolean> {
  try {
    await ports.records.put(record, finishDeadline(deadline));
    return true;
  } catch (cause) {
    ports.log.error('image not recorded', { id: record.id, ...describeCause(cause, secrets) });
    return false;
  }
}

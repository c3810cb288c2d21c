import { ApiError } from '../errors';
import { describeCause, type Logger } from '../log';
import type { Clock, DrawnImage, FailedImage, ImageModels, ImageRecord, ImageRecords, ImageStore, StoredImage } from './ports';
import { preparePrompt, type Prepared, type PreparePorts } from './prepare-prompt';
import type { Caller, GenerateRequest } from './request';
import { withRetries } from './retry';
import { secretsOf } from './secrets';
import { seeds } from './seeds';
import { finishDeadline, modelDeadline } from './time';

export interface DrawPorts extends PreparePorts {
  readonly models: ImageModels;
  readonly store: ImageStore;
  readonly records: ImageRecords;
  readonly clock: Clock;
  readonly log: Logger;
  /** What of a prompt goes into its record. */
  readonly retain: (prompt: string) => string | undefined;
}

/** What is fixed before the first call, and the same for every attempt at an idempotency key. */
export interface Attempt {
  readonly id: string;
  /** Of the first image. */
  readonly seed: number;
  readonly createdAt: number;
  readonly imageExpiresAt: number;
  /** Where each image goes, and what an earlier attempt already put there. */
  readonly places: readonly Place[];
}

interface Place {
  readonly key: string;
  readonly left?: StoredImage;
}

/** An image that was paid for: at least one of the two is there. */
export interface DeliveredImage {
  readonly drawn?: DrawnImage;
  readonly stored?: StoredImage;
  /** What later readers of the record are told of an image that only the first answer could carry. */
  readonly notStored?: FailedImage;
}

export interface Generated {
  readonly record: ImageRecord;
  readonly images: readonly DeliveredImage[];
  /** Whether the record was written: if not, its id will not be found. */
  readonly recorded: boolean;
  /** As the caller wrote it, whatever of it is kept. */
  readonly prompt?: string;
  readonly enhancedPrompt?: string;
}

type Outcome = DeliveredImage | FailedImage;

interface Slot {
  readonly key: string;
  readonly seed?: number;
}

/** Draws, stores and records the images of one request. Fails only if no image came of it. */
export async function drawImages(asked: GenerateRequest, caller: Caller, attempt: Attempt, ports: DrawPorts): Promise<Generated> {
  // where an earlier attempt left all images, no model is asked for anything
  const isMissing = attempt.places.some(({ left }) => !left);
  const { request, enhancedPrompt }: Prepared = isMissing ? await preparePrompt(asked, modelDeadline(caller.deadline), ports) : { request: asked };
  const errors: ApiError[] = [];
  const outcomes = await drawAll(request, caller.deadline, attempt, ports, errors);
  const images = outcomes.flatMap((outcome) => ('code' in outcome ? [] : outcome));
  if (images.length === 0) throw errors[0];

  const { prompt } = asked.input;
  const record: ImageRecord = {
    owner: caller.owner,
    id: attempt.id,
    model: request.model.id,
    operation: request.operation,
    prompt: prompt && ports.retain(prompt),
    enhancedPrompt: enhancedPrompt && ports.retain(enhancedPrompt),
    createdAt: attempt.createdAt,
    imageExpiresAt: attempt.imageExpiresAt,
    images: images.flatMap(({ stored }) => stored ?? []),
    failures: outcomes.flatMap((outcome) => ('code' in outcome ? outcome : outcome.notStored ?? [])),
  };
  const recorded = record.images.length > 0 && await writeRecord(record, caller.deadline, ports, secretsOf(asked.input, request.input));
  return { record, images, recorded, prompt, enhancedPrompt };
}

/** An outcome for each place, in their order. What the model can draw in one call shares one. */
async function drawAll(
  request: GenerateRequest, deadline: number, { places, seed }: Attempt, ports: DrawPorts, errors: ApiError[],
): Promise<Outcome[]> {
  const allSeeds = request.maxSeed === undefined ? undefined : seeds(seed, places.length, request.maxSeed);
  const missing = places.flatMap(({ key, left }, index): Slot[] => (left ? [] : [{ key, seed: allSeeds?.[index] }]));
  const calls = Array.from({ length: Math.ceil(missing.length / request.imagesPerCall) }, (_, index) =>
    missing.slice(index * request.imagesPerCall, (index + 1) * request.imagesPerCall));

  const drawn = new Map<string, Outcome>();
  await Promise.all(calls.map(async (slots) => {
    const outcomes = await drawTogether(request, slots, deadline, ports, errors);
    slots.forEach(({ key }, index) => drawn.set(key, outcomes[index]));
  }));
  return places.map(({ key, left }) => (left ? { stored: left } : drawn.get(key)!));
}

/** One call of the model, and what becomes of each image that it was to draw. */
async function drawTogether(
  request: GenerateRequest, slots: readonly Slot[], deadline: number, ports: DrawPorts, errors: ApiError[],
): Promise<Outcome[]> {
  const until = modelDeadline(deadline);
  // one call draws all of its images by one seed
  const [{ seed }] = slots;
  const failed = (cause: unknown): FailedImage => {
    // one of several must not take the others with it, whatever happened
    const error = cause instanceof ApiError ? cause : new ApiError('INTERNAL', 'something went wrong on our side', { cause });
    errors.push(error);
    ports.log.error('image not drawn', { model: request.model.id, code: error.code, ...describeCause(error.cause, secretsOf(request.input)) });
    return { seed, code: error.code, detail: error.message };
  };
  try {
    const input = { ...request.input, seed, count: slots.length };
    const results = await withRetries(() => ports.models.draw(request.model, input, until), until, ports.clock);
    return await Promise.all(slots.map(async ({ key }, index) => {
      const result = results[index];
      if (result instanceof ApiError) return failed(result);
      return keep(key, result, deadline, ports).catch(failed);
    }));
  } catch (cause) {
    return slots.map(() => failed(cause));
  }
}

async function keep(key: string, drawn: DrawnImage, deadline: number, ports: DrawPorts): Promise<DeliveredImage> {
  await ports.guard?.output(drawn, finishDeadline(deadline));
  const stored = await store(key, drawn, deadline, ports);
  if (stored) return { drawn, stored };
  return {
    drawn,
    notStored: { seed: drawn.seed, code: 'INTERNAL', detail: 'the image was drawn but could not be stored; the same request with this seed draws it again' },
  };
}

/** Undefined if the bucket does not take it: the image is paid for and must still reach the caller. */
async function store(key: string, image: DrawnImage, deadline: number, ports: DrawPorts): Promise<StoredImage | undefined> {
  try {
    return await ports.store.put(key, image, finishDeadline(deadline));
  } catch (cause) {
    ports.log.error('image not stored', describeCause(cause));
    return undefined;
  }
}

async function writeRecord(record: ImageRecord, deadline: number, ports: DrawPorts, secrets: readonly string[]): Promise<boolean> {
  try {
    await ports.records.put(record, finishDeadline(deadline));
    return true;
  } catch (cause) {
    ports.log.error('image not recorded', { id: record.id, ...describeCause(cause, secrets) });
    return false;
  }
}

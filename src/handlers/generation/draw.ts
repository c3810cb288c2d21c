import { ApiError } from '../errors';
import { describeCause, type Logger } from '../log';
import type { Clock, DrawnImage, FailedImage, ImageModels, ImageRecord, ImageRecords, ImageStore, StoredImage } from './ports';
import type { Caller, GenerateRequest } from './request';
import { withRetries } from './retry';
import { seeds } from './seeds';
import { finishDeadline, modelDeadline } from './time';

export interface DrawPorts {
  readonly models: ImageModels;
  readonly store: ImageStore;
  readonly records: ImageRecords;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is fixed before the first call, and the same for every attempt at an idempotency key. */
export interface Attempt {
  readonly id: string;
  /** Of the first image. */
  readonly seed: number;
  readonly createdAt: number;
  readonly imageExpiresAt: number;
  /** Where each image goes, and what an earlier attempt already put there. */
  readonly places: readonly { readonly key: string; readonly left?: StoredImage }[];
}

/** An image that was paid for: at least one of the two is there. */
export interface DeliveredImage {
  readonly drawn?: DrawnImage;
  readonly stored?: StoredImage;
}

export interface Generated {
  readonly record: ImageRecord;
  readonly images: readonly DeliveredImage[];
  /** Whether the record was written: if not, its id will not be found. */
  readonly recorded: boolean;
}

type Outcome = DeliveredImage | FailedImage;

/** Draws, stores and records the images of one request. Fails only if no image came of it. */
export async function drawImages(request: GenerateRequest, caller: Caller, attempt: Attempt, ports: DrawPorts): Promise<Generated> {
  const errors: ApiError[] = [];
  const allSeeds = seeds(attempt.seed, request.count, request.maxSeed);
  const outcomes = await Promise.all(attempt.places.map(({ key, left }, index): Promise<Outcome> | Outcome =>
    left ? { stored: left } : drawOne(request, allSeeds[index], key, caller.deadline, ports, errors)));

  const images = outcomes.flatMap((outcome) => ('code' in outcome ? [] : outcome));
  if (images.length === 0) throw errors[0];

  const record: ImageRecord = {
    owner: caller.owner,
    id: attempt.id,
    model: request.model.id,
    prompt: request.input.prompt,
    createdAt: attempt.createdAt,
    imageExpiresAt: attempt.imageExpiresAt,
    images: images.flatMap(({ stored }) => stored ?? []),
    failures: outcomes.flatMap((outcome) => ('code' in outcome ? outcome : notStored(outcome))),
  };
  const recorded = record.images.length > 0 && await writeRecord(record, caller.deadline, ports);
  return { record, images, recorded };
}

async function drawOne(
  request: GenerateRequest, seed: number, key: string, deadline: number, ports: DrawPorts, errors: ApiError[],
): Promise<Outcome> {
  try {
    const until = modelDeadline(deadline);
    const drawn = await withRetries(() => ports.models.draw(request.model, { ...request.input, seed }, until), until, ports.clock);
    return { drawn, stored: await store(key, drawn, deadline, ports) };
  } catch (cause) {
    // one of several must not take the others with it, whatever happened
    const error = cause instanceof ApiError ? cause : new ApiError('INTERNAL', 'something went wrong on our side', { cause });
    errors.push(error);
    const secrets = [request.input.prompt, request.input.negativePrompt ?? ''];
    ports.log.error('image not drawn', { model: request.model.id, code: error.code, ...describeCause(error.cause, secrets) });
    return { seed, code: error.code, detail: error.message };
  }
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

/** What later readers of the record are told of an image that only the first answer could carry. */
function notStored({ drawn, stored }: DeliveredImage): FailedImage[] {
  if (stored || !drawn) return [];
  return [{ seed: drawn.seed, code: 'INTERNAL', detail: 'the image was drawn but could not be stored; the same request with this seed draws it again' }];
}

async function writeRecord(record: ImageRecord, deadline: number, ports: DrawPorts): Promise<boolean> {
  try {
    await ports.records.put(record, finishDeadline(deadline));
    return true;
  } catch (cause) {
    ports.log.error('image not recorded', { id: record.id, ...describeCause(cause, [record.prompt]) });
    return false;
  }
}

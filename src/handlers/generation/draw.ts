import { createHash } from 'node:crypto';
import { ApiError } from '../errors';
import { describeCause, type Logger } from '../log';
import type { Clock, DrawnImage, ImageModels, ImageRecord, ImageRecords, ImageStore, StoredImage } from './ports';
import type { Caller, GenerateRequest } from './request';
import { withRetries } from './retry';
import { seeds } from './seeds';

export interface DrawPorts {
  readonly models: ImageModels;
  readonly store: ImageStore;
  readonly records: ImageRecords;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface DrawSettings {
  readonly prefix: string;
  readonly expirationDays: number;
}

export interface Attempt {
  readonly id: string;
  /** Of the first image. */
  readonly seed: number;
  /** An earlier attempt died: some images may be in the bucket already. */
  readonly resumed: boolean;
}

/** An image that was paid for: at least one of the two is there. */
export interface DeliveredImage {
  readonly drawn?: DrawnImage;
  readonly stored?: StoredImage;
}

export interface Generated {
  readonly record: ImageRecord;
  readonly images: readonly DeliveredImage[];
  /** `STORAGE_FAILED`: some images exist in this answer only. `RECORD_FAILED`: the id will not be found. */
  readonly warning?: 'STORAGE_FAILED' | 'RECORD_FAILED';
}

/** Kept of the function's time for storing, recording and answering once the model is done. */
const FINISH_RESERVE_MS = 3_000;
const DAY_MS = 24 * 3600 * 1000;
const EXTENSIONS: Readonly<Record<string, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

interface Failure {
  readonly seed: number;
  readonly failure: ApiError;
}
type Outcome = DeliveredImage | Failure;

/** Draws, stores and records the images of one request. Fails only if no image came of it. */
export async function drawImages(
  request: GenerateRequest, caller: Caller, attempt: Attempt, ports: DrawPorts, settings: DrawSettings,
): Promise<Generated> {
  const createdAt = ports.clock.now();
  const folder = `${settings.prefix}${ownerFolder(caller.owner)}/${attempt.id}`;
  const outcomes = await Promise.all(seeds(attempt.seed, request.count, request.maxSeed).map((seed, index) => {
    const key = `${folder}/${index}.${EXTENSIONS[request.input.outputFormat]}`;
    return drawOne(request, seed, key, attempt.resumed, caller.deadline - FINISH_RESERVE_MS, ports);
  }));

  const failed = outcomes.flatMap((outcome) => ('failure' in outcome ? outcome : []));
  const images = outcomes.flatMap((outcome) => ('failure' in outcome ? [] : outcome));
  if (images.length === 0) throw failed[0].failure;

  const record: ImageRecord = {
    owner: caller.owner,
    id: attempt.id,
    model: request.model.id,
    prompt: request.input.prompt,
    createdAt,
    imageExpiresAt: createdAt + settings.expirationDays * DAY_MS,
    images: images.flatMap(({ stored }) => stored ?? []),
    failures: failed.map(({ seed, failure }) => ({ seed, code: failure.code, detail: failure.message })),
  };
  const recorded = record.images.length > 0 && await writeRecord(record, ports);
  if (record.images.length < images.length) return { record, images, warning: 'STORAGE_FAILED' };
  return { record, images, ...(!recorded && { warning: 'RECORD_FAILED' as const }) };
}

async function drawOne(
  request: GenerateRequest, seed: number, key: string, resumed: boolean, deadline: number, ports: DrawPorts,
): Promise<Outcome> {
  try {
    const stored = resumed ? await ports.store.find(key) : undefined;
    if (stored) return { stored };
    const drawn = await withRetries(() => ports.models.draw(request.model, { ...request.input, seed }, deadline), deadline, ports.clock);
    return { drawn, stored: await store(key, drawn, ports) };
  } catch (error) {
    // one of several must not take the others with it, whatever happened
    const failure = error instanceof ApiError ? error : new ApiError('INTERNAL', 'something went wrong on our side', { cause: error });
    ports.log.error('image not drawn', {
      model: request.model.id, code: failure.code, ...describeCause(failure.cause, [request.input.prompt, request.input.negativePrompt ?? '']),
    });
    return { seed, failure };
  }
}

/** Undefined if the bucket does not take it: the image is paid for and must still reach the caller. */
async function store(key: string, image: DrawnImage, ports: DrawPorts): Promise<StoredImage | undefined> {
  try {
    return await ports.store.put(key, image);
  } catch (cause) {
    ports.log.error('image not stored', describeCause(cause));
    return undefined;
  }
}

async function writeRecord(record: ImageRecord, ports: DrawPorts): Promise<boolean> {
  try {
    await ports.records.put(record);
    return true;
  } catch (cause) {
    ports.log.error('image not recorded', { id: record.id, ...describeCause(cause, [record.prompt]) });
    return false;
  }
}

/** Keys show up in URLs: they keep owners apart without naming them. */
function ownerFolder(owner: string): string {
  return createHash('sha256').update(owner).digest('hex').slice(0, 32);
}

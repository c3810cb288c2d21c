import { ApiError, asApiError, isFiltered } from '../../shared/api-error';
import { describeCause, type Logger } from '../../shared/log';
import type { Deadlines } from '../deadlines';
import type { Measurements } from '../measurement/measurements';
import type { GeneratedImage, Guardrail, ImageStore } from '../ports';
import type { FailedImage, StoredImage } from './records';
import type { GenerationRun } from '../types';

export interface StoreImagePorts {
  readonly store: ImageStore;
  /** Absent without a guardrail. */
  readonly guardrail?: Guardrail;
  readonly log: Logger;
  readonly measurements: Measurements;
}

/** An image of a result: generated in this run, stored, or both. */
export interface ResultImage {
  readonly generated?: GeneratedImage;
  readonly stored?: StoredImage;
  /** The error in the record of an image that could not be stored, and is only in the response to this request. */
  readonly storageFailure?: FailedImage;
}

/** Checks an image with the guardrail and stores it. */
export async function checkAndStore(
  key: string, generated: GeneratedImage, { isResumable, deadlines }: Pick<GenerationRun, 'isResumable' | 'deadlines'>, ports: StoreImagePorts,
): Promise<ResultImage> {
  try {
    await ports.guardrail?.checkOutput(generated, deadlines.guardrail);
  } catch (error) {
    if (isFiltered(error)) throw error;
    // the image was charged: it is stored unchecked, and the next run checks it
    if (isResumable && await store(key, generated, deadlines, ports)) throw asResumable(error);
    throw uncheckedImage(error);
  }
  const stored = await store(key, generated, deadlines, ports);
  if (stored) return { generated, stored };
  return {
    generated,
    storageFailure: {
      seed: generated.seed,
      code: 'INTERNAL',
      detail: 'the image was generated but could not be stored; the same request with this seed generates it again',
      charged: 'yes',
    },
  };
}

/** Returns `MODEL_ERROR` and not `MODEL_BUSY`, because clients would retry it and each retry would be charged. */
function uncheckedImage(error: unknown): ApiError {
  return new ApiError('MODEL_ERROR', 'the image was generated and charged, but it is not returned, because the guardrail could not check it; '
    + 'with an Idempotency-Key, the image is stored, and a retry checks it without a second charge', { mayBeCharged: true, cause: error instanceof ApiError ? error.cause : error });
}

/** Checks an image that an earlier run stored, perhaps without a check. */
export async function checkExisting(
  existing: StoredImage, deadlines: Deadlines, { guardrail, store: images, log }: StoreImagePorts,
): Promise<ResultImage> {
  if (!guardrail) return { stored: existing };
  try {
    const generated = { ...existing, bytes: await images.read(existing.key) };
    await guardrail.checkOutput(generated, deadlines.guardrail);
    return { generated, stored: existing };
  } catch (error) {
    if (!isFiltered(error)) throw asResumable(error);
    await images.remove([existing.key]).catch((cause) => log.error('image not deleted', describeCause(cause)));
    throw error;
  }
}

/** Returns the same error, marked as resumable: the bucket contains what the next run continues with, which may have been charged. */
export function asResumable(error: unknown): ApiError {
  return asApiError(error).with({ repeatable: false, resumable: true, mayBeCharged: false, charged: 'maybe' });
}

/** Returns undefined if S3 fails: the image was charged, so the response must contain it. */
async function store(key: string, image: GeneratedImage, deadlines: Deadlines, ports: StoreImagePorts): Promise<StoredImage | undefined> {
  const stored = await putOrFind(key, image, deadlines, ports);
  if (stored) ports.measurements.addImage(stored);
  return stored;
}

async function putOrFind(key: string, image: GeneratedImage, deadlines: Deadlines, ports: StoreImagePorts): Promise<StoredImage | undefined> {
  const { log } = ports;
  try {
    return await ports.store.put(key, image, deadlines.storage);
  } catch (cause) {
    // the image may have been stored although the call failed
    const stored = await ports.store.findSame(key, image, deadlines.response).catch((error: unknown) => {
      log.error('image not looked up', describeCause(error));
      return undefined;
    });
    if (!stored) log.error('image not stored', describeCause(cause));
    return stored;
  }
}

import { failureKey } from './keys';
import type { Documents, ImageStore } from '../ports';
import type { FailedImage } from './records';
import { fromJson } from '../../shared/json';
import { describeCause, type Logger } from '../../shared/log';
import type { ImageSlot } from '../types';

export interface ImageSlotPorts {
  readonly store: ImageStore;
  readonly documents: Documents;
  readonly log: Logger;
}

/** Looks up the images and errors that an earlier run stored. `isFirstRun`: no earlier run can have failed with all images. */
export async function findImageSlots(keys: readonly string[], { store }: ImageSlotPorts, isFirstRun = false): Promise<ImageSlot[]> {
  return Promise.all(keys.map(async (key): Promise<ImageSlot> => {
    const existing = await store.find(key);
    const failure = existing || isFirstRun ? undefined : await store.readIfExists(failureKey(key));
    return { key, existing, ...(failure && { failure: fromJson<FailedImage>(failure) }) };
  }));
}

/**
 * Stores the errors of images that the next run must not generate again, because the model may have charged for them or filters them again.
 * `failures`: by failure key. Returns whether all were stored.
 */
export async function storeFailures(
  failures: ReadonlyMap<string, FailedImage>, deadline: number, { documents, log }: ImageSlotPorts,
): Promise<boolean> {
  const results = await Promise.all([...failures].map(async ([key, failure]) => {
    try {
      await documents.write(key, JSON.stringify(failure), deadline);
      return true;
    } catch (cause) {
      log.error('image failure not stored', describeCause(cause));
      return false;
    }
  }));
  return results.every(Boolean);
}

/** Deletes stored errors, after they are in the record or when all images are to be generated again. */
export async function deleteFailures(keys: readonly string[], { store, log }: ImageSlotPorts): Promise<void> {
  await store.remove(keys).catch((cause) => log.error('image failure not deleted', describeCause(cause)));
}

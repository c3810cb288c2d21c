import { failureKey } from './keys';
import type { Documents, ImageStore } from './ports';
import type { FailedImage } from './records';
import type { ImageSlot } from './types';
import { fromJson } from '../shared/json';
import { describeCause, type Logger } from '../shared/log';

export interface ImageSlotPorts {
  readonly store: ImageStore;
  readonly documents: Documents;
  readonly log: Logger;
}

/** Looks up the images and errors that an earlier run stored. */
export async function findImageSlots(keys: readonly string[], { store }: ImageSlotPorts): Promise<ImageSlot[]> {
  return Promise.all(keys.map(async (key): Promise<ImageSlot> => {
    const existing = await store.find(key);
    // errors are stored only if a request has several images
    const failure = existing || keys.length === 1 ? undefined : await store.readIfExists(failureKey(key));
    return { key, existing, ...(failure && { failure: fromJson<FailedImage>(failure) }) };
  }));
}

/** Stores the errors of images that the next run must not generate again, because the model may have charged for them or filters them again. */
export async function storeFailures(failures: ReadonlyMap<string, FailedImage>, deadline: number, { documents, log }: ImageSlotPorts): Promise<void> {
  await Promise.all([...failures].map(([key, failure]) => documents.write(failureKey(key), JSON.stringify(failure), deadline)
    .catch((cause) => log.error('image failure not stored', describeCause(cause)))));
}

/** Deletes stored errors, after they are in the record or when all images are to be generated again. */
export async function deleteFailures(keys: readonly string[], { store, log }: ImageSlotPorts): Promise<void> {
  await store.remove(keys).catch((cause) => log.error('image failure not deleted', describeCause(cause)));
}

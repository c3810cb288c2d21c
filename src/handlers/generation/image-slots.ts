import { failureKey } from './keys';
import type { Documents, ImageStore } from './ports';
import type { FailedImage, StoredImage } from './records';
import { fromJson } from '../shared/json';
import { describeCause, type Logger } from '../shared/log';

export interface ImageSlotPorts {
  readonly store: ImageStore;
  readonly documents: Documents;
  readonly log: Logger;
}

/** Where an image goes, and what an earlier attempt left there: the image, or why there is none and none is drawn again. */
export interface ImageSlot {
  readonly key: string;
  readonly existing?: StoredImage;
  readonly failure?: FailedImage;
}

/** Looks what an earlier attempt left. */
export async function findImageSlots(keys: readonly string[], { store }: ImageSlotPorts): Promise<ImageSlot[]> {
  return Promise.all(keys.map(async (key): Promise<ImageSlot> => {
    const existing = await store.find(key);
    // one alone has no others to wait for
    const kept = existing || keys.length === 1 ? undefined : await store.readIfExists(failureKey(key));
    return { key, existing, ...(kept && { failure: fromJson<FailedImage>(kept) }) };
  }));
}

/** The model may have charged for them, or refuses them again: the next attempt, which is for the others, leaves them alone. */
export async function storeFailures(failures: ReadonlyMap<string, FailedImage>, deadline: number, { documents, log }: ImageSlotPorts): Promise<void> {
  await Promise.all([...failures].map(([key, failure]) => documents.write(failureKey(key), JSON.stringify(failure), deadline)
    .catch((cause) => log.error('failure not remembered', describeCause(cause)))));
}

/** The record tells of them, or all is to be tried anew. */
export async function deleteFailures(keys: readonly string[], { store, log }: ImageSlotPorts): Promise<void> {
  await store.remove(keys).catch((cause) => log.error('failure not removed', describeCause(cause)));
}

import { failureKey } from './keys';
import type { Documents, FailedImage, ImageStore, StoredImage } from './ports';
import { fromJson } from '../shared/json';
import { describeCause, type Logger } from '../shared/log';

export interface PlacePorts {
  readonly store: ImageStore;
  readonly documents: Documents;
  readonly log: Logger;
}

/** Where an image goes, and what an earlier attempt left there: the image, or why there is none and none is drawn again. */
export interface Place {
  readonly key: string;
  readonly left?: StoredImage;
  readonly failure?: FailedImage;
}

/** Looks what an earlier attempt left. */
export async function findPlaces(keys: readonly string[], { store }: PlacePorts): Promise<Place[]> {
  return Promise.all(keys.map(async (key): Promise<Place> => {
    const left = await store.find(key);
    // one alone has no others to wait for
    const kept = left || keys.length === 1 ? undefined : await store.readIfThere(failureKey(key));
    return { key, left, ...(kept && { failure: fromJson<FailedImage>(kept) }) };
  }));
}

/** The model may have charged for them, or refuses them again: the next attempt, which is for the others, leaves them alone. */
export async function rememberFailures(failures: ReadonlyMap<string, FailedImage>, deadline: number, { documents, log }: PlacePorts): Promise<void> {
  await Promise.all([...failures].map(([key, failure]) => documents.write(failureKey(key), JSON.stringify(failure), deadline)
    .catch((cause) => log.error('failure not remembered', describeCause(cause)))));
}

/** The record tells of them, or all is to be tried anew. */
export async function forgetFailures(keys: readonly string[], { store, log }: PlacePorts): Promise<void> {
  await store.remove(keys).catch((cause) => log.error('failure not removed', describeCause(cause)));
}

/** The list of images of the caller, page by page. */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { type Library } from './library';
import { type ImageResponse } from '../../private/contract/responses';
import { type Api } from '../api/api';
import { type ApiFailure, type ApiLost } from '../api-result';

export type GalleryState = 'idle' | 'loading' | 'ready';

export interface DeletedImages {
  readonly deleted: readonly string[];
  /** Images that could not be deleted. */
  readonly failed: readonly string[];
}

export interface Gallery {
  readonly state: ReadonlySignal<GalleryState>;
  /** Loaded images, newest first. */
  readonly images: ReadonlySignal<readonly ImageResponse[]>;
  readonly hasMore: ReadonlySignal<boolean>;
  /** Why the last page could not be loaded. */
  readonly failure: ReadonlySignal<ApiFailure | ApiLost | undefined>;
  /** Loads the newest page. Images that are loaded already stay. */
  refresh(): Promise<void>;
  /** Loads the next page. Returns the id of its first image. */
  more(): Promise<string | undefined>;
  /** Deletes images, one after the other. An image that does not exist counts as deleted. */
  remove(ids: readonly string[]): Promise<DeletedImages>;
}

export interface GalleryOptions {
  readonly api: Pick<Api, 'listImages' | 'deleteImage'>;
  readonly library: Library;
  readonly pageSize: () => number;
}

export function createGallery({ api, library, pageSize }: GalleryOptions): Gallery {
  const state = signal<GalleryState>('idle');
  const ids = signal<readonly string[]>([]);
  const cursor = signal<string | undefined>(undefined);
  const failure = signal<ApiFailure | ApiLost | undefined>(undefined);

  async function load(from: string | undefined): Promise<string | undefined> {
    state.value = 'loading';
    const result = await api.listImages(pageSize(), from);
    failure.value = result.ok ? undefined : result;
    state.value = 'ready';
    if (!result.ok) return undefined;
    const { images } = result.value;
    library.put(...images);
    const page = images.map(({ id }) => id);
    const loaded = ids.peek();
    const continues = from !== undefined || !page.some((id) => loaded.includes(id));
    // the newest page does not change where the list continues, unless images between it and the list are missing
    if (continues) cursor.value = result.value.cursor;
    // ids are ULIDs, so that their order is the order of creation
    ids.value = from === undefined && continues ? page : [...new Set([...loaded, ...page])].sort((a, b) => (a < b ? 1 : -1));
    return page[0];
  }
  const forget = (id: string) => {
    ids.value = ids.peek().filter((other) => other !== id);
    library.remove(id);
  };

  return {
    state,
    images: computed(() => ids.value.flatMap((id) => library.records.value.get(id) ?? [])),
    hasMore: computed(() => cursor.value !== undefined),
    failure,
    refresh: async () => void await load(undefined),
    more: () => load(cursor.peek()),
    async remove(removed) {
      const failed: string[] = [];
      for (const id of removed) {
        const result = await api.deleteImage(id);
        if (result.ok || ('problem' in result && result.problem.code === 'NOT_FOUND')) forget(id);
        else failed.push(id);
      }
      return { deleted: removed.filter((id) => !failed.includes(id)), failed };
    },
  };
}

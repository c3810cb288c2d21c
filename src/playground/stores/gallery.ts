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
  const failure = signal<ApiFailure | ApiLost | undefined>(undefined);
  const list = createList();

  async function load(from: string | undefined): Promise<string | undefined> {
    state.value = 'loading';
    const result = await api.listImages(pageSize(), from);
    failure.value = result.ok ? undefined : result;
    state.value = 'ready';
    if (!result.ok) return undefined;
    const { images, cursor } = result.value;
    library.put(...images);
    list.add(images.map(({ id }) => id), from, cursor);
    return images[0]?.id;
  }
  async function remove(id: string): Promise<boolean> {
    const result = await api.deleteImage(id);
    const isDeleted = result.ok || ('problem' in result && result.problem.code === 'NOT_FOUND');
    if (!isDeleted) return false;
    list.remove(id);
    library.remove(id);
    return true;
  }

  return {
    state,
    images: computed(() => list.ids.value.flatMap((id) => library.records.value.get(id) ?? [])),
    hasMore: computed(() => list.cursor.value !== undefined),
    failure,
    refresh: async () => void await load(undefined),
    more: () => load(list.cursor.peek()),
    async remove(removed) {
      const failed: string[] = [];
      for (const id of removed) if (!await remove(id)) failed.push(id);
      return { deleted: removed.filter((id) => !failed.includes(id)), failed };
    },
  };
}

/** The ids of the loaded images, newest first, and the cursor at which the list continues. */
function createList() {
  const ids = signal<readonly string[]>([]);
  const cursor = signal<string | undefined>(undefined);
  return {
    ids,
    cursor,
    /** `from` and `next`: cursors of the page and of the page after it. */
    add(page: readonly string[], from: string | undefined, next: string | undefined) {
      const loaded = ids.peek();
      const continues = from !== undefined || !page.some((id) => loaded.includes(id));
      // the newest page does not change where the list continues, unless images between it and the list are missing
      if (continues) cursor.value = next;
      // ids are ULIDs, so that their order is the order of creation
      ids.value = from === undefined && continues ? page : [...new Set([...loaded, ...page])].sort((a, b) => (a < b ? 1 : -1));
    },
    remove(id: string) {
      ids.value = ids.peek().filter((other) => other !== id);
    },
  };
}

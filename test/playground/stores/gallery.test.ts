import type { Api } from '../../../src/playground/api/api';
import type { ApiResult } from '../../../src/playground/api-result';
import { createGallery } from '../../../src/playground/stores/gallery';
import { createLibrary } from '../../../src/playground/stores/library';
import type { ImageListResponse, ImageResponse } from '../../../src/private/contract/responses';

const NOW = Date.parse('2026-11-27T10:00:00Z');

const record = (id: string, url = `https://b/${id}`): ImageResponse => ({
  id,
  status: 'succeeded',
  model: 'm',
  prompt: `sha256:${'0'.repeat(64)}`,
  createdAt: '2026-11-27T09:00:00Z',
  imageExpiresAt: '2026-12-27T09:00:00Z',
  images: [{ url, expiresAt: '2026-11-27T11:00:00Z', contentType: 'image/png', width: 1, height: 1 }],
});

/** An API with a list, newest first. */
function world(ids: string[], pageSize = 2) {
  let signature = 0;
  const calls: string[] = [];
  const fail = new Set<string>();
  const lost = { ok: false, lost: 'connection' } as const;
  const api: Pick<Api, 'listImages' | 'deleteImage' | 'getImage'> = {
    listImages: async (limit, cursor): Promise<ApiResult<ImageListResponse>> => {
      if (fail.has('list')) return lost;
      const from = cursor === undefined ? 0 : ids.indexOf(cursor) + 1;
      const page = ids.slice(from, from + limit);
      const isLast = from + limit >= ids.length;
      const images = page.map((id) => record(id, `https://b/${id}?signature=${++signature}`));
      return { ok: true, status: 200, value: { images, ...(!isLast && { cursor: page[page.length - 1] }) } };
    },
    deleteImage: async (id) => {
      calls.push(id);
      if (fail.has(id)) return lost;
      return { ok: true, status: 204, value: undefined };
    },
    getImage: async (id) => {
      calls.push(id);
      return fail.has(id) ? lost : { ok: true, status: 200, value: record(id, `https://b/${id}?new`) };
    },
  };
  const library = createLibrary(api, () => NOW);
  const gallery = createGallery({ api, library, pageSize: () => pageSize });
  return { gallery, library, ids, calls, fail, shown: () => gallery.images.value.map(({ id }) => id) };
}

describe('the gallery', () => {
  it('loads page by page, and keeps the pages when new images come', async () => {
    const { gallery, ids, shown } = world(['D', 'C', 'B', 'A']);
    await gallery.refresh();
    expect([shown(), gallery.hasMore.value]).toEqual([['D', 'C'], true]);
    expect(await gallery.more()).toBe('B');
    expect([shown(), gallery.hasMore.value]).toEqual([['D', 'C', 'B', 'A'], false]);
    ids.unshift('E');
    await gallery.refresh();
    expect([shown(), gallery.hasMore.value]).toEqual([['E', 'D', 'C', 'B', 'A'], false]);
  });

  it('starts again when there are more new images than a page has', async () => {
    const { gallery, ids, shown } = world(['B', 'A']);
    await gallery.refresh();
    ids.unshift('F', 'E', 'D');
    await gallery.refresh();
    expect([shown(), gallery.hasMore.value]).toEqual([['F', 'E'], true]);
  });

  it('keeps what it has when a page cannot be loaded', async () => {
    const { gallery, fail, shown } = world(['C', 'B', 'A']);
    await gallery.refresh();
    fail.add('list');
    await gallery.more();
    expect(shown()).toEqual(['C', 'B']);
    expect(gallery.failure.value).toBeDefined();
    fail.delete('list');
    await gallery.more();
    expect([shown(), gallery.failure.value]).toEqual([['C', 'B', 'A'], undefined]);
  });

  it('reports which images could not be deleted', async () => {
    const { gallery, fail, shown } = world(['B', 'A']);
    await gallery.refresh();
    fail.add('A');
    expect(await gallery.remove(['B', 'A'])).toEqual({ deleted: ['B'], failed: ['A'] });
    expect(shown()).toEqual(['A']);
  });

  it('keeps the first URL of an image, because another one would be downloaded again', async () => {
    const { gallery } = world(['A']);
    await gallery.refresh();
    await gallery.refresh();
    expect(gallery.images.value[0].images[0].url).toBe('https://b/A?signature=1');
  });
});

describe('the library', () => {
  it('requests a new URL once for an image whose URL does not work', async () => {
    const { gallery, library, calls } = world(['A']);
    await gallery.refresh();
    expect(await Promise.all([library.renew('A'), library.renew('A')])).toEqual([true, true]);
    expect(calls).toEqual(['A']);
    expect(library.records.value.get('A')?.images[0].url).toBe('https://b/A?new');
  });

  it('reports that there is no new URL', async () => {
    const { gallery, library, fail } = world(['A']);
    await gallery.refresh();
    fail.add('A');
    expect(await library.renew('A')).toBe(false);
  });

  it('knows the prompts of this tab, also if the API keeps their hashes', async () => {
    const { library } = world([]);
    expect(library.promptOf(record('A'))).toEqual({ kept: false });
    library.keepPrompt('A', 'a fox');
    expect(library.promptOf(record('A'))).toEqual({ kept: true, text: 'a fox' });
  });
});

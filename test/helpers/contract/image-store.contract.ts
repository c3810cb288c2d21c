import { randomUUID } from 'node:crypto';
import { past, soon } from './contract-clock';
import type { Documents, GeneratedImage, ImageStore } from '../../../src/handlers/generation/ports';

/** The behavior of every implementation of `ImageStore` and `Documents`, which share a bucket. */
export function imageStoreContract(create: () => ImageStore & Documents): void {
  let store: ImageStore & Documents;
  let folder: string;
  beforeEach(() => {
    store = create();
    // the tests share a bucket on the emulator
    folder = `images/${randomUUID()}`;
  });
  const BYTES = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
  const image = (more: Partial<GeneratedImage> = {}): GeneratedImage => (
    { bytes: BYTES, seed: 4_294_967_295, contentType: 'image/png', width: 1024, height: 640, ...more }
  );

  describe('put', () => {
    it.each<Partial<GeneratedImage>>([{}, { seed: 0 }, { seed: undefined }, { isCutOut: true }, { isRemovalCharged: true }, { contentType: 'image/webp' }])(
      'stores an image that find returns in the same way: %j', async (more) => {
        const stored = await store.put(`${folder}/0.png`, image(more), soon());
        const { bytes, ...metadata } = image(more);
        expect(stored).toEqual({ ...metadata, key: `${folder}/0.png`, bytes: bytes.length });
        expect(await store.find(`${folder}/0.png`)).toEqual(stored);
        expect(Buffer.from(await store.read(`${folder}/0.png`))).toEqual(BYTES);
      });

    it('overwrites an existing image with all its properties', async () => {
      await store.put(`${folder}/0.png`, image({ isCutOut: true }), soon());
      const stored = await store.put(`${folder}/0.png`, image({ bytes: Buffer.from('other'), seed: undefined, width: 1 }), soon());
      expect(await store.find(`${folder}/0.png`)).toEqual(stored);
      expect(Buffer.from(await store.read(`${folder}/0.png`)).toString()).toBe('other');
    });

    it('stores an image of 10 MB', async () => {
      const bytes = Buffer.alloc(10_000_000, 7);
      await store.put(`${folder}/0.png`, image({ bytes }), soon());
      expect(Buffer.compare(await store.read(`${folder}/0.png`), bytes)).toBe(0);
    });

    it('stores nothing after the deadline', async () => {
      await expect(store.put(`${folder}/0.png`, image(), past())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
      expect(await store.find(`${folder}/0.png`)).toBeUndefined();
    });
  });

  describe('findSame', () => {
    it.each<Partial<GeneratedImage>>([{}, { seed: undefined, isCutOut: true }, { isRemovalCharged: true }, { bytes: Buffer.alloc(0) }])('returns an image as put does: %j', async (more) => {
      const stored = await store.put(`${folder}/0.png`, image(more), soon());
      expect(await store.findSame(`${folder}/0.png`, image(more), soon())).toEqual(stored);
    });

    it('returns undefined for another file of the same size, and for a key that does not exist', async () => {
      await store.put(`${folder}/0.png`, image({ bytes: Buffer.from(BYTES).reverse() }), soon());
      expect(await store.findSame(`${folder}/0.png`, image(), soon())).toBeUndefined();
      expect(await store.findSame(`${folder}/1.png`, image(), soon())).toBeUndefined();
    });

    it('fails after the deadline', async () => {
      await expect(store.findSame(`${folder}/0.png`, image(), past())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    });
  });

  describe('an object that does not exist', () => {
    it('is undefined for find and readIfExists', async () => {
      expect(await store.find(`${folder}/0.png`)).toBeUndefined();
      expect(await store.readIfExists(`${folder}/0.png`)).toBeUndefined();
    });

    it('is an error for read', async () => {
      await expect(store.read(`${folder}/0.png`)).rejects.toThrow();
    });
  });

  describe('remove', () => {
    it('deletes many objects and ignores missing ones', async () => {
      const keys = Array.from({ length: 30 }, (_, index) => `${folder}/${index}.png`);
      await Promise.all(keys.slice(0, 20).map((key) => store.put(key, image(), soon())));
      await store.put(`${folder}/kept.png`, image(), soon());
      await store.remove(keys);
      expect(await Promise.all(keys.map((key) => store.find(key)))).toEqual(keys.map(() => undefined));
      expect(await store.readIfExists(keys[0])).toBeUndefined();
      expect(await store.find(`${folder}/kept.png`)).toBeDefined();
    });

    it('accepts an empty list', async () => {
      await store.remove([]);
    });
  });

  describe('write', () => {
    const TEXT = '{"prompt":"ä 😀"}';

    it('stores a document that read and readIfExists return', async () => {
      await store.write(`${folder}/0.json`, TEXT, soon());
      expect(Buffer.from(await store.read(`${folder}/0.json`)).toString()).toBe(TEXT);
      expect(Buffer.from((await store.readIfExists(`${folder}/0.json`))!).toString()).toBe(TEXT);
    });

    it('overwrites an existing document', async () => {
      await store.write(`${folder}/0.json`, TEXT, soon());
      await store.write(`${folder}/0.json`, '{}', soon());
      expect(Buffer.from(await store.read(`${folder}/0.json`)).toString()).toBe('{}');
    });

    it('stores a document that remove deletes', async () => {
      await store.write(`${folder}/0.json`, TEXT, soon());
      await store.remove([`${folder}/0.json`]);
      expect(await store.readIfExists(`${folder}/0.json`)).toBeUndefined();
    });

    it('stores nothing after the deadline', async () => {
      await expect(store.write(`${folder}/0.json`, TEXT, past())).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
      expect(await store.readIfExists(`${folder}/0.json`)).toBeUndefined();
    });
  });
}

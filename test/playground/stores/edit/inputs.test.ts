import { uploadFile } from '../../../../src/playground/api/upload';
import { formatOfInput, referenceOf, sizeOf, storedIdOf, type EditInput } from '../../../../src/playground/stores/edit/edit-input';
import { createInputEncoder } from '../../../../src/playground/stores/edit/encode-inputs';
import { formatOf, readFile } from '../../../../src/playground/stores/edit/read-file';
import { INLINE_MAX_BYTES } from '../../../../src/private/contract/request-limits';
import type { ImageView } from '../../../../src/private/contract/responses';

const ID = '01KAJ3W0V5E2M8Q9XG7T4R6B1N';
const view: ImageView = { url: 'https://b/1', contentType: 'image/jpeg', width: 30, height: 20 };

function stored(index = 0, image: ImageView = view): EditInput {
  const record = { id: ID, status: 'succeeded' as const, model: 'm', createdAt: '', imageExpiresAt: '', images: [view, image] };
  return { kind: 'stored', record: { ...record, images: index === 0 ? [image] : record.images }, index };
}

const file = (bytes: number): EditInput => (
  { kind: 'file', name: 'fox.png', format: 'png', blob: new Blob([new Uint8Array(bytes)], { type: 'image/png' }), url: 'blob:1', width: 3, height: 2 }
);
const mask = { pixels: new Uint8Array(6), size: { width: 3, height: 2 } };

function encoder({ maskBytes = 10, uploads = ['up-1', 'up-2'] as (string | undefined)[] } = {}) {
  const uploaded: number[] = [];
  const encode = createInputEncoder({
    encodeMask: async () => new Blob([new Uint8Array(maskBytes)]),
    upload: async ({ size }) => {
      uploaded.push(size);
      return uploads[uploaded.length - 1];
    },
  });
  return { encode, uploaded };
}

describe('input images of an edit', () => {
  it('are named by their id and the position of the file', async () => {
    const { encode } = encoder();
    expect(await encode({ image: stored() })).toEqual({ ok: true, values: { image: ID } });
    expect(await encode({ image: stored(1) })).toEqual({ ok: true, values: { image: `${ID}/1` } });
  });

  it('are sent in the body up to 4 MB together, and uploaded above that', async () => {
    const small = encoder({ maskBytes: 4 });
    expect(await small.encode({ image: file(INLINE_MAX_BYTES - 4), mask })).toMatchObject({ ok: true, values: { mask: 'AAAAAA==' } });
    expect(small.uploaded).toEqual([]);
    const large = encoder({ maskBytes: 5 });
    expect(await large.encode({ image: file(INLINE_MAX_BYTES - 4), mask })).toEqual({ ok: true, values: { image: 'up-1', mask: 'up-2' } });
    expect(large.uploaded).toEqual([INLINE_MAX_BYTES - 4, 5]);
  });

  it('send the bytes of an image that was not stored', async () => {
    const inline = stored(0, { ...view, url: undefined, base64: 'AAEC' });
    expect(await encoder().encode({ image: inline })).toEqual({ ok: true, values: { image: 'AAEC' } });
    expect(storedIdOf(inline)).toBeUndefined();
    expect(referenceOf(inline)).toBeUndefined();
  });

  it('fail with what to do when an upload fails', async () => {
    const failed = { ok: false, reason: 'The image could not be uploaded. Nothing was charged. Try again.' };
    expect(await encoder({ uploads: [undefined] }).encode({ image: file(INLINE_MAX_BYTES + 1) })).toEqual(failed);
    expect(await encoder({ maskBytes: 20, uploads: ['up-1', undefined] }).encode({ image: file(INLINE_MAX_BYTES), mask })).toEqual(failed);
  });

  it('have a size, a format and a place in the URL', () => {
    expect([sizeOf(stored()), sizeOf(file(1))]).toEqual([{ width: 30, height: 20 }, { width: 3, height: 2 }]);
    expect([formatOfInput(stored()), formatOfInput(file(1))]).toEqual(['jpeg', 'png']);
    expect([referenceOf(stored(1)), referenceOf(file(1))]).toEqual([{ id: ID, index: 1 }, undefined]);
  });
});

describe('a file of the user', () => {
  const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const options = { decode: async () => ({ width: 4, height: 3 }), createUrl: () => 'blob:2' };

  it.each([
    ['png', PNG], ['jpeg', [0xff, 0xd8, 0xff, 0xe0]], ['webp', [...Buffer.from('RIFF1234WEBP')]],
    [undefined, [...Buffer.from('RIFF1234WAVE')]], [undefined, [...Buffer.from('GIF89a')]], [undefined, []],
  ])('is %s by its first bytes', (format, bytes) => {
    expect(formatOf(Uint8Array.from(bytes))).toBe(format);
  });

  it('is read with the size that the browser decodes, whatever its type says', async () => {
    const named = Object.assign(new Blob([Uint8Array.from(PNG)], { type: 'text/plain' }), { name: 'fox.txt' });
    expect(await readFile(named, options)).toMatchObject({ kind: 'file', name: 'fox.txt', format: 'png', width: 4, height: 3, url: 'blob:2' });
  });

  it('is refused if the browser cannot show it', async () => {
    expect(await readFile(new Blob(['GIF89a']), options)).toBeUndefined();
    expect(await readFile(new Blob([Uint8Array.from(PNG)]), { ...options, decode: () => Promise.reject(new Error('broken')) })).toBeUndefined();
  });
});

describe('an upload', () => {
  const configuration = { uploads: '/u', imagesHost: 'bucket.s3.amazonaws.com' };
  const form = { id: 'up', url: 'https://bucket.s3.amazonaws.com/', fields: { key: 'k', policy: 'p' }, maxBytes: 100 };
  const api = (result: object = { ok: true, status: 201, value: form }) => ({ createUpload: async () => result as never });

  it('sends the fields of the form and then the file to the path of the page', async () => {
    const send = jest.fn(async () => new Response(null, { status: 204 }));
    expect(await uploadFile({ api: api(), configuration, send }, new Blob(['abc'], { type: 'image/png' }))).toBe('up');
    const [url, init] = send.mock.calls[0] as unknown as [string, RequestInit];
    expect([url, init.method, init.credentials]).toEqual(['/u', 'POST', 'omit']);
    expect([...(init.body as FormData).keys()]).toEqual(['key', 'policy', 'file']);
  });

  it('fails when the API, the size or the bucket refuses it', async () => {
    const ok = async () => new Response(null, { status: 204 });
    const blob = new Blob(['abc']);
    expect(await uploadFile({ api: api({ ok: false, lost: 'connection' }), configuration, send: ok }, blob)).toBeUndefined();
    expect(await uploadFile({ api: api(), configuration, send: ok }, new Blob(['x'.repeat(101)]))).toBeUndefined();
    expect(await uploadFile({ api: api(), configuration, send: async () => new Response(null, { status: 403 }) }, blob)).toBeUndefined();
    expect(await uploadFile({ api: api(), configuration, send: () => Promise.reject(new Error('offline')) }, blob)).toBeUndefined();
    expect(await uploadFile({ api: api({ ok: true, value: { ...form, url: 'javascript:1' } }), configuration, send: ok }, blob)).toBeUndefined();
  });
});

import { createCanvas } from '@napi-rs/canvas';
import { isTransparentPng, isTransparentWebp } from '../../../src/handlers/images/transparency';
import { chunk, header, pngFile, pngOfChunks } from '../../fixtures/png-file';

const opaque = createCanvas(8, 8);
opaque.getContext('2d').fillRect(0, 0, 8, 8);
const translucent = createCanvas(8, 8);
translucent.getContext('2d').fillRect(0, 0, 8, 4);

describe('isTransparentPng', () => {
  const size = { width: 2, height: 2 };
  const key = chunk('tRNS', Buffer.alloc(2));

  it.each([
    ['grayscale with alpha', 4, [9, 255]],
    ['RGB with alpha', 6, [9, 9, 9, 255]],
  ] as const)('returns true for %s', (_what, colorType, pixel) => {
    expect(isTransparentPng(pngFile({ ...size, colorType, pixel: () => pixel }))).toBe(true);
  });

  it.each([[0, [9]], [2, [9, 9, 9]], [3, [0]]] as const)('returns true for color type %i only with a tRNS chunk', (colorType, pixel) => {
    expect(isTransparentPng(pngFile({ ...size, colorType, chunks: [key], pixel: () => pixel }))).toBe(true);
    expect(isTransparentPng(pngFile({ ...size, colorType, pixel: () => pixel }))).toBe(false);
  });

  it('ignores chunks after the first pixel data and after the end', () => {
    const head = header({ ...size, colorType: 0 });
    expect(isTransparentPng(pngOfChunks(head, chunk('IDAT', Buffer.alloc(4)), key))).toBe(false);
    expect(isTransparentPng(Buffer.concat([pngOfChunks(head), key]))).toBe(false);
  });

  it('ignores a tRNS chunk inside the data of another chunk', () => {
    expect(isTransparentPng(pngFile({ ...size, colorType: 0, chunks: [chunk('tEXt', key)], pixel: () => [9] }))).toBe(false);
  });

  it.each([['a truncated file', pngFile({ ...size, colorType: 0, pixel: () => [9] }).subarray(0, 36)], ['another format', opaque.toBuffer('image/webp')], ['an empty file', Buffer.alloc(0)]])(
    'returns false for %s', (_what, file) => {
      expect(isTransparentPng(file)).toBe(false);
    });
});

/** Returns the header of a WebP file whose first chunk begins with these bytes. */
function webpHeader(type: string, ...bytes: number[]): Buffer {
  return Buffer.concat([Buffer.from(`RIFF\x20\0\0\0WEBP${type}\x20\0\0\0`, 'latin1'), Buffer.from(bytes)]);
}

describe('isTransparentWebp', () => {
  it('returns whether a file of an encoder is transparent', () => {
    expect(isTransparentWebp(translucent.toBuffer('image/webp'))).toBe(true);
    expect(isTransparentWebp(opaque.toBuffer('image/webp'))).toBe(false);
  });

  it.each([
    ['VP8X', [0x10], true], ['VP8X', [0x3e], true], ['VP8X', [0x2e], false], ['VP8X', [0], false],
    // the bit follows a signature and two sides of 14 bits each
    ['VP8L', [0x2f, 0, 0, 0, 0x10], true], ['VP8L', [0x2f, 0xff, 0xff, 0xff, 0x1f], true], ['VP8L', [0x2f, 0xff, 0xff, 0xff, 0x0f], false],
    ['VP8 ', [0x10, 0x10, 0x10, 0x10, 0x10], false], ['VP8X', [], false], ['toString', [], false],
  ])('reads the alpha bit of the header: %s %j', (type, bytes, transparent) => {
    expect(isTransparentWebp(webpHeader(type, ...bytes))).toBe(transparent);
  });

  it('returns false for other formats', () => {
    expect(isTransparentWebp(translucent.toBuffer('image/png'))).toBe(false);
    expect(isTransparentWebp(Buffer.from('RIFF\0\0\0\0WAVEVP8X\0\0\0\0\x10'))).toBe(false);
  });
});

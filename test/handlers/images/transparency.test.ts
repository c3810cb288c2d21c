import { createCanvas } from '@napi-rs/canvas';
import { isTransparentPng, isTransparentWebp } from '../../../src/handlers/images/transparency';
import { chunk, headOf, pngFile, pngOfChunks } from '../../fixtures/png-file';

const opaque = createCanvas(8, 8);
opaque.getContext('2d').fillRect(0, 0, 8, 8);
const holed = createCanvas(8, 8);
holed.getContext('2d').fillRect(0, 0, 8, 4);

describe('isTransparentPng', () => {
  const size = { width: 2, height: 2 };
  const key = chunk('tRNS', Buffer.alloc(2));

  it.each([
    ['greys with alpha', 4, [9, 255]],
    ['colours with alpha', 6, [9, 9, 9, 255]],
  ] as const)('says so of %s', (_what, colourType, pixel) => {
    expect(isTransparentPng(pngFile({ ...size, colourType, pixel: () => pixel }))).toBe(true);
  });

  it.each([[0, [9]], [2, [9, 9, 9]], [3, [0]]] as const)('says so of colour type %i with a tRNS chunk only', (colourType, pixel) => {
    expect(isTransparentPng(pngFile({ ...size, colourType, chunks: [key], pixel: () => pixel }))).toBe(true);
    expect(isTransparentPng(pngFile({ ...size, colourType, pixel: () => pixel }))).toBe(false);
  });

  it('does not look behind the first pixels, nor behind the end', () => {
    const head = headOf({ ...size, colourType: 0 });
    expect(isTransparentPng(pngOfChunks(head, chunk('IDAT', Buffer.alloc(4)), key))).toBe(false);
    expect(isTransparentPng(Buffer.concat([pngOfChunks(head), key]))).toBe(false);
  });

  it('does not take another chunk\'s words for a tRNS chunk', () => {
    expect(isTransparentPng(pngFile({ ...size, colourType: 0, chunks: [chunk('tEXt', key)], pixel: () => [9] }))).toBe(false);
  });

  it.each([['cut short', pngFile({ ...size, colourType: 0, pixel: () => [9] }).subarray(0, 36)], ['another file', opaque.toBuffer('image/webp')], ['nothing', Buffer.alloc(0)]])(
    'has an answer for what is no PNG: %s', (_what, file) => {
      expect(isTransparentPng(file)).toBe(false);
    });
});

/** The head of a WebP whose first chunk begins with these bytes. */
function webpHead(type: string, ...bytes: number[]): Buffer {
  return Buffer.concat([Buffer.from(`RIFF\x20\0\0\0WEBP${type}\x20\0\0\0`, 'latin1'), Buffer.from(bytes)]);
}

describe('isTransparentWebp', () => {
  it('says so of what an encoder writes', () => {
    expect(isTransparentWebp(holed.toBuffer('image/webp'))).toBe(true);
    expect(isTransparentWebp(opaque.toBuffer('image/webp'))).toBe(false);
  });

  it.each([
    ['VP8X', [0x10], true], ['VP8X', [0x3e], true], ['VP8X', [0x2e], false], ['VP8X', [0], false],
    // the bit stands behind a signature and two sides of 14 bits each
    ['VP8L', [0x2f, 0, 0, 0, 0x10], true], ['VP8L', [0x2f, 0xff, 0xff, 0xff, 0x1f], true], ['VP8L', [0x2f, 0xff, 0xff, 0xff, 0x0f], false],
    ['VP8 ', [0x10, 0x10, 0x10, 0x10, 0x10], false], ['VP8X', [], false], ['toString', [], false],
  ])('reads the bit in the head: %s %j', (type, bytes, transparent) => {
    expect(isTransparentWebp(webpHead(type, ...bytes))).toBe(transparent);
  });

  it('is not asked of other files', () => {
    expect(isTransparentWebp(holed.toBuffer('image/png'))).toBe(false);
    expect(isTransparentWebp(Buffer.from('RIFF\0\0\0\0WAVEVP8X\0\0\0\0\x10'))).toBe(false);
  });
});

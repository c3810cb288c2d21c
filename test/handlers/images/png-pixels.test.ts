import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { pngChunks } from '../../../src/handlers/images/png-chunks';
import { checkPixelData } from '../../../src/handlers/images/png-pixels';
import { chunk, header, pngFile, pngOfChunks, type PngParts } from '../../fixtures/png-file';

const check = (file: Buffer) => checkPixelData([...pngChunks(file)]);
const BYTES: Readonly<Record<PngParts['colorType'], number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const pixelData = (bytes: number) => chunk('IDAT', deflateSync(Buffer.alloc(bytes), { level: 1 }));

describe('checkPixelData accepts the amount of pixel data that the header requires', () => {
  const sizes = [[1, 1], [1, 9], [9, 1], [2, 5], [5, 3], [8, 8], [17, 33]];

  describe.each([false, true])('interlaced: %s', (interlaced) => {
    it.each(sizes)('at %i x %i pixels, for all color types and depths', (width, height) => {
      for (const colorType of [0, 2, 3, 4, 6] as const) {
        for (const depth of [8, 16]) {
          const pixel = new Array<number>((BYTES[colorType] * depth) / 8).fill(0);
          expect(() => check(pngFile({ width, height, colorType, depth, interlaced, pixel: () => pixel }))).not.toThrow();
        }
      }
    });
  });

  it.each([[1, 8], [2, 15], [4, 29], [8, 57], [16, 113]])('with whole bytes per row, at %i bits per pixel', (depth, rowBytes) => {
    const ihdr = header({ width: 56, height: 3, colorType: 0, depth });
    const wider = header({ width: 57, height: 3, colorType: 0, depth });
    expect(() => check(pngOfChunks(ihdr, pixelData(3 * rowBytes)))).not.toThrow();
    expect(() => check(pngOfChunks(wider, pixelData(3 * rowBytes)))).toThrow();
    expect(() => check(pngOfChunks(wider, pixelData(3 * (rowBytes + Math.ceil(depth / 8)))))).not.toThrow();
  });

  it('in several chunks', () => {
    const deflated = deflateSync(Buffer.alloc(9 * 8));
    const parts = [deflated.subarray(0, 3), Buffer.alloc(0), deflated.subarray(3)].map((part) => chunk('IDAT', part));
    expect(() => check(pngOfChunks(header({ width: 8, height: 8, colorType: 0 }), ...parts))).not.toThrow();
  });
});

describe('checkPixelData fails', () => {
  const size = { width: 8, height: 8 };

  it.each([0, 1, 71, 73])('for %i bytes instead of 72', (bytes) => {
    expect(() => check(pngOfChunks(header({ ...size, colorType: 0 }), pixelData(bytes)))).toThrow();
  });

  it('for missing bytes, which pngjs takes from uninitialized memory', () => {
    const short = pngOfChunks(header({ ...size, colorType: 0 }), pixelData(71));
    expect(() => PNG.sync.read(short)).not.toThrow();
    expect(() => check(short)).toThrow('PNG with missing pixel data');
  });

  it.each([
    ['no header', []],
    ['two headers', [header({ ...size, colorType: 0 }), header({ ...size, colorType: 0 })]],
    ['an undefined color type', [chunk('IHDR', Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 5, 0, 0, 0]))]],
  ])('for %s', (_what, headers) => {
    expect(() => check(pngOfChunks(...headers, pixelData(72)))).toThrow();
  });
});

describe('a decompression bomb', () => {
  const bomb = pixelData(200_000_000);

  it.each([
    ['without interlacing', header({ width: 8, height: 8, colorType: 6 })],
    ['interlaced', header({ width: 8, height: 8, colorType: 6, interlaced: true })],
    ['with an undefined color type', chunk('IHDR', Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 5, 0, 0, 0]))],
  ])('is not inflated: %s', (_what, ihdr) => {
    const before = process.memoryUsage().arrayBuffers;
    const chunks = [...pngChunks(pngOfChunks(ihdr, bomb))];
    expect(() => checkPixelData(chunks)).toThrow(/larger than|could not/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });
});

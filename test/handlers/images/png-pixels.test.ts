import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { pngChunks } from '../../../src/handlers/images/png-chunks';
import { checkPixels } from '../../../src/handlers/images/png-pixels';
import { chunk, headOf, pngFile, pngOfChunks, type PngParts } from '../../fixtures/png-file';

const check = (file: Buffer) => checkPixels([...pngChunks(file)]);
const BYTES: Readonly<Record<PngParts['colourType'], number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const pixels = (bytes: number) => chunk('IDAT', deflateSync(Buffer.alloc(bytes), { level: 1 }));

describe('pixels as many as the head tells', () => {
  const sizes = [[1, 1], [1, 9], [9, 1], [2, 5], [5, 3], [8, 8], [17, 33]];

  describe.each([false, true])('interlaced: %s', (interlaced) => {
    it.each(sizes)('are right at %i x %i, whatever the colours and their depth', (width, height) => {
      for (const colourType of [0, 2, 3, 4, 6] as const) {
        for (const depth of [8, 16]) {
          const pixel = new Array<number>((BYTES[colourType] * depth) / 8).fill(0);
          expect(() => check(pngFile({ width, height, colourType, depth, interlaced, pixel: () => pixel }))).not.toThrow();
        }
      }
    });
  });

  it.each([[1, 8], [2, 15], [4, 29], [8, 57], [16, 113]])('are whole bytes for each row: of %i bits', (depth, rowBytes) => {
    const head = headOf({ width: 56, height: 3, colourType: 0, depth });
    const wider = headOf({ width: 57, height: 3, colourType: 0, depth });
    expect(() => check(pngOfChunks(head, pixels(3 * rowBytes)))).not.toThrow();
    expect(() => check(pngOfChunks(wider, pixels(3 * rowBytes)))).toThrow();
    expect(() => check(pngOfChunks(wider, pixels(3 * (rowBytes + Math.ceil(depth / 8)))))).not.toThrow();
  });

  it('may come in several chunks', () => {
    const deflated = deflateSync(Buffer.alloc(9 * 8));
    const parts = [deflated.subarray(0, 3), Buffer.alloc(0), deflated.subarray(3)].map((part) => chunk('IDAT', part));
    expect(() => check(pngOfChunks(headOf({ width: 8, height: 8, colourType: 0 }), ...parts))).not.toThrow();
  });
});

describe('other pixels throw', () => {
  const size = { width: 8, height: 8 };

  it.each([0, 1, 71, 73])('%i bytes instead of 72', (bytes) => {
    expect(() => check(pngOfChunks(headOf({ ...size, colourType: 0 }), pixels(bytes)))).toThrow();
  });

  it('though pngjs reads on in whatever the memory holds', () => {
    const short = pngOfChunks(headOf({ ...size, colourType: 0 }), pixels(71));
    expect(() => PNG.sync.read(short)).not.toThrow();
    expect(() => check(short)).toThrow('a PNG with too few pixels');
  });

  it.each([
    ['none', []],
    ['two heads', [headOf({ ...size, colourType: 0 }), headOf({ ...size, colourType: 0 })]],
    ['a colour type that there is not', [chunk('IHDR', Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 5, 0, 0, 0]))]],
  ])('%s', (_what, heads) => {
    expect(() => check(pngOfChunks(...heads, pixels(72)))).toThrow();
  });
});

describe('a small file that holds a lot', () => {
  const bomb = pixels(200_000_000);

  it.each([
    ['of one pass', headOf({ width: 8, height: 8, colourType: 6 })],
    ['interlaced', headOf({ width: 8, height: 8, colourType: 6, interlaced: true })],
    ['of a colour type that there is not', chunk('IHDR', Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 5, 0, 0, 0]))],
  ])('is not unpacked: %s', (_what, head) => {
    const before = process.memoryUsage().arrayBuffers;
    const chunks = [...pngChunks(pngOfChunks(head, bomb))];
    expect(() => checkPixels(chunks)).toThrow(/larger than|could not/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });
});

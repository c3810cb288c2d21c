import { deflateSync } from 'node:zlib';
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import * as fc from 'fast-check';
import { PNG } from 'pngjs';
import { normalizeMask } from '../../../src/handlers/images/mask';
import { chunk, header, pngFile, pngOfChunks } from '../../fixtures/png-file';

const SIZE = { width: 9, height: 7 };
const COLOR = [200, 30, 90];
const inHole = (x: number, y: number) => x >= 2 && x < 5 && y >= 3 && y < 6;
const inEdge = (x: number) => x === 8;
const alphaAt = (x: number, y: number) => (inHole(x, y) ? 0 : inEdge(x) ? 128 : 255);

type Values = (x: number, y: number) => number;
const grid = (value: Values) => Array.from({ length: SIZE.height }, (_row, y) => Array.from({ length: SIZE.width }, (_, x) => value(x, y)));

/** Returns the brightness of each pixel. Expects a grayscale PNG of 8 bits without alpha, of the same size. */
function brightness(file: Uint8Array): number[][] {
  const { data, ...metadata } = PNG.sync.read(Buffer.from(file));
  expect(metadata).toMatchObject({ ...SIZE, colorType: 0, depth: 8, alpha: false, interlace: false, gamma: 0 });
  return grid((x, y) => data[(y * SIZE.width + x) * 4]);
}

const SOFT = grid((x, y) => 255 - alphaAt(x, y));
const HARD = grid((x, y) => (inHole(x, y) ? 255 : 0));

describe('a PNG with transparency is converted to white for transparent and black for opaque pixels', () => {
  it('with gray for alpha values in between, independent of the colors', () => {
    const colored = pngFile({ ...SIZE, colorType: 6, pixel: (x, y) => [...COLOR, alphaAt(x, y)] });
    const black = pngFile({ ...SIZE, colorType: 6, pixel: (x, y) => [0, 0, 0, alphaAt(x, y)] });
    expect(brightness(normalizeMask(colored))).toEqual(SOFT);
    expect(normalizeMask(black)).toEqual(normalizeMask(colored));
  });

  it('white everywhere if all pixels are transparent', () => {
    expect(brightness(normalizeMask(pngFile({ ...SIZE, colorType: 6, pixel: () => [255, 255, 255, 0] })))).toEqual(grid(() => 255));
  });

  it('for a file of a browser canvas', () => {
    const canvas = createCanvas(SIZE.width, SIZE.height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#345';
    context.fillRect(0, 0, SIZE.width, SIZE.height);
    context.clearRect(2, 3, 3, 3);
    expect(brightness(normalizeMask(canvas.toBuffer('image/png')))).toEqual(HARD);
  });

  it.each([
    ['grayscale', pngFile({ ...SIZE, colorType: 4, pixel: (x, y) => [77, alphaAt(x, y)] }), SOFT],
    ['16 bits per channel', pngFile({ ...SIZE, colorType: 6, depth: 16, pixel: (x, y) => [1, 2, 3, 4, 5, 6, alphaAt(x, y), alphaAt(x, y)] }), SOFT],
    ['interlaced', pngFile({ ...SIZE, colorType: 6, interlaced: true, pixel: (x, y) => [...COLOR, alphaAt(x, y)] }), SOFT],
    ['interlaced, 16 bits per channel', pngFile({
      ...SIZE, colorType: 4, depth: 16, interlaced: true, pixel: (x, y) => [1, 2, alphaAt(x, y), alphaAt(x, y)],
    }), SOFT],
    ['a palette with transparent entries', pngFile({
      ...SIZE,
      colorType: 3,
      chunks: [chunk('PLTE', Buffer.from([...COLOR, ...COLOR, ...COLOR])), chunk('tRNS', Buffer.from([0, 128]))],
      pixel: (x, y) => [inHole(x, y) ? 0 : inEdge(x) ? 1 : 2],
    }), SOFT],
    ['grayscale with one transparent value', pngFile({
      ...SIZE, colorType: 0, chunks: [chunk('tRNS', Buffer.from([0, 9]))], pixel: (x, y) => [inHole(x, y) ? 9 : 200],
    }), HARD],
    ['RGB with one transparent color', pngFile({
      ...SIZE, colorType: 2, chunks: [chunk('tRNS', Buffer.from([0, 1, 0, 2, 0, 3]))], pixel: (x, y) => (inHole(x, y) ? [1, 2, 3] : [1, 2, 4]),
    }), HARD],
    ['a gamma value', pngFile({
      ...SIZE, colorType: 6, chunks: [chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f]))], pixel: (x, y) => [...COLOR, alphaAt(x, y)],
    }), SOFT],
  ])('for a file with this format: %s', (_format, file, expected) => {
    expect(brightness(normalizeMask(file))).toEqual(expected);
  });

  it('for a single pixel that is almost opaque', () => {
    const file = pngFile({ ...SIZE, colorType: 6, pixel: (x, y) => [0, 0, 0, x === 4 && y === 4 ? 254 : 255] });
    expect(brightness(normalizeMask(file))).toEqual(grid((x, y) => (x === 4 && y === 4 ? 1 : 0)));
  });

  it('for a file with padding after its end', () => {
    const file = pngFile({ ...SIZE, colorType: 6, pixel: (x, y) => [...COLOR, alphaAt(x, y)] });
    expect(brightness(normalizeMask(Buffer.concat([file, Buffer.alloc(16)])))).toEqual(SOFT);
  });

  it('without changing the original bytes', () => {
    const file = pngFile({ ...SIZE, colorType: 6, pixel: (x, y) => [...COLOR, alphaAt(x, y)] });
    const copy = Buffer.from(file);
    normalizeMask(file);
    expect(file).toEqual(copy);
  });

  it('for bytes that are part of a larger buffer', () => {
    const file = pngFile({ ...SIZE, colorType: 6, pixel: (x, y) => [...COLOR, alphaAt(x, y)] });
    const slice = new Uint8Array(Buffer.concat([Buffer.alloc(5), file, Buffer.alloc(5)])).subarray(5, 5 + file.length);
    expect(brightness(normalizeMask(slice))).toEqual(SOFT);
  });

  it('for arbitrary alpha values', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 63, maxLength: 63 }).filter((alpha) => alpha.some((value) => value < 255)), (alpha) => {
      const file = pngFile({ ...SIZE, colorType: 4, pixel: (x, y) => [7, alpha[y * SIZE.width + x]] });
      expect(brightness(normalizeMask(file))).toEqual(grid((x, y) => 255 - alpha[y * SIZE.width + x]));
    }));
  });
});

describe('a PNG with white pixels on a transparent background keeps white and gets a black background', () => {
  it.each([250, 255])('with gray for soft edges: white channels of %i', (white) => {
    const file = pngFile({ ...SIZE, colorType: 6, pixel: (x, y) => [white, white, white, 255 - alphaAt(x, y)] });
    expect(brightness(normalizeMask(file))).toEqual(SOFT);
  });

  it('for a file of a browser canvas', () => {
    const canvas = createCanvas(SIZE.width, SIZE.height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(2, 3, 3, 3);
    expect(brightness(normalizeMask(canvas.toBuffer('image/png')))).toEqual(HARD);
  });

  it.each([[0, 249], [1, 249], [2, 249]])('unless one visible pixel has another color: channel %i', (channel, value) => {
    const pixel = (x: number, y: number) => {
      const color = [255, 255, 255];
      if (x === 3 && y === 4) color[channel] = value;
      return [...color, inHole(x, y) ? 255 : 0];
    };
    expect(brightness(normalizeMask(pngFile({ ...SIZE, colorType: 6, pixel })))).toEqual(grid((x, y) => (inHole(x, y) ? 0 : 255)));
  });
});

it('fails when a PNG has more chunks than any image', () => {
  const fileOf = (count: number) => pngOfChunks(header({ ...SIZE, colorType: 6 }), Buffer.concat(Array.from({ length: count }, () => chunk('eMPt', Buffer.alloc(0)))));
  expect(() => normalizeMask(fileOf(2_000_000 / 12))).toThrow('PNG with too many chunks');
});

describe('another image is returned unchanged', () => {
  function canvasOf(paint: (context: SKRSContext2D) => void) {
    const canvas = createCanvas(SIZE.width, SIZE.height);
    paint(canvas.getContext('2d'));
    return canvas;
  }
  const opaque = canvasOf((context) => context.fillRect(0, 0, SIZE.width, SIZE.height));
  const empty = canvasOf(() => undefined);

  it.each([
    ['an opaque PNG with alpha', pngFile({ ...SIZE, colorType: 6, pixel: () => [...COLOR, 255] })],
    ['an opaque PNG of 16 bits with alpha', pngFile({ ...SIZE, colorType: 4, depth: 16, pixel: () => [1, 2, 255, 255] })],
    ['an opaque PNG of a canvas', opaque.toBuffer('image/png')],
    ['a PNG whose transparent color does not occur', pngFile({
      ...SIZE, colorType: 0, chunks: [chunk('tRNS', Buffer.from([0, 9]))], pixel: () => [8],
    })],
    ['an RGB PNG', pngFile({ ...SIZE, colorType: 2, pixel: () => COLOR })],
    ['a grayscale PNG', pngFile({ ...SIZE, colorType: 0, pixel: () => [9] })],
    ['a PNG with a palette', pngFile({ ...SIZE, colorType: 3, chunks: [chunk('PLTE', Buffer.from(COLOR))], pixel: () => [0] })],
    ['a JPEG', opaque.toBuffer('image/jpeg')],
    ['a WebP', opaque.toBuffer('image/webp')],
    ['a transparent WebP', empty.toBuffer('image/webp')],
    ['an empty file', Buffer.alloc(0)],
  ])('%s', (_what, file) => {
    expect(normalizeMask(file)).toBe(file);
  });

  it('and a PNG without transparency is not decoded', () => {
    const read = jest.spyOn(PNG.sync, 'read');
    normalizeMask(pngFile({ ...SIZE, colorType: 2, pixel: () => COLOR }));
    normalizeMask(pngOfChunks(header({ ...SIZE, colorType: 2 }), chunk('IDAT', Buffer.from('no pixels'))));
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });
});

const TRANSPARENT_PNG = pngFile({ ...SIZE, colorType: 6, pixel: (x, y) => [...COLOR, alphaAt(x, y)] });

describe('normalizeMask fails for a PNG with transparency', () => {
  const ihdr = header({ ...SIZE, colorType: 6 });
  const WHOLE = (1 + SIZE.width * 4) * SIZE.height;
  const pixels = (bytes: number) => chunk('IDAT', deflateSync(Buffer.alloc(bytes)));

  it.each([
    ['without pixel data', pngOfChunks(ihdr)],
    ['with pixel data that is not deflated', pngOfChunks(ihdr, chunk('IDAT', Buffer.from('no pixels')))],
    ['with truncated pixel data', pngOfChunks(ihdr, chunk('IDAT', deflateSync(Buffer.alloc(WHOLE)).subarray(0, -6)))],
    ['with too little pixel data', pngOfChunks(ihdr, pixels(WHOLE - 1))],
    ['with too much pixel data', pngOfChunks(ihdr, pixels(WHOLE + 1))],
    ['with a wrong checksum', Buffer.concat([TRANSPARENT_PNG.subarray(0, -20), Buffer.from('spoiled!'), TRANSPARENT_PNG.subarray(-12)])],
    ['with a size that exceeds the memory', pngOfChunks(header({ width: 2 ** 31, height: 2 ** 31, colorType: 6 }), pixels(100))],
    ['without a header', pngOfChunks(chunk('tRNS', Buffer.alloc(2)), pixels(100))],
    ['with a truncated header', pngOfChunks(chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 6])), pixels(5))],
  ])('%s', (_what, broken) => {
    expect(() => normalizeMask(broken)).toThrow();
  });
});

describe('normalizeMask() of a PNG with one changed byte', () => {
  it('fails, returns the file unchanged, or returns the correct mask', () => {
    fc.assert(fc.property(fc.nat(TRANSPARENT_PNG.length - 1), fc.nat(255), (at, value) => {
      const broken = Buffer.from(TRANSPARENT_PNG);
      broken[at] = value;
      let mask: Uint8Array;
      try {
        mask = normalizeMask(broken);
      } catch {
        return;
      }
      if (mask !== broken) expect(brightness(mask)).toEqual(SOFT);
    }));
  });
});

import { deflateSync } from 'node:zlib';
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import * as fc from 'fast-check';
import { PNG } from 'pngjs';
import { toBrightness } from '../../../src/handlers/images/mask';
import { chunk, headOf, pngFile, pngOfChunks } from '../../fixtures/png-file';

const SIZE = { width: 9, height: 7 };
const COLOUR = [200, 30, 90];
const inHole = (x: number, y: number) => x >= 2 && x < 5 && y >= 3 && y < 6;
const inEdge = (x: number) => x === 8;
const alphaAt = (x: number, y: number) => (inHole(x, y) ? 0 : inEdge(x) ? 128 : 255);

type Values = (x: number, y: number) => number;
const grid = (value: Values) => Array.from({ length: SIZE.height }, (_row, y) => Array.from({ length: SIZE.width }, (_, x) => value(x, y)));

/** Brightness of each pixel, after a look at the head: a grey PNG of 8 bits without alpha, of the same size. */
function brightness(file: Uint8Array): number[][] {
  const { data, ...head } = PNG.sync.read(Buffer.from(file));
  expect(head).toMatchObject({ ...SIZE, colorType: 0, depth: 8, alpha: false, interlace: false, gamma: 0 });
  return grid((x, y) => data[(y * SIZE.width + x) * 4]);
}

const SOFT = grid((x, y) => 255 - alphaAt(x, y));
const HARD = grid((x, y) => (inHole(x, y) ? 255 : 0));

describe('a PNG with transparency becomes white where it is transparent and black where it is opaque', () => {
  it('with alpha in between as grey, whatever the colours', () => {
    const coloured = pngFile({ ...SIZE, colourType: 6, pixel: (x, y) => [...COLOUR, alphaAt(x, y)] });
    const black = pngFile({ ...SIZE, colourType: 6, pixel: (x, y) => [0, 0, 0, alphaAt(x, y)] });
    expect(brightness(toBrightness(coloured))).toEqual(SOFT);
    expect(toBrightness(black)).toEqual(toBrightness(coloured));
  });

  it('all of it, where nothing is painted at all', () => {
    expect(brightness(toBrightness(pngFile({ ...SIZE, colourType: 6, pixel: () => [255, 255, 255, 0] })))).toEqual(grid(() => 255));
  });

  it('as a canvas in a browser makes it', () => {
    const canvas = createCanvas(SIZE.width, SIZE.height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#345';
    context.fillRect(0, 0, SIZE.width, SIZE.height);
    context.clearRect(2, 3, 3, 3);
    expect(brightness(toBrightness(canvas.toBuffer('image/png')))).toEqual(HARD);
  });

  it.each([
    ['of greys', pngFile({ ...SIZE, colourType: 4, pixel: (x, y) => [77, alphaAt(x, y)] }), SOFT],
    ['of 16 bits', pngFile({ ...SIZE, colourType: 6, depth: 16, pixel: (x, y) => [1, 2, 3, 4, 5, 6, alphaAt(x, y), alphaAt(x, y)] }), SOFT],
    ['interlaced', pngFile({ ...SIZE, colourType: 6, interlaced: true, pixel: (x, y) => [...COLOUR, alphaAt(x, y)] }), SOFT],
    ['interlaced, of 16 bits', pngFile({
      ...SIZE, colourType: 4, depth: 16, interlaced: true, pixel: (x, y) => [1, 2, alphaAt(x, y), alphaAt(x, y)],
    }), SOFT],
    ['of a palette with transparent entries', pngFile({
      ...SIZE,
      colourType: 3,
      chunks: [chunk('PLTE', Buffer.from([...COLOUR, ...COLOUR, ...COLOUR])), chunk('tRNS', Buffer.from([0, 128]))],
      pixel: (x, y) => [inHole(x, y) ? 0 : inEdge(x) ? 1 : 2],
    }), SOFT],
    ['of greys, one of them transparent', pngFile({
      ...SIZE, colourType: 0, chunks: [chunk('tRNS', Buffer.from([0, 9]))], pixel: (x, y) => [inHole(x, y) ? 9 : 200],
    }), HARD],
    ['of colours, one of them transparent', pngFile({
      ...SIZE, colourType: 2, chunks: [chunk('tRNS', Buffer.from([0, 1, 0, 2, 0, 3]))], pixel: (x, y) => (inHole(x, y) ? [1, 2, 3] : [1, 2, 4]),
    }), HARD],
    ['with a gamma for its colours', pngFile({
      ...SIZE, colourType: 6, chunks: [chunk('gAMA', Buffer.from([0, 0, 0xb1, 0x8f]))], pixel: (x, y) => [...COLOUR, alphaAt(x, y)],
    }), SOFT],
  ])('%s', (_what, file, expected) => {
    expect(brightness(toBrightness(file))).toEqual(expected);
  });

  it('for one transparent pixel, though it is hardly so', () => {
    const file = pngFile({ ...SIZE, colourType: 6, pixel: (x, y) => [0, 0, 0, x === 4 && y === 4 ? 254 : 255] });
    expect(brightness(toBrightness(file))).toEqual(grid((x, y) => (x === 4 && y === 4 ? 1 : 0)));
  });

  it('with padding behind its end', () => {
    const file = pngFile({ ...SIZE, colourType: 6, pixel: (x, y) => [...COLOUR, alphaAt(x, y)] });
    expect(brightness(toBrightness(Buffer.concat([file, Buffer.alloc(16)])))).toEqual(SOFT);
  });

  it('without a change to the file that came', () => {
    const file = pngFile({ ...SIZE, colourType: 6, pixel: (x, y) => [...COLOUR, alphaAt(x, y)] });
    const copy = Buffer.from(file);
    toBrightness(file);
    expect(file).toEqual(copy);
  });

  it('from bytes that lie inside others', () => {
    const file = pngFile({ ...SIZE, colourType: 6, pixel: (x, y) => [...COLOUR, alphaAt(x, y)] });
    const within = new Uint8Array(Buffer.concat([Buffer.alloc(5), file, Buffer.alloc(5)])).subarray(5, 5 + file.length);
    expect(brightness(toBrightness(within))).toEqual(SOFT);
  });

  it('whatever the alpha values', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 63, maxLength: 63 }).filter((alpha) => alpha.some((value) => value < 255)), (alpha) => {
      const file = pngFile({ ...SIZE, colourType: 4, pixel: (x, y) => [7, alpha[y * SIZE.width + x]] });
      expect(brightness(toBrightness(file))).toEqual(grid((x, y) => 255 - alpha[y * SIZE.width + x]));
    }));
  });
});

describe('white strokes on a transparent ground stay white, and the ground becomes black', () => {
  it.each([250, 255])('with soft edges as grey: white of %i', (white) => {
    const file = pngFile({ ...SIZE, colourType: 6, pixel: (x, y) => [white, white, white, 255 - alphaAt(x, y)] });
    expect(brightness(toBrightness(file))).toEqual(SOFT);
  });

  it('as a canvas in a browser makes them', () => {
    const canvas = createCanvas(SIZE.width, SIZE.height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(2, 3, 3, 3);
    expect(brightness(toBrightness(canvas.toBuffer('image/png')))).toEqual(HARD);
  });

  it.each([[0, 249], [1, 249], [2, 249]])('but not where one pixel of them is of another colour: channel %i', (channel, value) => {
    const pixel = (x: number, y: number) => {
      const colour = [255, 255, 255];
      if (x === 3 && y === 4) colour[channel] = value;
      return [...colour, inHole(x, y) ? 255 : 0];
    };
    expect(brightness(toBrightness(pngFile({ ...SIZE, colourType: 6, pixel })))).toEqual(grid((x, y) => (inHole(x, y) ? 0 : 255)));
  });
});

it('a PNG in more pieces than a picture has is no picture', () => {
  const pieces = (count: number) => pngOfChunks(headOf({ ...SIZE, colourType: 6 }), Buffer.concat(Array.from({ length: count }, () => chunk('eMPt', Buffer.alloc(0)))));
  expect(() => toBrightness(pieces(2_000_000 / 12))).toThrow('a PNG in too many pieces');
});

describe('any other picture is the same bytes', () => {
  function drawn(paint: (context: SKRSContext2D) => void) {
    const canvas = createCanvas(SIZE.width, SIZE.height);
    paint(canvas.getContext('2d'));
    return canvas;
  }
  const opaque = drawn((context) => context.fillRect(0, 0, SIZE.width, SIZE.height));
  const empty = drawn(() => undefined);

  it.each([
    ['an opaque PNG with alpha', pngFile({ ...SIZE, colourType: 6, pixel: () => [...COLOUR, 255] })],
    ['an opaque PNG of 16 bits with alpha', pngFile({ ...SIZE, colourType: 4, depth: 16, pixel: () => [1, 2, 255, 255] })],
    ['an opaque PNG of a canvas', opaque.toBuffer('image/png')],
    ['a PNG whose transparent colour does not occur', pngFile({
      ...SIZE, colourType: 0, chunks: [chunk('tRNS', Buffer.from([0, 9]))], pixel: () => [8],
    })],
    ['a PNG of colours', pngFile({ ...SIZE, colourType: 2, pixel: () => COLOUR })],
    ['a PNG of greys', pngFile({ ...SIZE, colourType: 0, pixel: () => [9] })],
    ['a PNG of a palette', pngFile({ ...SIZE, colourType: 3, chunks: [chunk('PLTE', Buffer.from(COLOUR))], pixel: () => [0] })],
    ['a JPEG', opaque.toBuffer('image/jpeg')],
    ['a WebP', opaque.toBuffer('image/webp')],
    ['a transparent WebP', empty.toBuffer('image/webp')],
    ['nothing', Buffer.alloc(0)],
  ])('%s', (_what, file) => {
    expect(toBrightness(file)).toBe(file);
  });

  it('and a PNG without transparency is not even decoded', () => {
    const read = jest.spyOn(PNG.sync, 'read');
    toBrightness(pngFile({ ...SIZE, colourType: 2, pixel: () => COLOUR }));
    toBrightness(pngOfChunks(headOf({ ...SIZE, colourType: 2 }), chunk('IDAT', Buffer.from('no pixels'))));
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });
});

describe('a PNG with alpha that cannot be decoded', () => {
  const file = pngFile({ ...SIZE, colourType: 6, pixel: (x, y) => [...COLOUR, alphaAt(x, y)] });
  const head = headOf({ ...SIZE, colourType: 6 });
  const WHOLE = (1 + SIZE.width * 4) * SIZE.height;
  const pixels = (bytes: number) => chunk('IDAT', deflateSync(Buffer.alloc(bytes)));

  it.each([
    ['without pixels', pngOfChunks(head)],
    ['of pixels that are not deflated', pngOfChunks(head, chunk('IDAT', Buffer.from('no pixels')))],
    ['of pixels cut short', pngOfChunks(head, chunk('IDAT', deflateSync(Buffer.alloc(WHOLE)).subarray(0, -6)))],
    ['of too few pixels', pngOfChunks(head, pixels(WHOLE - 1))],
    ['of too many pixels', pngOfChunks(head, pixels(WHOLE + 1))],
    ['of a checksum that is wrong', Buffer.concat([file.subarray(0, -20), Buffer.from('spoiled!'), file.subarray(-12)])],
    ['of a size that no memory holds', pngOfChunks(headOf({ width: 2 ** 31, height: 2 ** 31, colourType: 6 }), pixels(100))],
    ['without a head', pngOfChunks(chunk('tRNS', Buffer.alloc(2)), pixels(100))],
    ['of a head cut short', pngOfChunks(chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 6])), pixels(5))],
  ])('throws: %s', (_what, broken) => {
    expect(() => toBrightness(broken)).toThrow();
  });

  it('throws or is read rightly, whichever byte is wrong', () => {
    fc.assert(fc.property(fc.nat(file.length - 1), fc.nat(255), (at, value) => {
      const broken = Buffer.from(file);
      broken[at] = value;
      let mask: Uint8Array;
      try {
        mask = toBrightness(broken);
      } catch {
        return;
      }
      if (mask !== broken) expect(brightness(mask)).toEqual(SOFT);
    }));
  });
});

import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { type Drawable, lightness } from './layers';
import { SeededRandom } from './seeded-random';
import { type Size } from './sizes';

/** The opacity of the change for each pixel, from 0 (unchanged) to 255. */
export interface Mask extends Size {
  readonly values: Uint8Array;
}

export interface Bounds extends Size {
  readonly x: number;
  readonly y: number;
}

/** Values within this distance of black or white are rounded, because JPEG changes pixels at edges. */
const TOLERANCE = 24;

/** Creates a mask from an image: white pixels change, black pixels do not. Scales an image of another size. */
export function maskFromImage(image: Drawable, size: Size): Mask {
  const canvas = createCanvas(size.width, size.height);
  const ctx = canvas.getContext('2d');
  ctx.fillRect(0, 0, size.width, size.height);
  ctx.drawImage(image, 0, 0, size.width, size.height);
  return createMask(canvas, lightness);
}

/** Creates a mask from the transparent pixels of an image. */
export function maskFromAlpha(image: Drawable): Mask {
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return createMask(canvas, (rgba, at) => 255 - rgba[at + 3]);
}

/** Creates a mask for a named object. The name determines its position. */
export function maskOfObject(name: string, size: Size): Mask {
  const random = SeededRandom.from('region', name);
  const canvas = createCanvas(size.width, size.height);
  const ctx = canvas.getContext('2d');
  ctx.fillRect(0, 0, size.width, size.height);
  ctx.fillStyle = '#fff';
  ctx.beginPath();
  ctx.ellipse(size.width * random.between(0.38, 0.62), size.height * random.between(0.38, 0.62), size.width * random.between(0.18, 0.28),
    size.height * random.between(0.18, 0.28), random.between(-0.4, 0.4), 0, 2 * Math.PI);
  ctx.fill();
  return createMask(canvas, lightness);
}

function createMask(canvas: Canvas, valueAt: (rgba: Uint8ClampedArray, at: number) => number): Mask {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const values = new Uint8Array(width * height);
  for (let index = 0; index < values.length; index++) {
    const value = valueAt(data, index * 4);
    values[index] = value < TOLERANCE ? 0 : value > 255 - TOLERANCE ? 255 : value;
  }
  return { width, height, values };
}

/** Grows the white area of a mask by a number of pixels. */
export function growMask(mask: Mask, pixels: number): Mask {
  const { width, height } = mask;
  const acrossRows = spread(mask.values, { lines: height, length: width, toNextLine: width, toNext: 1 }, pixels);
  return { width, height, values: spread(acrossRows, { lines: width, length: height, toNextLine: 1, toNext: width }, pixels) };
}

/** Rows or columns of a mask, as distances between indexes. */
interface Lines {
  readonly lines: number;
  readonly length: number;
  readonly toNextLine: number;
  readonly toNext: number;
}

/** Replaces each value with the maximum of its neighbors within `steps` on the same line. */
function spread(values: Uint8Array, { lines, length, toNextLine, toNext }: Lines, steps: number): Uint8Array {
  const result = Uint8Array.from(values);
  for (let line = 0; line < lines; line++) {
    const start = line * toNextLine;
    for (let at = 0; at < length; at++) {
      const value = values[start + at * toNext];
      if (value === 0) continue;
      const isInside = at > 0 && at < length - 1 && values[start + (at - 1) * toNext] >= value && values[start + (at + 1) * toNext] >= value;
      // only edges change their neighbors
      if (isInside) continue;
      const last = at + steps < length ? at + steps : length - 1;
      for (let near = at - steps > 0 ? at - steps : 0; near <= last; near++) {
        const index = start + near * toNext;
        if (result[index] < value) result[index] = value;
      }
    }
  }
  return result;
}

/** Returns the bounding box of a mask. Returns `undefined` for an empty mask. */
export function boundsOf({ width, height, values }: Mask): Bounds | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, index = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      if (values[index] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? undefined : { x: left, y: Math.min(top, bottom), width: right - left + 1, height: bottom - top + 1 };
}

/** Draws an image over a canvas within a mask. */
export function overlayMasked(canvas: Canvas, image: Drawable, mask: Mask, at: { readonly x: number; readonly y: number } = { x: 0, y: 0 }): void {
  const layer = maskLayer(mask);
  const ctx = layer.getContext('2d');
  ctx.globalCompositeOperation = 'source-in';
  ctx.drawImage(image, at.x, at.y);
  canvas.getContext('2d').drawImage(layer, 0, 0);
}

/** Returns a black canvas with the mask as its alpha channel. */
export function maskLayer({ width, height, values }: Mask): Canvas {
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  const pixels = ctx.createImageData(width, height);
  for (let index = 0; index < values.length; index++) pixels.data[index * 4 + 3] = values[index];
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}

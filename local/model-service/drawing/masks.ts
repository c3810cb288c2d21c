import { Canvas, createCanvas } from '@napi-rs/canvas';
import { Chance } from './chance';
import { Drawable, lightness } from './layers';
import { Size } from './sizes';

/** How much of each pixel is to be painted, from 0 for keep to 255. */
export interface Mask extends Size {
  readonly values: Uint8Array;
}

export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

/** Values this near to black or white are meant as such; JPEG spoils them a little at edges. */
const TOLERANCE = 24;

/** White is to be painted, black is kept; a mask of another size is stretched. */
export function maskFromImage(image: Drawable, size: Size): Mask {
  const canvas = createCanvas(size.width, size.height);
  const ctx = canvas.getContext('2d');
  ctx.fillRect(0, 0, size.width, size.height);
  ctx.drawImage(image, 0, 0, size.width, size.height);
  return maskBy(canvas, lightness);
}

/** What is transparent is to be painted. */
export function maskFromAlpha(image: Drawable): Mask {
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return maskBy(canvas, (rgba, at) => 255 - rgba[at + 3]);
}

/** Where a thing that is only named might be: always at the same place for the same name. */
export function maskOfNamed(name: string, size: Size): Mask {
  const chance = Chance.of('region', name);
  const canvas = createCanvas(size.width, size.height);
  const ctx = canvas.getContext('2d');
  ctx.fillRect(0, 0, size.width, size.height);
  ctx.fillStyle = '#fff';
  ctx.beginPath();
  ctx.ellipse(size.width * chance.between(0.38, 0.62), size.height * chance.between(0.38, 0.62), size.width * chance.between(0.18, 0.28),
    size.height * chance.between(0.18, 0.28), chance.between(-0.4, 0.4), 0, 2 * Math.PI);
  ctx.fill();
  return maskBy(canvas, lightness);
}

function maskBy(canvas: Canvas, valueAt: (rgba: Uint8ClampedArray, at: number) => number): Mask {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const values = new Uint8Array(width * height);
  for (let index = 0; index < values.length; index++) {
    const value = valueAt(data, index * 4);
    values[index] = value < TOLERANCE ? 0 : value > 255 - TOLERANCE ? 255 : value;
  }
  return { width, height, values };
}

/** The mask with its edges moved outward by some pixels. */
export function grown(mask: Mask, pixels: number): Mask {
  const { width, height } = mask;
  const acrossRows = spread(mask.values, height, width, width, 1, pixels);
  return { width, height, values: spread(acrossRows, width, height, 1, width, pixels) };
}

/** Along each line every value becomes the greatest of its neighbours up to some steps away. */
function spread(values: Uint8Array, lines: number, length: number, toNextLine: number, toNext: number, steps: number): Uint8Array {
  const result = Uint8Array.from(values);
  for (let line = 0; line < lines; line++) {
    const start = line * toNextLine;
    for (let at = 0; at < length; at++) {
      const value = values[start + at * toNext];
      if (value === 0) continue;
      const isInside = at > 0 && at < length - 1 && values[start + (at - 1) * toNext] >= value && values[start + (at + 1) * toNext] >= value;
      // What lies within is surrounded by values as great: only edges reach further
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

/** The rectangle around all that is to be painted; `undefined` if that is nothing. */
export function areaOf({ width, height, values }: Mask): Area | undefined {
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

/** Lays an image over a canvas, only where the mask says so. */
export function layMasked(canvas: Canvas, image: Drawable, mask: Mask, at: { readonly x: number; readonly y: number } = { x: 0, y: 0 }): void {
  const layer = cutOut(mask);
  const ctx = layer.getContext('2d');
  ctx.globalCompositeOperation = 'source-in';
  ctx.drawImage(image, at.x, at.y);
  canvas.getContext('2d').drawImage(layer, 0, 0);
}

/** A black canvas that is as opaque as the mask. */
export function cutOut({ width, height, values }: Mask): Canvas {
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  const pixels = ctx.createImageData(width, height);
  for (let index = 0; index < values.length; index++) pixels.data[index * 4 + 3] = values[index];
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}

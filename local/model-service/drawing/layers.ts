import { Canvas, createCanvas, Image, SKRSContext2D } from '@napi-rs/canvas';
import { Colour, css } from './palette';
import { Size } from './sizes';

export type Drawable = Canvas | Image;
type BlendMode = SKRSContext2D['globalCompositeOperation'];

// Looked up once: this is asked of every pixel
const { floor } = Math;

/** An image in a given size, by default its own, on white: what a model sees of one that has transparent parts. */
export function flat(image: Drawable, { width, height }: Size = image): Canvas {
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, width, height);
  ctx.imageSmoothingQuality = 'medium';
  ctx.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** Without its detail: what is left after shrinking to a given share and back. */
export function softened(image: Drawable, share: number): Canvas {
  const small = createCanvas(Math.max(1, Math.round(image.width * share)), Math.max(1, Math.round(image.height * share)));
  const ctx = small.getContext('2d');
  ctx.imageSmoothingQuality = 'medium';
  ctx.drawImage(image, 0, 0, small.width, small.height);
  const large = createCanvas(image.width, image.height);
  const largeCtx = large.getContext('2d');
  largeCtx.imageSmoothingQuality = 'high';
  largeCtx.drawImage(small, 0, 0, large.width, large.height);
  return large;
}

/** Lays an image over all of a canvas. */
export function lay(canvas: Canvas, image: Drawable, alpha: number, mode: BlendMode = 'source-over'): void {
  const ctx = canvas.getContext('2d');
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.globalCompositeOperation = mode;
  ctx.drawImage(image, 0, 0, canvas.width, canvas.height);
  ctx.restore();
}

/** Every pixel by its lightness, in colours that run from the darkest to the lightest. */
export function inColours(image: Drawable, colours: readonly Colour[]): Canvas {
  const canvas = flat(image);
  const ctx = canvas.getContext('2d');
  const pixels = ctx.getImageData(0, 0, canvas.width, canvas.height);
  const { data } = pixels;
  const ramp = rampOf(colours);
  for (let at = 0; at < data.length; at += 4) {
    const light = lightness(data, at) * 4;
    data[at] = ramp[light];
    data[at + 1] = ramp[light + 1];
    data[at + 2] = ramp[light + 2];
  }
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}

/** How light the eye takes a pixel for, from 0 to 255. */
export function lightness(rgba: Uint8ClampedArray, at: number): number {
  return floor(rgba[at] * 0.3 + rgba[at + 1] * 0.59 + rgba[at + 2] * 0.11 + 0.5);
}

function rampOf(colours: readonly Colour[]): Uint8ClampedArray {
  const ctx = createCanvas(256, 1).getContext('2d');
  const gradient = ctx.createLinearGradient(0, 0, 256, 0);
  colours.forEach((colour, index) => gradient.addColorStop(index / (colours.length - 1), css(colour)));
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, 256, 1);
  return ctx.getImageData(0, 0, 256, 1).data;
}

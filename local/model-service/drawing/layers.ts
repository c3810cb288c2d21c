import { type Canvas, createCanvas, type Image, type SKRSContext2D } from '@napi-rs/canvas';
import { type Color, css } from './palette';
import { type Size } from './sizes';

export type Drawable = Canvas | Image;
type BlendMode = SKRSContext2D['globalCompositeOperation'];

// looked up once, because it is called for every pixel
const { floor } = Math;

/** Draws an image on white. The default size is the size of the image. Models process transparent images this way. */
export function flatten(image: Drawable, { width, height }: Size = image): Canvas {
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, width, height);
  ctx.imageSmoothingQuality = 'medium';
  ctx.drawImage(image, 0, 0, width, height);
  return canvas;
}

/** Blurs an image: scales it down to `share` of its size and up again. */
export function blur(image: Drawable, share: number): Canvas {
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

/** Draws an image over the complete canvas. */
export function overlay(canvas: Canvas, image: Drawable, alpha: number, mode: BlendMode = 'source-over'): void {
  const ctx = canvas.getContext('2d');
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.globalCompositeOperation = mode;
  ctx.drawImage(image, 0, 0, canvas.width, canvas.height);
  ctx.restore();
}

/** Replaces the color of each pixel by its lightness with one of `colors`, from the darkest to the lightest. */
export function recolor(image: Drawable, colors: readonly Color[]): Canvas {
  const canvas = flatten(image);
  const ctx = canvas.getContext('2d');
  const pixels = ctx.getImageData(0, 0, canvas.width, canvas.height);
  const { data } = pixels;
  const ramp = createRamp(colors);
  for (let at = 0; at < data.length; at += 4) {
    const light = lightness(data, at) * 4;
    data[at] = ramp[light];
    data[at + 1] = ramp[light + 1];
    data[at + 2] = ramp[light + 2];
  }
  ctx.putImageData(pixels, 0, 0);
  return canvas;
}

/** Returns the perceived lightness of a pixel, from 0 to 255. */
export function lightness(rgba: Uint8ClampedArray, at: number): number {
  return floor(rgba[at] * 0.3 + rgba[at + 1] * 0.59 + rgba[at + 2] * 0.11 + 0.5);
}

function createRamp(colors: readonly Color[]): Uint8ClampedArray {
  const ctx = createCanvas(256, 1).getContext('2d');
  const gradient = ctx.createLinearGradient(0, 0, 256, 0);
  colors.forEach((color, index) => gradient.addColorStop(index / (colors.length - 1), css(color)));
  ctx.fillStyle = gradient;
  ctx.fillRect(0, 0, 256, 1);
  return ctx.getImageData(0, 0, 256, 1).data;
}

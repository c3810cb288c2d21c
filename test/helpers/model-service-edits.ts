import { CORE, http1Client, imageFile, imageOf, invoke, Painter, Pixels } from './model-service';
import { ModelService } from '../../local/model-service/server';

export const WIDTH = 1216;
export const HEIGHT = 832;

/** A picture with much in it, so that every pixel counts. */
export async function drawSource(service: ModelService): Promise<Buffer> {
  return imageOf(await invoke(http1Client(service), CORE, { prompt: 'a lighthouse in a storm', seed: 7, aspect_ratio: '3:2' }));
}

/** Calls one of the image services for what it makes of an image. */
export async function edit(service: ModelService, operation: string, body: object): Promise<Buffer> {
  return imageOf(await invoke(http1Client(service), `us.stability.stable-${operation}-v1:0`, body));
}

export const base64 = (...file: Parameters<typeof imageFile>): string => imageFile(...file).toString('base64');

export const filled = (colour: string): Painter => (ctx) => {
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
};

/** White in a rectangle of the left upper quarter, black elsewhere. */
const MASKED = { left: 100, top: 80, right: 500, bottom: 380 };
export const masking: Painter = (ctx) => {
  filled('#000')(ctx);
  ctx.fillStyle = '#fff';
  ctx.fillRect(MASKED.left, MASKED.top, MASKED.right - MASKED.left, MASKED.bottom - MASKED.top);
};

export type Place = (x: number, y: number) => boolean;

/** The share of the pixels at some places that differ at all. */
export function changed(one: Pixels, other: Pixels, at: Place = () => true): number {
  const [a, b] = [one.data, other.data];
  let count = 0;
  let different = 0;
  for (let y = 0, index = 0; y < one.height; y++) {
    for (let x = 0; x < one.width; x++, index += 4) {
      if (!at(x, y)) continue;
      count++;
      if (a[index] !== b[index] || a[index + 1] !== b[index + 1] || a[index + 2] !== b[index + 2] || a[index + 3] !== b[index + 3]) different++;
    }
  }
  return different / count;
}

/** The white rectangle and so many pixels around it. */
export const grownBy = (pixels: number): Place => (x, y) => (
  x >= MASKED.left - pixels && x < MASKED.right + pixels && y >= MASKED.top - pixels && y < MASKED.bottom + pixels
);
export const not = (place: Place): Place => (x, y) => !place(x, y);

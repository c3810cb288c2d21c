import { CORE, http1Client, imageFile, imageOf, invoke, type Painter, type Pixels } from './model-service';
import { type ModelService } from '../../local/model-service/server';

export const WIDTH = 1216;
export const HEIGHT = 832;

/** Generates an input image with varied pixels. */
export async function sourceImage(service: ModelService): Promise<Buffer> {
  return imageOf(await invoke(http1Client(service), CORE, { prompt: 'a lighthouse in a storm', seed: 7, aspect_ratio: '3:2' }));
}

/** Calls an operation of Stability AI Image Services and returns its image. */
export async function edit(service: ModelService, operation: string, body: object): Promise<Buffer> {
  return imageOf(await invoke(http1Client(service), `us.stability.stable-${operation}-v1:0`, body));
}

/** Returns an image file as base64. */
export const base64 = (...file: Parameters<typeof imageFile>): string => imageFile(...file).toString('base64');

/** Fills an image with a color. */
export const fillWith = (color: string): Painter => (ctx) => {
  ctx.fillStyle = color;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
};

/** The white rectangle of the mask. */
const WHITE_AREA = { left: 100, top: 80, right: 500, bottom: 380 };
/** Draws a mask: a white rectangle on black. */
export const paintMask: Painter = (ctx) => {
  fillWith('#000')(ctx);
  ctx.fillStyle = '#fff';
  ctx.fillRect(WHITE_AREA.left, WHITE_AREA.top, WHITE_AREA.right - WHITE_AREA.left, WHITE_AREA.bottom - WHITE_AREA.top);
};

/** Whether a pixel is in an area. */
export type PixelArea = (x: number, y: number) => boolean;

/** Returns the share of the pixels in an area that differ. */
export function changedShare(one: Pixels, other: Pixels, area: PixelArea = () => true): number {
  const [a, b] = [one.data, other.data];
  let count = 0;
  let different = 0;
  for (let y = 0, index = 0; y < one.height; y++) {
    for (let x = 0; x < one.width; x++, index += 4) {
      if (!area(x, y)) continue;
      count++;
      if (a[index] !== b[index] || a[index + 1] !== b[index + 1] || a[index + 2] !== b[index + 2] || a[index + 3] !== b[index + 3]) different++;
    }
  }
  return different / count;
}

/** Returns the white rectangle of the mask, grown by a number of pixels. */
export const maskedArea = (pixels: number): PixelArea => (x, y) => (
  x >= WHITE_AREA.left - pixels && x < WHITE_AREA.right + pixels && y >= WHITE_AREA.top - pixels && y < WHITE_AREA.bottom + pixels
);
/** Returns the pixels outside of an area. */
export const outside = (area: PixelArea): PixelArea => (x, y) => !area(x, y);

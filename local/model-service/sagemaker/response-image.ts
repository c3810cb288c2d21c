import { type Canvas } from '@napi-rs/canvas';
import { encodeImage, type ImageFormat } from '../drawing/encoding';
import { firstHalf } from '../families/family';

/** The format of an image in a JSON response. */
export interface ResponseImageFormat {
  complete(canvas: Canvas): Promise<unknown>;
  /** Returns the first half of the image. */
  truncated(canvas: Canvas): Promise<unknown>;
}

/** Returns the format for base64 image files. */
export function base64File(format: ImageFormat): ResponseImageFormat {
  return {
    complete: async (canvas) => (await encodeImage(canvas, format)).toString('base64'),
    truncated: async (canvas) => firstHalf(await encodeImage(canvas, format)).toString('base64'),
  };
}

type Rows = readonly (readonly (readonly number[])[])[];

/** Rows of RGB pixels. */
export const PIXEL_ROWS: ResponseImageFormat = {
  complete: async (canvas) => rowsOf(canvas),
  truncated: async (canvas) => rowsOf(canvas).slice(0, Math.floor(canvas.height / 2)),
};

function rowsOf(canvas: Canvas): Rows {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => {
    const at = (y * width + x) * 4;
    return [data[at], data[at + 1], data[at + 2]];
  }));
}

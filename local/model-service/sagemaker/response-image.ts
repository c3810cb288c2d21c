import { Canvas } from '@napi-rs/canvas';
import { encodePicture, PictureFormat } from '../drawing/encoding';
import { half } from '../families/family';

/** How an image stands in the JSON of an answer. */
export interface ImageForm {
  whole(canvas: Canvas): Promise<unknown>;
  /** Broken off in the middle. */
  half(canvas: Canvas): Promise<unknown>;
}

/** An image file as base64. */
export function fileForm(format: PictureFormat): ImageForm {
  return {
    whole: async (canvas) => (await encodePicture(canvas, format)).toString('base64'),
    half: async (canvas) => half(await encodePicture(canvas, format)).toString('base64'),
  };
}

type Rows = readonly (readonly (readonly number[])[])[];

/** Rows of pixels of red, green and blue. */
export const NESTED_FORM: ImageForm = {
  whole: async (canvas) => rowsOf(canvas),
  half: async (canvas) => rowsOf(canvas).slice(0, Math.floor(canvas.height / 2)),
};

function rowsOf(canvas: Canvas): Rows {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => {
    const at = (y * width + x) * 4;
    return [data[at], data[at + 1], data[at + 2]];
  }));
}

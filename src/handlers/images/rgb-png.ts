import { PNG } from 'pngjs';
import { malformedResponse } from '../models/malformed-response';

/** The largest that a model of this kind draws, and then some: an answer must not make us allocate without bounds. */
const MAX_SIDE = 4096;
const OPAQUE = 255;

/** A PNG file of rows of [red, green, blue], each 0 to 255. */
export function pngOf(rows: readonly unknown[]): Uint8Array {
  const height = rows.length;
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  if (height === 0 || width === 0 || height > MAX_SIDE || width > MAX_SIDE) throw malformedResponse('rows of pixels of an impossible size');
  const picture = new PNG({ width, height });
  rows.forEach((row, y) => {
    if (!Array.isArray(row) || row.length !== width) throw malformedResponse('rows of pixels that differ in length');
    row.forEach((pixel: unknown, x) => picture.data.set([...colour(pixel), OPAQUE], (y * width + x) * 4));
  });
  return PNG.sync.write(picture);
}

function colour(pixel: unknown): number[] {
  if (!Array.isArray(pixel) || pixel.length !== 3 || !pixel.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)) {
    throw malformedResponse('a pixel that is not [red, green, blue]');
  }
  return pixel as number[];
}

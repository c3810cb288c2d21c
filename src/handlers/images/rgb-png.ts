import { PNG } from 'pngjs';
import { ImageFormatError } from './image-format-error';

/** Limits the memory that a response of a model can allocate. No model of this kind returns larger images. */
const MAX_SIDE = 4096;
const OPAQUE = 255;

/** Encodes rows of [red, green, blue] pixels, each value from 0 to 255, as a PNG file. */
export function encodeRgbPng(rows: readonly unknown[]): Uint8Array {
  const height = rows.length;
  const width = Array.isArray(rows[0]) ? rows[0].length : 0;
  if (height === 0 || width === 0 || height > MAX_SIDE || width > MAX_SIDE) throw new ImageFormatError(`unsupported size of ${width}x${height} pixels`);
  const data = Buffer.alloc(4 * width * height);
  rows.forEach((row, y) => {
    if (!Array.isArray(row) || row.length !== width) throw new ImageFormatError('rows of pixels with different lengths');
    row.forEach((pixel: unknown, x) => data.set([...rgb(pixel), OPAQUE], (y * width + x) * 4));
  });
  return PNG.sync.write({ width, height, data, gamma: 0 } as PNG);
}

function rgb(pixel: unknown): number[] {
  if (!Array.isArray(pixel) || pixel.length !== 3 || !pixel.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)) {
    throw new ImageFormatError('a pixel is not [red, green, blue]');
  }
  return pixel as number[];
}

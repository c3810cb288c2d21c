import { PNG, type PNGWithMetadata } from 'pngjs';
import { pngChunks } from './png-chunks';
import { checkPixelData } from './png-pixels';
import { isTransparentPng } from './transparency';

const CHANNELS = 4;
const OPAQUE = 255;
const GRAYSCALE = { colorType: 0, inputColorType: 0, filterType: 0 } as const;

/** Lowest value of a white channel. Antialiasing in a browser's canvas rounds white slightly. */
const MIN_WHITE = 250;

/**
 * Converts a mask with transparency to one by brightness, which the services expect: white is edited, black is preserved. Returns
 * other files unchanged. Throws if a file with transparency cannot be decoded.
 *
 * The services ignore transparency: without the conversion they would edit, and charge for, the wrong area. If all visible pixels are
 * white, they mark the area to edit. Otherwise the transparent pixels mark it, as in OpenAI's API, and their colors are ignored.
 */
export function normalizeMask(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!isTransparentPng(bytes)) return file;
  const image = decode(bytes);
  return alphaToGrayscale(image, true) ? PNG.sync.write(image, GRAYSCALE) : file;
}

/** Returns a mask of the transparent pixels of an image, or undefined if there are none. Throws if a file with transparency cannot be decoded. */
export function maskFromTransparency(file: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!isTransparentPng(bytes)) return undefined;
  const image = decode(bytes);
  return alphaToGrayscale(image, false) ? PNG.sync.write(image, GRAYSCALE) : undefined;
}

/**
 * Replaces the pixels with gray values, in the memory of the image because large masks need much of the function's memory. Returns
 * whether any pixel is transparent. `isMask`: white pixels on a transparent ground mark the area, see `normalizeMask`.
 */
function alphaToGrayscale(image: PNGWithMetadata, isMask: boolean): boolean {
  const { data } = image;
  const { isTransparent, isWhiteOnly } = inspect(data);
  if (!isTransparent) return false;
  const pixels = data.length / CHANNELS;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = data[pixel * CHANNELS + CHANNELS - 1];
    data[pixel] = isMask && isWhiteOnly ? alpha : OPAQUE - alpha;
  }
  image.data = data.subarray(0, pixels);
  // applies to the original colors only
  image.gamma = 0;
  return true;
}

function inspect(data: Buffer): { readonly isTransparent: boolean; readonly isWhiteOnly: boolean } {
  let isTransparent = false;
  let visible = 0;
  let white = 0;
  for (let offset = 0; offset < data.length; offset += CHANNELS) {
    const alpha = data[offset + CHANNELS - 1];
    if (alpha < OPAQUE) isTransparent = true;
    if (alpha === 0) continue;
    visible++;
    if (data[offset] >= MIN_WHITE && data[offset + 1] >= MIN_WHITE && data[offset + 2] >= MIN_WHITE) white++;
  }
  return { isTransparent, isWhiteOnly: visible > 0 && visible === white };
}

function decode(file: Buffer): PNGWithMetadata {
  const chunks = [...pngChunks(file)];
  checkPixelData(chunks);
  // pngjs rejects padding after the end
  return PNG.sync.read(file.subarray(0, chunks.at(-1)?.end));
}

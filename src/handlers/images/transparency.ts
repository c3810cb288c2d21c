import { pngChunks } from './png-chunks';

// These functions read headers only. Most images are not decoded.

/** Color types with an alpha value per pixel: grayscale and RGB. */
const ALPHA_COLOR_TYPES = [4, 6];
const COLOR_TYPE_OFFSET = 9;

/** Returns whether pixels of a PNG can be transparent: by its color type, or by a `tRNS` chunk before the pixel data. */
export function isTransparentPng(file: Buffer): boolean {
  for (const { type, data } of pngChunks(file)) {
    if (type === 'IHDR' && ALPHA_COLOR_TYPES.includes(data[COLOR_TYPE_OFFSET])) return true;
    if (type === 'tRNS') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

/** Offset of the byte with the alpha flag (0x10), by the type of the first chunk. `VP8 ` files have no alpha. */
const WEBP_ALPHA_OFFSETS: Readonly<Record<string, number>> = { VP8X: 20, VP8L: 24 };
const ALPHA_FLAG = 16;

/** Returns whether the header of a WebP file has the alpha flag. */
export function isTransparentWebp(file: Buffer): boolean {
  if (file.toString('latin1', 8, 12) !== 'WEBP') return false;
  const offset = WEBP_ALPHA_OFFSETS[file.toString('latin1', 12, 16)];
  return offset !== undefined && Math.floor(file[offset] / ALPHA_FLAG) % 2 === 1;
}

import { pngChunks } from './png-chunks';

// What the heads of files say: no pixel is looked at, so that the pictures that most clients send cost nothing.

/** Colour types of PNGs whose pixels have an alpha value each: of greys and of colours. */
const PNG_ALPHA = [4, 6];
const COLOUR_TYPE_AT = 9;

/** Whether pixels of a PNG may be transparent: by an alpha value of each, or by a tRNS chunk, which stands before the pixels. */
export function isTransparentPng(file: Buffer): boolean {
  for (const { type, data } of pngChunks(file)) {
    if (type === 'IHDR' && PNG_ALPHA.includes(data[COLOUR_TYPE_AT])) return true;
    if (type === 'tRNS') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

/** In which byte the first chunk of a WebP says whether there is alpha, both in the fifth bit; files of a plain `VP8 ` chunk have none. */
const WEBP_ALPHA_AT: Readonly<Record<string, number>> = { VP8X: 20, VP8L: 24 };
const FIFTH_BIT = 16;

/** Whether a WebP says that it has transparency. */
export function isTransparentWebp(file: Buffer): boolean {
  if (file.toString('latin1', 8, 12) !== 'WEBP') return false;
  const at = WEBP_ALPHA_AT[file.toString('latin1', 12, 16)];
  return at !== undefined && Math.floor(file[at] / FIFTH_BIT) % 2 === 1;
}

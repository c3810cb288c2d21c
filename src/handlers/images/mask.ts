import { PNG, type PNGWithMetadata } from 'pngjs';
import { pngChunks } from './png-chunks';
import { checkPixels } from './png-pixels';
import { isTransparentPng } from './transparency';

const CHANNELS = 4;
const OPAQUE = 255;
const GREY = { colorType: 0, inputColorType: 0, filterType: 0 } as const;

/** Antialiasing in a browser's canvas rounds white a little. */
const WHITE = 250;

/**
 * A mask as the services read it, by brightness: white is edited, black is kept. Throws where a file that has to be changed for that
 * cannot be decoded; any other is returned as it is.
 *
 * The services take no notice of transparency, so that as it is such a mask would have the wrong area edited, and paid for. It means
 * one of two things: white strokes on a transparent ground are to be edited; in all others, as OpenAI has them, it is the
 * transparent part, whatever the colours.
 */
export function toBrightness(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!isTransparentPng(bytes)) return file;
  const picture = decoded(bytes);
  return transparencyToGrey(picture, true) ? PNG.sync.write(picture, GREY) : file;
}

/** As a mask, what is transparent of a picture; undefined where nothing is. Throws where it cannot be decoded. */
export function transparentPart(file: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!isTransparentPng(bytes)) return undefined;
  const picture = decoded(bytes);
  return transparencyToGrey(picture, false) ? PNG.sync.write(picture, GREY) : undefined;
}

/** Turns the pixels into greys in the memory they have: a large mask takes a good part of the function's. Tells whether any is transparent.
 * `isMask`: white strokes alone are what is marked. */
function transparencyToGrey(picture: PNGWithMetadata, isMask: boolean): boolean {
  const { data } = picture;
  const { isTransparent, hasWhiteOnly } = surveyed(data);
  if (!isTransparent) return false;
  const pixels = data.length / CHANNELS;
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = data[pixel * CHANNELS + CHANNELS - 1];
    data[pixel] = isMask && hasWhiteOnly ? alpha : OPAQUE - alpha;
  }
  picture.data = data.subarray(0, pixels);
  // it was that of the colours
  picture.gamma = 0;
  return true;
}

function surveyed(data: Buffer): { readonly isTransparent: boolean; readonly hasWhiteOnly: boolean } {
  let isTransparent = false;
  let painted = 0;
  let white = 0;
  for (let at = 0; at < data.length; at += CHANNELS) {
    const alpha = data[at + CHANNELS - 1];
    if (alpha < OPAQUE) isTransparent = true;
    if (alpha === 0) continue;
    painted++;
    if (data[at] >= WHITE && data[at + 1] >= WHITE && data[at + 2] >= WHITE) white++;
  }
  return { isTransparent, hasWhiteOnly: painted > 0 && painted === white };
}

function decoded(file: Buffer): PNGWithMetadata {
  const chunks = [...pngChunks(file)];
  checkPixels(chunks);
  // pngjs refuses the padding that we forgive
  return PNG.sync.read(file.subarray(0, chunks.at(-1)?.end));
}

import { inflateSync } from 'node:zlib';
import type { PngChunk } from './png-chunks';

/** Values of a pixel by colour type: grey, colours, place in a palette, grey with alpha, colours with alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Where a pass over the picture begins and its steps, across and down. */
const ONE_PASS = [[0, 0, 1, 1]] as const;
const INTERLACED = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

/**
 * Throws unless the pixels are exactly as many as the head tells.
 *
 * pngjs does not see to that: what is missing it takes from whatever the memory holds, and of what is too much it reads gigabytes where
 * the picture is interlaced or a second head tells another size.
 */
export function checkPixels(chunks: readonly PngChunk[]): void {
  const [head, ...others] = chunks.filter(({ type }) => type === 'IHDR');
  if (!head || others.length > 0) throw new Error('a PNG without one head');
  const bytes = pixelBytes(head.data);
  const pixels = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  if (inflateSync(pixels, { maxOutputLength: bytes }).length !== bytes) throw new Error('a PNG with too few pixels');
}

function pixelBytes(head: Buffer): number {
  const [width, height, depth, channels] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], CHANNELS[head[9]] ?? 0];
  const passes = head[12] === 1 ? INTERLACED : ONE_PASS;
  return passes.reduce((sum, [left, top, across, down]) => {
    const columns = Math.ceil((width - left) / across);
    const rows = Math.ceil((height - top) / down);
    const rowBytes = 1 + Math.ceil((columns * channels * depth) / 8);
    return columns > 0 ? sum + rows * rowBytes : sum;
  }, 0);
}

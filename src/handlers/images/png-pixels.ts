import { inflateSync } from 'node:zlib';
import { ImageFormatError } from './image-format-error';
import type { PngChunk } from './png-chunks';

/** Values per pixel, by color type: grayscale, RGB, palette index, grayscale with alpha, RGB with alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Passes: left offset, top offset, horizontal step, vertical step. */
const ONE_PASS = [[0, 0, 1, 1]] as const;
const ADAM7_PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

/**
 * Throws unless the amount of pixel data matches the header.
 *
 * pngjs does not check this. It fills missing data with uninitialized memory, and inflates gigabytes of excess data if the image is
 * interlaced or a second header has another size.
 */
export function checkPixelData(chunks: readonly PngChunk[]): void {
  const [header, ...others] = chunks.filter(({ type }) => type === 'IHDR');
  if (!header || others.length > 0) throw new ImageFormatError('PNG without exactly one header');
  const expectedBytes = pixelDataBytes(header.data);
  const deflated = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  if (inflateSync(deflated, { maxOutputLength: expectedBytes }).length !== expectedBytes) throw new ImageFormatError('PNG with missing pixel data');
}

function pixelDataBytes(header: Buffer): number {
  const [width, height, depth, channels] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], CHANNELS[header[9]] ?? 0];
  const passes = header[12] === 1 ? ADAM7_PASSES : ONE_PASS;
  return passes.reduce((sum, [left, top, horizontalStep, verticalStep]) => {
    const columns = Math.ceil((width - left) / horizontalStep);
    const rows = Math.ceil((height - top) / verticalStep);
    const rowBytes = 1 + Math.ceil((columns * channels * depth) / 8);
    return columns > 0 ? sum + rows * rowBytes : sum;
  }, 0);
}

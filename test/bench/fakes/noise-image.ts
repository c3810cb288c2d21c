import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { chunk, header, pngOfChunks } from '../../fixtures/png-file';

/** Returns a PNG of about this number of bytes: RGB noise, which does not compress, as in detailed images. Equal sizes give equal images. */
export function noiseImage(bytes: number): Buffer {
  const side = Math.floor(Math.sqrt(bytes / 3));
  const rowBytes = 1 + side * 3;
  const rows = createHash('shake256', { outputLength: side * rowBytes }).update('noise').digest();
  // each row starts with its filter type
  for (let row = 0; row < side; row++) rows[row * rowBytes] = 0;
  return pngOfChunks(header({ width: side, height: side, colorType: 2 }), chunk('IDAT', deflateSync(rows, { level: 0 })));
}

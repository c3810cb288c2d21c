import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { type Size } from './sizes';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BIT_DEPTH = 8;
/** Color types of pixels with three and four bytes. */
const COLOR_TYPES = { 3: 2, 4: 6 } as const;
/** The filter that stores the difference to the left pixel. */
const FILTER_LEFT = 1;
/** Higher levels take several times longer and save a few percent. */
const COMPRESSION_LEVEL = 3;

const deflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.deflate);

/** Encodes pixels as PNG, five times faster than the canvas. Opaque images have no alpha channel. */
export async function encodePng(rgba: Uint8ClampedArray, size: Size): Promise<Buffer> {
  const channels = isOpaque(rgba) ? 3 : 4;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size.width, 0);
  header.writeUInt32BE(size.height, 4);
  header[8] = BIT_DEPTH;
  header[9] = COLOR_TYPES[channels];
  const data = await deflate(filteredRows(rgba, size, channels), { level: COMPRESSION_LEVEL });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function isOpaque(rgba: Uint8ClampedArray): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}

function filteredRows(rgba: Uint8ClampedArray, { width, height }: Size, channels: 3 | 4): Buffer {
  const rows = Buffer.alloc((width * channels + 1) * height);
  let to = 0;
  let from = 0;
  for (let y = 0; y < height; y++) {
    rows[to++] = FILTER_LEFT;
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let x = 0; x < width; x++, from += 4) {
      rows[to++] = rgba[from] - red;
      rows[to++] = rgba[from + 1] - green;
      rows[to++] = rgba[from + 2] - blue;
      if (channels === 4) rows[to++] = rgba[from + 3] - alpha;
      red = rgba[from];
      green = rgba[from + 1];
      blue = rgba[from + 2];
      alpha = rgba[from + 3];
    }
  }
  return rows;
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(content.length + 8);
  framed.writeUInt32BE(data.length, 0);
  content.copy(framed, 4);
  framed.writeUInt32BE(zlib.crc32(content), framed.length - 4);
  return framed;
}

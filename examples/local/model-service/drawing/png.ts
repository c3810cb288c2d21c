import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { Size } from './sizes';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const EIGHT_BITS_RGB = [8, 2, 0, 0, 0];
/** Each byte is written as its difference to the pixel on the left. */
const FILTER_LEFT = 1;
/** Higher levels take several times longer for a few percent. */
const COMPRESSION_LEVEL = 3;

const deflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.deflate);

/** A PNG of opaque pixels, in a fifth of the time that the canvas takes for it. */
export async function encodePng(rgba: Uint8ClampedArray, size: Size): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size.width, 0);
  header.writeUInt32BE(size.height, 4);
  header.set(EIGHT_BITS_RGB, 8);
  const data = await deflate(filteredRows(rgba, size), { level: COMPRESSION_LEVEL });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function filteredRows(rgba: Uint8ClampedArray, { width, height }: Size): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  let to = 0;
  let from = 0;
  for (let y = 0; y < height; y++) {
    rows[to++] = FILTER_LEFT;
    let [red, green, blue] = [0, 0, 0];
    for (let x = 0; x < width; x++, from += 4) {
      rows[to++] = rgba[from] - red;
      rows[to++] = rgba[from + 1] - green;
      rows[to++] = rgba[from + 2] - blue;
      red = rgba[from];
      green = rgba[from + 1];
      blue = rgba[from + 2];
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

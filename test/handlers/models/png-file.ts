import { crc32, deflateSync } from 'node:zlib';

/** A PNG by its parts, for what no encoder at hand writes: palettes, 16 bits, interlacing, and what is wrong. */
export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly depth?: number;
  readonly interlaced?: boolean;
  /** Between the head and the pixels. */
  readonly chunks?: readonly Buffer[];
  /** Bytes of the pixel at that place, for depths of whole bytes. */
  readonly pixel: (x: number, y: number) => readonly number[];
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const WHOLE = [[0, 0, 1, 1]] as const;
/** Where each pass begins, and its steps, across and down. */
const ADAM7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

export function pngFile(parts: PngParts): Buffer {
  return pngOfChunks(headOf(parts), ...parts.chunks ?? [], chunk('IDAT', deflateSync(scanlines(parts))));
}

export function pngOfChunks(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

export function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([uint32(data.length), typed, uint32(crc32(typed))]);
}

export function headOf({ width, height, colourType, depth = 8, interlaced = false }: Omit<PngParts, 'pixel'>): Buffer {
  return chunk('IHDR', Buffer.concat([uint32(width), uint32(height), Buffer.from([depth, colourType, 0, 0, interlaced ? 1 : 0])]));
}

function scanlines({ width, height, interlaced, pixel }: PngParts): Buffer {
  const bytes: number[] = [];
  for (const [left, top, across, down] of interlaced ? ADAM7 : WHOLE) {
    for (let y = top; y < height && left < width; y += down) {
      bytes.push(0);
      for (let x = left; x < width; x += across) bytes.push(...pixel(x, y));
    }
  }
  return Buffer.from(bytes);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

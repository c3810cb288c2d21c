import { ImageFormatError } from './image-format-error';

export interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
  /** Offset of the next chunk in the file. */
  readonly end: number;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Length and type before the data. */
const HEADER_BYTES = 8;
/** CRC after the data. */
const CRC_BYTES = 4;

/** Large images have some thousands. A file has room for millions of empty chunks, which would exhaust the memory of the function. */
const MAX_CHUNKS = 20_000;

/** Yields the chunks of a PNG up to `IEND`, without checking them. Yields nothing for other files. */
export function* pngChunks(file: Buffer): Generator<PngChunk> {
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return;
  let offset = SIGNATURE.length;
  let count = 0;
  while (offset + HEADER_BYTES + CRC_BYTES <= file.length) {
    if (++count > MAX_CHUNKS) throw new ImageFormatError('PNG with too many chunks');
    const start = offset + HEADER_BYTES;
    const stop = start + file.readUInt32BE(offset);
    const type = file.toString('latin1', offset + 4, start);
    offset = stop + CRC_BYTES;
    yield { type, data: file.subarray(start, stop), end: offset };
    if (type === 'IEND') return;
  }
}

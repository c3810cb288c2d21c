export interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
  /** Where in the file the next one begins. */
  readonly end: number;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** A length and a type stand before the data, a checksum behind. */
const HEAD_BYTES = 8;
const CHECKSUM_BYTES = 4;

/** Pictures have a few, large ones some thousands; of empty ones a file has room for millions, which take all our memory. */
const MOST_CHUNKS = 20_000;

/** The chunks of a PNG as far as its end, none for another file. They are told apart, not checked. */
export function* pngChunks(file: Buffer): Generator<PngChunk> {
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return;
  let at = SIGNATURE.length;
  let count = 0;
  while (at + HEAD_BYTES + CHECKSUM_BYTES <= file.length) {
    if (++count > MOST_CHUNKS) throw new Error('a PNG in too many pieces');
    const start = at + HEAD_BYTES;
    const stop = start + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, start);
    at = stop + CHECKSUM_BYTES;
    yield { type, data: file.subarray(start, stop), end: at };
    if (type === 'IEND') return;
  }
}

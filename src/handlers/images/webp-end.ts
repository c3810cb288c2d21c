/** Signature and length of a RIFF file, and the type of its content. */
const FILE_HEADER_BYTES = 12;
/** Type and length of a chunk. */
const HEADER_BYTES = 8;
/** Chunks with image data: lossy, lossless and a frame of an animation. As numbers, because a file has room for millions of empty chunks. */
const IMAGE_CHUNKS = ['VP8 ', 'VP8L', 'ANMF'].map((type) => Buffer.from(type).readUInt32BE());

/** Returns the offset after a WebP, by the length in its header. Returns undefined if a chunk is longer than that, or if none has image data. */
export function webpEnd(bytes: Buffer): number | undefined {
  const end = bytes.readUInt32LE(4) + 8;
  const last = Math.min(end, bytes.length) - HEADER_BYTES;
  let hasImage = false;
  for (let offset = FILE_HEADER_BYTES; offset <= last;) {
    if (IMAGE_CHUNKS.includes(bytes.readUInt32BE(offset))) hasImage = true;
    const length = bytes.readUInt32LE(offset + 4);
    offset += HEADER_BYTES + length;
    if (offset > end) return undefined;
    // chunks start at even offsets
    offset += length % 2;
  }
  return hasImage ? end : undefined;
}

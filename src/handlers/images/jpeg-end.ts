/** Markers (ITU T.81, table B.1): the byte after 0xFF. */
const END_OF_IMAGE = 0xd9;
const [TEMPORARY, FIRST_RESTART, START_OF_IMAGE] = [0x01, 0xd0, 0xd8];

/**
 * Returns the offset after the end marker of a JPEG, or undefined if there is none. Follows the lengths of the segments, because they can
 * contain a preview with an end marker of its own.
 */
export function jpegEnd(bytes: Buffer): number | undefined {
  let offset = 2;
  for (;;) {
    const marker = nextMarker(bytes, offset);
    if (marker === undefined) return undefined;
    const type = bytes[marker];
    if (type === END_OF_IMAGE) return marker + 1;
    if (hasNoLength(type)) {
      offset = marker + 1;
    } else {
      if (marker + 3 > bytes.length) return undefined;
      offset = marker + 1 + bytes.readUInt16BE(marker + 1);
    }
  }
}

/** Returns the offset of the type of the next marker. Skips image data, in which 0xFF is followed by 0x00, and fill bytes. */
function nextMarker(bytes: Buffer, start: number): number | undefined {
  let offset = bytes.indexOf(0xff, start);
  while (offset >= 0 && offset + 1 < bytes.length) {
    const type = bytes[offset + 1];
    if (type !== 0x00 && type !== 0xff) return offset + 1;
    offset = bytes.indexOf(0xff, offset + 1);
  }
  return undefined;
}

function hasNoLength(type: number): boolean {
  return type === TEMPORARY || (type >= FIRST_RESTART && type <= START_OF_IMAGE);
}

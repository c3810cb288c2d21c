import { ImageFormatError } from './image-format-error';

/** Markers (ITU T.81, table B.1): the byte after 0xFF. */
const END_OF_IMAGE = 0xd9;
const [TEMPORARY, FIRST_RESTART, START_OF_IMAGE] = [0x01, 0xd0, 0xd8];
/** Baseline, extended and progressive images. Decoders know no others. */
const STARTS_OF_FRAME = [0xc0, 0xc1, 0xc2];

/** Returns the size of a JPEG. Throws if the header is invalid. */
export function jpegSize(bytes: Buffer): { readonly width: number; readonly height: number } {
  const frame = nextOf([...STARTS_OF_FRAME, END_OF_IMAGE], bytes);
  if (frame === undefined || bytes[frame] === END_OF_IMAGE) throw new ImageFormatError('JPEG without a size');
  // length and precision come before the size
  return { height: bytes.readUInt16BE(frame + 4), width: bytes.readUInt16BE(frame + 6) };
}

/** Returns the offset after the end marker of a JPEG, or undefined if there is none. */
export function jpegEnd(bytes: Buffer): number | undefined {
  const marker = nextOf([END_OF_IMAGE], bytes);
  return marker === undefined ? undefined : marker + 1;
}

/** Returns the offset of the first of these markers. Follows the lengths of the segments, because they can contain a preview with markers of its own. */
function nextOf(markers: readonly number[], bytes: Buffer): number | undefined {
  let offset = 2;
  for (;;) {
    const marker = nextMarker(bytes, offset);
    if (marker === undefined || markers.includes(bytes[marker])) return marker;
    offset = marker + 1;
    if (hasNoLength(bytes[marker])) continue;
    if (offset + 2 > bytes.length) return undefined;
    offset += bytes.readUInt16BE(offset);
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

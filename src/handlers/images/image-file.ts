import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';
import { ImageFormatError } from './image-format-error';
import { jpegEnd } from './jpeg-end';
import { pngChunks } from './png-chunks';

export interface ImageFile {
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

interface Format {
  readonly contentType: string;
  /** Recognizes the format by the first bytes and reads the size. Both throw an error if the header is invalid. */
  readonly header: typeof PNG;
  /** Returns the offset after the last byte of the image, or undefined if the file is truncated. A truncated file has a valid header and renders partly. */
  end(bytes: Buffer): number | undefined;
}

const FORMATS: readonly Format[] = [
  { contentType: 'image/png', header: PNG, end: pngEnd },
  { contentType: 'image/jpeg', header: JPG, end: jpegEnd },
  // RIFF: bytes 4 to 7 contain the length of the rest
  { contentType: 'image/webp', header: WEBP, end: (bytes) => bytes.readUInt32LE(4) + 8 },
];

function pngEnd(bytes: Buffer): number | undefined {
  for (const { type, end } of pngChunks(bytes)) if (type === 'IEND') return end;
  return undefined;
}

/** Returns type and size from the header of a file. Throws an `ImageFormatError` unless the file begins with a complete PNG, JPEG or WebP. */
export function readImageFile(bytes: Uint8Array): ImageFile {
  const { contentType, width, height } = parse(bytes);
  return { contentType, width, height };
}

/**
 * Returns the image at the start of a file, without what follows: padding, the video of a motion photo, the rest of a longer file that was
 * overwritten. Throws an `ImageFormatError` as `readImageFile` does.
 */
export function withoutTrailer(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, parse(bytes).end);
}

function parse(bytes: Uint8Array): ImageFile & { readonly end: number } {
  const { width, height, contentType, end: endOf } = readHeader(bytes);
  const end = endOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (end === undefined || end > bytes.length) throw new ImageFormatError('truncated image');
  return { contentType, width, height, end };
}

function readHeader(bytes: Uint8Array): Format & { readonly width: number; readonly height: number } {
  try {
    for (const format of FORMATS) if (format.header.validate(bytes)) return { ...format, ...format.header.calculate(bytes) };
  } catch {
    throw new ImageFormatError('invalid image header');
  }
  throw new ImageFormatError('unsupported image format');
}

import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';
import { ImageFormatError } from './image-format-error';
import { jpegEnd, jpegSize } from './jpeg-markers';
import { pngChunks } from './png-chunks';
import { webpEnd } from './webp-end';

export interface ImageFile {
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<ImageFile, 'width' | 'height'>;

interface Format {
  readonly contentType: string;
  /** Recognizes the format by the first bytes and reads the size. Both throw an error if the header is invalid. */
  readonly header: { validate(bytes: Buffer): boolean; calculate(bytes: Buffer): Size };
  /** Returns the offset after the last byte of the image, or undefined if the file is truncated. A truncated file has a valid header and renders partly. */
  end(bytes: Buffer): number | undefined;
}

const FORMATS: readonly Format[] = [
  { contentType: 'image/png', header: PNG, end: pngEnd },
  // the reader of image-size does not know the fill bytes between segments
  { contentType: 'image/jpeg', header: { validate: (bytes) => bytes.toString('hex', 0, 2) === 'ffd8', calculate: jpegSize }, end: jpegEnd },
  { contentType: 'image/webp', header: WEBP, end: webpEnd },
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

function parse(file: Uint8Array): ImageFile & { readonly end: number } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const { width, height, contentType, end: endOf } = readHeader(bytes);
  const end = endOf(bytes);
  if (end === undefined || end > bytes.length) throw new ImageFormatError('truncated image');
  return { contentType, width, height, end };
}

function readHeader(bytes: Buffer): Format & Size {
  try {
    for (const format of FORMATS) if (format.header.validate(bytes)) return { ...format, ...format.header.calculate(bytes) };
  } catch {
    throw new ImageFormatError('invalid image header');
  }
  throw new ImageFormatError('unsupported image format');
}

import { imageSize } from 'image-size';
import { ImageFormatError } from './image-format-error';

export interface ImageFile {
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

interface Format {
  readonly contentType: string;
  /** Whether the file has its end. A truncated file has a valid header and renders partly. */
  isComplete(bytes: Buffer): boolean;
}

const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');
const JPEG_END = Buffer.from('ffd9', 'hex');

const FORMATS: Readonly<Record<string, Format>> = {
  png: { contentType: 'image/png', isComplete: (bytes) => endsWith(bytes, PNG_END) },
  jpg: { contentType: 'image/jpeg', isComplete: (bytes) => endsWith(bytes, JPEG_END) },
  // RIFF: bytes 4 to 7 contain the length of the rest
  webp: { contentType: 'image/webp', isComplete: (bytes) => bytes.length >= bytes.readUInt32LE(4) + 8 },
};

/** Some encoders pad files. Bytes after the end of the image are harmless. */
const MAX_PADDING_BYTES = 1024;

function endsWith(bytes: Buffer, end: Buffer): boolean {
  return bytes.subarray(-end.length - MAX_PADDING_BYTES).includes(end);
}

/** Returns type and size from the header of a file. Throws an `ImageFormatError` unless the file is a complete PNG, JPEG or WebP. */
export function readImageFile(bytes: Uint8Array): ImageFile {
  const { type, width, height } = sizeOf(bytes);
  const format = FORMATS[type ?? ''];
  if (!format) throw new ImageFormatError('unsupported image format');
  if (!format.isComplete(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) throw new ImageFormatError('truncated image');
  return { contentType: format.contentType, width, height };
}

function sizeOf(bytes: Uint8Array): { type?: string; width: number; height: number } {
  try {
    return imageSize(bytes);
  } catch {
    throw new ImageFormatError('not an image');
  }
}

import { imageSize } from 'image-size';
import { malformedResponse } from '../models/malformed-response';

export interface ImageFile {
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

interface Format {
  readonly contentType: string;
  /** Whether the file goes on to its end: one cut short has a valid head and shows as half a picture. */
  isComplete(bytes: Buffer): boolean;
}

const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');
const JPEG_END = Buffer.from('ffd9', 'hex');

const FORMATS: Readonly<Record<string, Format>> = {
  png: { contentType: 'image/png', isComplete: (bytes) => endsWith(bytes, PNG_END) },
  jpg: { contentType: 'image/jpeg', isComplete: (bytes) => endsWith(bytes, JPEG_END) },
  // RIFF: the length of what follows stands in bytes 4 to 7
  webp: { contentType: 'image/webp', isComplete: (bytes) => bytes.length >= bytes.readUInt32LE(4) + 8 },
};

/** Encoders may pad: what follows the end of a picture does no harm. */
const PADDING = 1024;

function endsWith(bytes: Buffer, end: Buffer): boolean {
  return bytes.subarray(-end.length - PADDING).includes(end);
}

/** What the file says of itself. Throws where it is none of the formats that models draw, or is cut short. */
export function readImageFile(bytes: Uint8Array): ImageFile {
  const { type, width, height } = sizeOf(bytes);
  const format = FORMATS[type ?? ''];
  if (!format) throw malformedResponse('image of unknown format');
  if (!format.isComplete(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) throw malformedResponse('image cut short');
  return { contentType: format.contentType, width, height };
}

function sizeOf(bytes: Uint8Array): { type?: string; width: number; height: number } {
  try {
    return imageSize(bytes);
  } catch {
    throw malformedResponse('not an image');
  }
}

import { imageSize } from 'image-size';
import { type ParameterFact } from './documented-facts';

const PADDING_AT_END = /={1,2}$/;
const NOT_BASE64 = /[^A-Za-z0-9+/]/;
const FORMAT_NAMES: Readonly<Record<string, string>> = { jpg: 'jpeg', png: 'png', webp: 'webp' };

/** The data in an image header. */
export interface ImageHeader {
  readonly width: number;
  readonly height: number;
  readonly format: string;
}

/** Reads the header of a base64 image. Returns `undefined` for an unsupported format. */
export function readImageHeader(base64: string): ImageHeader | undefined {
  try {
    const { width, height, type } = imageSize(Buffer.from(base64, 'base64'));
    const format = FORMAT_NAMES[type ?? ''];
    return format === undefined ? undefined : { width, height, format };
  } catch {
    // image-size throws for unknown formats, which is a validation error
    return undefined;
  }
}

/** Returns the first violation of an image. Reads only its header. */
export function imageViolation(fact: ParameterFact, value: string): string | undefined {
  if (!isBase64(value)) return 'the image is not base64';
  const header = readImageHeader(value);
  if (header === undefined || !(fact.formats ?? Object.values(FORMAT_NAMES)).includes(header.format)) return 'the image format is not supported';
  return sideViolation(fact, header) ?? pixelViolation(fact, header) ?? aspectViolation(fact, header);
}

/** Whether a text is base64. Searches for an invalid character, because a pattern for valid text can overflow the stack. */
export function isBase64(value: string): boolean {
  return value !== '' && value.length % 4 === 0 && !NOT_BASE64.test(value.replace(PADDING_AT_END, ''));
}

function sideViolation(fact: ParameterFact, { width, height }: ImageHeader): string | undefined {
  if (fact.minSidePx !== undefined && Math.min(width, height) < fact.minSidePx) {
    return `expected sides of at least ${fact.minSidePx} pixels, actual: ${width}x${height}`;
  }
  if (fact.maxSidePx !== undefined && Math.max(width, height) > fact.maxSidePx) {
    return `expected sides of at most ${fact.maxSidePx} pixels, actual: ${width}x${height}`;
  }
  return undefined;
}

function pixelViolation(fact: ParameterFact, { width, height }: ImageHeader): string | undefined {
  const pixels = width * height;
  if (fact.minPixels !== undefined && pixels < fact.minPixels) return `expected at least ${fact.minPixels} pixels, actual: ${pixels}`;
  if (fact.maxPixels !== undefined && pixels > fact.maxPixels) return `expected at most ${fact.maxPixels} pixels, actual: ${pixels}`;
  return undefined;
}

function aspectViolation(fact: ParameterFact, { width, height }: ImageHeader): string | undefined {
  if (fact.aspect === undefined) return undefined;
  const [tallest, widest] = fact.aspect.split('..').map((ratio) => {
    const [wide, high] = ratio.split(':').map(Number);
    return wide / high;
  });
  const shape = width / height;
  return shape < tallest || shape > widest ? `expected an aspect ratio within ${fact.aspect}, actual: ${width}x${height}` : undefined;
}

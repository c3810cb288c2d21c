/** Checks a file before it is sent, against the limits of `image`, `mask` and `styleImage`. */
import { describeSize, ratioText, type Size } from './size-limits';
import { type ImageParameter } from '../../private/contract/models';

export interface ImageFacts extends Size {
  /** `png`, `jpeg`, `webp`, or another type that the browser can decode. */
  readonly format: string;
}

/** Returns why an image does not fit, with its value and the limit. */
export function imageIssue(image: ImageFacts, { formats, minSide, maxSide, minPixels, maxPixels, maxRatio }: ImageParameter): string | undefined {
  const { format, width, height } = image;
  if (!formats.includes(format)) return `Use ${listFormats(formats)}.`;
  const itIs = `It is ${describeSize(image)} pixels.`;
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  if (shorter < minSide) return `${itIs} Each side needs at least ${minSide}.`;
  if (maxSide !== undefined && longer > maxSide) return `${itIs} Each side may have at most ${maxSide}.`;
  if (minPixels !== undefined && width * height < minPixels) return `${itIs} It needs at least ${minPixels.toLocaleString('en')} pixels in all.`;
  if (maxPixels !== undefined && width * height > maxPixels) return `${itIs} It may have at most ${maxPixels.toLocaleString('en')} pixels in all.`;
  if (maxRatio !== undefined && longer > maxRatio * shorter) return `${itIs} ${ratioText(maxRatio)}`;
  return undefined;
}

const FORMAT_LABELS: Readonly<Record<string, string>> = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP' };
const FORMAT_ORDER = ['png', 'jpeg', 'webp'];

/** Returns formats as text: "PNG, JPEG or WebP". */
export function listFormats(formats: readonly string[]): string {
  const rank = (format: string) => (FORMAT_ORDER.includes(format) ? FORMAT_ORDER.indexOf(format) : FORMAT_ORDER.length);
  const labels = [...formats].sort((a, b) => rank(a) - rank(b)).map((format) => FORMAT_LABELS[format] ?? format.toUpperCase());
  return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} or ${labels[labels.length - 1]}`;
}

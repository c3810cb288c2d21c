import { type SizeParameter } from '../../private/contract/models';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Parses a size such as `1024x768`. */
export function parseSize(text: string): Size | undefined {
  const match = /^(\d{1,5})x(\d{1,5})$/.exec(text);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : undefined;
}

/** Returns why a size does not fit, for the field. */
export function sizeIssue(text: string, parameter: SizeParameter): string | undefined {
  const size = parseSize(text);
  if (!size) return 'Width and height in pixels.';
  const { values, minimum, maximum, multipleOf, maxPixels, maxRatio } = parameter;
  if (values) return values.includes(text) ? undefined : `${describeSize(size)} is not available with this model.`;
  const sides = [size.width, size.height];
  if (sides.some((side) => side < minimum || side > maximum)) return `Each side from ${minimum} to ${maximum} pixels.`;
  if (sides.some((side) => side % multipleOf !== 0)) return `Each side in steps of ${multipleOf} pixels.`;
  if (maxPixels !== undefined && size.width * size.height > maxPixels) return `At most ${maxPixels.toLocaleString('en')} pixels in all.`;
  if (maxRatio !== undefined && Math.max(...sides) > maxRatio * Math.min(...sides)) return ratioText(maxRatio);
  return undefined;
}

/** Returns the limits of a size as one line below the fields. */
export function sizeLimitsText({ minimum, maximum, multipleOf, maxRatio }: SizeParameter): string {
  const steps = multipleOf > 1 ? `, in steps of ${multipleOf}` : '';
  return `${minimum} to ${maximum} pixels${steps}.${maxRatio === undefined ? '' : ` ${ratioText(maxRatio)}`}`;
}

/** Returns a size as text. */
export function describeSize({ width, height }: Size): string {
  return `${width} × ${height}`;
}

/** Returns the sentence for a limit of the aspect ratio. */
export function ratioText(maxRatio: number): string {
  return `The longer side may be at most ${maxRatio} times the shorter.`;
}

import { formatValue } from './validation-errors';
import type { FieldError } from '../../private/contract/errors';
import type { JsonObject } from '../../private/contract/json-object';
import type { ModelParameters, SizeParameter } from '../../private/contract/models';

/** The size fields of a request. */
export interface ImageSize {
  readonly aspectRatio?: string;
  readonly width?: number;
  readonly height?: number;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Returns the requested size if the model supports only aspect ratios, so that the image can have another size. */
export function approximatedSize({ width, height }: ImageSize, { size }: ModelParameters): Size | undefined {
  return size || width === undefined || height === undefined ? undefined : { width, height };
}

/** Returns the size fields that the model supports: width and height, or the nearest aspect ratio. */
export function sizeOf({ aspectRatio, width, height }: ImageSize, parameters: ModelParameters, hasImage: boolean): ImageSize {
  const { aspectRatio: ratios, size } = parameters;
  if (size) {
    const [defaultWidth, defaultHeight] = size.default.split('x').map(Number);
    return { width: width ?? defaultWidth, height: height ?? defaultHeight };
  }
  if (!ratios) return {};
  const nearest = width && height ? nearestAspectRatio(width, height, ratios.values) : undefined;
  // without a size, the result has the aspect ratio of the input image
  return { aspectRatio: aspectRatio ?? nearest ?? (hasImage ? undefined : ratios.default) };
}

/** Whether a size has exactly an aspect ratio, for example 16:9. */
export function hasAspectRatio({ width, height }: Size, ratio: string): boolean {
  const [ratioWidth, ratioHeight] = sidesOf(ratio);
  return width * ratioHeight === height * ratioWidth;
}

/** Returns the aspect ratio nearest to width:height. The distance is logarithmic: 1:1 is as far from 2:1 as from 1:2. */
export function nearestAspectRatio(width: number, height: number, ratios: readonly string[]): string {
  const distance = (ratio: string) => {
    const [ratioWidth, ratioHeight] = sidesOf(ratio);
    return Math.abs(Math.log(width / height) - Math.log(ratioWidth / ratioHeight));
  };
  return ratios.reduce((nearest, ratio) => (distance(ratio) < distance(nearest) ? ratio : nearest));
}

function sidesOf(ratio: string): number[] {
  return ratio.split(':').map(Number);
}

/** Validates width and height. */
export function sizeErrors(data: JsonObject, { aspectRatio, size }: Partial<ModelParameters>, modelId: string): FieldError[] {
  const given = ['width', 'height'].filter((field) => data[field] !== undefined);
  const forAll = (detail: string) => given.map((field) => ({ pointer: `/${field}`, detail }));
  if (!aspectRatio && !size) return forAll(`is not supported by ${modelId}`);
  if (data.aspectRatio !== undefined) return forAll('cannot be combined with aspectRatio');
  if (!size) return [];
  const { width, height } = data;
  if (typeof width !== 'number' || typeof height !== 'number') {
    return given.filter((field) => typeof data[field] !== 'number').map((field) => (
      { pointer: `/${field}`, detail: `must be ${describeSide(size)} for ${modelId}, got ${formatValue(data[field])}` }
    ));
  }
  const problem = sizeProblem(width, height, size);
  return problem === undefined ? [] : forAll(`${problem} for ${modelId}, got ${width}x${height}`);
}

function describeSide({ values, minimum, maximum, multipleOf }: SizeParameter): string {
  return values ? `a side of one of the sizes ${values.join(', ')}` : `a number of pixels from ${minimum} to ${maximum} and a multiple of ${multipleOf}`;
}

function sizeProblem(width: number, height: number, size: SizeParameter): string | undefined {
  const { values, minimum, maximum, multipleOf, maxPixels, maxRatio } = size;
  if (values) return values.includes(`${width}x${height}`) ? undefined : `must match one of the sizes ${values.join(', ')}`;
  const sides = [width, height];
  if (sides.some((side) => side < minimum || side > maximum)) return `must be from ${minimum} to ${maximum} pixels`;
  if (sides.some((side) => side % multipleOf !== 0)) return `must be a multiple of ${multipleOf}`;
  if (maxPixels !== undefined && width * height > maxPixels) return `must give at most ${maxPixels} pixels in total`;
  if (maxRatio !== undefined && Math.max(...sides) > maxRatio * Math.min(...sides)) return `must give an aspect ratio of at most ${maxRatio}:1`;
  return undefined;
}

import { nearestAspectRatio } from './aspect-ratio';
import { show } from './validation-errors';
import type { FieldError } from '../../private/contract/errors';
import type { ModelParameters, SizeParameter } from '../../private/contract/models';

type Data = Readonly<Record<string, unknown>>;

/** What a request says of the picture's size, in the terms of the model. */
export interface ModelSize {
  readonly aspectRatio?: string;
  readonly width?: number;
  readonly height?: number;
}

/** Pixels go to a model that takes pixels, and become the nearest ratio for one that takes ratios. */
export function sizeOf({ aspectRatio, width, height }: ModelSize, parameters: ModelParameters, hasImage: boolean): ModelSize {
  const { aspectRatio: ratios, size } = parameters;
  if (size) {
    const [presetWidth, presetHeight] = size.default.split('x').map(Number);
    return { width: width ?? presetWidth, height: height ?? presetHeight };
  }
  if (!ratios) return {};
  const nearest = width && height ? nearestAspectRatio(width, height, ratios.values) : undefined;
  // a picture that starts from another keeps its shape unless told otherwise
  return { aspectRatio: aspectRatio ?? nearest ?? (hasImage ? undefined : ratios.default) };
}

export function sizeErrors(data: Data, { aspectRatio, size }: Partial<ModelParameters>, id: string): FieldError[] {
  const given = ['width', 'height'].filter((field) => data[field] !== undefined);
  const both = (detail: string) => given.map((field) => ({ pointer: `/${field}`, detail }));
  if (given.length === 0) return [];
  if (!aspectRatio && !size) return both(`is not supported by ${id}`);
  if (data.aspectRatio !== undefined) return both('cannot be combined with aspectRatio; give one or the other');
  if (!size) return [];
  const { width, height } = data;
  if (typeof width !== 'number' || typeof height !== 'number') {
    return given.filter((field) => typeof data[field] !== 'number').map((field) => (
      { pointer: `/${field}`, detail: `must be a number of pixels, ${describeSide(size)} for ${id}, got ${show(data[field])}` }
    ));
  }
  const problem = sizeProblem(width, height, size);
  return problem === undefined ? [] : both(`${problem} for ${id}, got ${width}x${height}`);
}

function describeSide({ values, minimum, maximum, multipleOf }: SizeParameter): string {
  return values ? `one of the sizes ${values.join(', ')}` : `a whole number from ${minimum} to ${maximum} and a multiple of ${multipleOf}`;
}

function sizeProblem(width: number, height: number, size: SizeParameter): string | undefined {
  const { values, minimum, maximum, multipleOf, maxPixels, maxRatio } = size;
  if (values) return values.includes(`${width}x${height}`) ? undefined : `must make one of the sizes ${values.join(', ')}`;
  const sides = [width, height];
  if (sides.some((side) => side < minimum || side > maximum)) return `must be from ${minimum} to ${maximum} pixels`;
  if (sides.some((side) => side % multipleOf !== 0)) return `must be a multiple of ${multipleOf}`;
  if (maxPixels !== undefined && width * height > maxPixels) return `must make at most ${maxPixels} pixels`;
  if (maxRatio !== undefined && Math.max(...sides) > maxRatio * Math.min(...sides)) return `must make a shape of at most ${maxRatio}:1`;
  return undefined;
}

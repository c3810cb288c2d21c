/** Shapes: aspect ratios as drawn rectangles, from tall to wide. */
import { type Form } from './form';
import { visibleFields } from './rules';
import { type Size } from './size-limits';
import { type FormValues, valueOf } from './values';

export interface Shape {
  /** Value of the request field, such as `16:9` or `1024x768`. */
  readonly value: string;
  /** Width divided by height. */
  readonly ratio: number;
  /** Sides of the drawn rectangle, whose area is 1. */
  readonly width: number;
  readonly height: number;
}

const SIDES = /^(\d{1,5})[:x](\d{1,5})$/;

/** Returns width divided by height of `16:9` or `1024x768`, or undefined for another text. */
export function ratioOf(value: string): number | undefined {
  const [, width, height] = SIDES.exec(value) ?? [];
  const ratio = Number(width) / Number(height);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}

/** Returns the shapes of ratios or sizes, from tall to wide. Values that are neither come last. */
export function shapesOf(values: readonly string[]): readonly Shape[] {
  return values.map((value) => {
    const ratio = ratioOf(value);
    return { value, isKnown: ratio !== undefined, ratio: ratio ?? 1, width: Math.sqrt(ratio ?? 1), height: 1 / Math.sqrt(ratio ?? 1) };
  })
    .sort((a, b) => Number(b.isKnown) - Number(a.isKnown) || a.ratio - b.ratio)
    .map(({ isKnown, ...shape }) => shape);
}

/** Returns the ratio of the images that a request generates, so that a tile has its final shape at once. `inputImage`: size of the input image. */
export function imageRatio(form: Form, values: FormValues, inputImage?: Size): number {
  const names = visibleFields(form, values).map(({ name }) => name);
  for (const name of ['aspectRatio', 'size']) {
    const parameter = form.target.parameters[name];
    if (!names.includes(name) || !parameter) continue;
    const value = valueOf(values, name) ?? ('default' in parameter ? parameter.default : undefined);
    const ratio = typeof value === 'string' ? ratioOf(value) : undefined;
    if (ratio !== undefined) return ratio;
  }
  return inputImage ? inputImage.width / inputImage.height : 1;
}


/** Returns the ratio or size that is nearest to a size. The distance is logarithmic: 1:1 is as far from 2:1 as from 1:2. */
export function nearestShape({ width, height }: Size, values: readonly string[]): string | undefined {
  const distance = ({ ratio }: Shape) => Math.abs(Math.log(width / height) - Math.log(ratio));
  const shapes = shapesOf(values).filter(({ value }) => ratioOf(value) !== undefined);
  return shapes.length === 0 ? undefined : shapes.reduce((nearest, shape) => (distance(shape) < distance(nearest) ? shape : nearest)).value;
}

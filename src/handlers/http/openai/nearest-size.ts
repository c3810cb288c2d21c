import type { ModelParameters, SizeParameter } from '../../../private/contract/models';
import { nearestAspectRatio } from '../../requests/image-size';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Converts `size` to the nearest size or aspect ratio of the model. Returns undefined for `auto`. */
export function nearestSize(size: unknown, { aspectRatio, size: sizes }: ModelParameters): { aspectRatio: string } | Size | undefined {
  if (typeof size !== 'string' || size === 'auto') return undefined;
  const requested = parseSize(size);
  if (aspectRatio) return { aspectRatio: nearestAspectRatio(requested.width, requested.height, aspectRatio.values) };
  if (!sizes) return undefined;
  return sizes.values ? nearestOf(sizes.values.map(parseSize), requested) : fitToRange(requested, sizes);
}

function parseSize(text: string): Size {
  const [width, height] = text.split('x').map(Number);
  return { width, height };
}

/** The aspect ratio has a higher weight than the number of pixels, because an image can be scaled but not reshaped. */
function nearestOf(sizes: readonly Size[], requested: Size): Size {
  const difference = (a: number, b: number) => Math.abs(Math.log(a) - Math.log(b));
  const distance = ({ width, height }: Size) =>
    10 * difference(width / height, requested.width / requested.height) + difference(width * height, requested.width * requested.height);
  return sizes.reduce((nearest, size) => (distance(size) < distance(nearest) ? size : nearest));
}

/** Scales a size until its sides and its number of pixels are in range, then rounds it to multiples of `multipleOf`. */
function fitToRange({ width, height }: Size, { minimum, maximum, multipleOf, maxPixels = Infinity, maxRatio = Infinity }: SizeParameter): Size {
  const ratio = Math.min(Math.max(width / height, 1 / maxRatio), maxRatio);
  const [exactWidth, exactHeight] = [Math.sqrt(width * height * ratio), Math.sqrt((width * height) / ratio)];
  const grow = Math.max(1, minimum / Math.min(exactWidth, exactHeight));
  const shrink = Math.min(1, maximum / (Math.max(exactWidth, exactHeight) * grow), Math.sqrt(maxPixels / (exactWidth * exactHeight * grow ** 2)));
  // rounded down, so that the size stays within the maximum and the maximum ratio
  const roundDown = (side: number) => Math.floor(side / multipleOf) * multipleOf;
  const roundToMultiple = (side: number) => Math.max(Math.ceil(minimum / multipleOf) * multipleOf, roundDown(side * grow * shrink));
  const [roundedWidth, roundedHeight] = [roundToMultiple(exactWidth), roundToMultiple(exactHeight)];
  return { width: Math.min(roundedWidth, roundDown(maxRatio * roundedHeight)), height: Math.min(roundedHeight, roundDown(maxRatio * roundedWidth)) };
}

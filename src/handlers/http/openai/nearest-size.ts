import type { ModelParameters, SizeParameter } from '../../../private/contract/models';
import { nearestAspectRatio } from '../../requests/aspect-ratio';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** `auto`, or a size that the model may not have, as the nearest that it has. */
export function nearestSize(size: unknown, { aspectRatio, size: sizes }: ModelParameters): { aspectRatio: string } | Size | undefined {
  if (typeof size !== 'string' || size === 'auto') return undefined;
  const wanted = sizeFrom(size);
  if (aspectRatio) return { aspectRatio: nearestAspectRatio(wanted.width, wanted.height, aspectRatio.values) };
  if (!sizes) return undefined;
  return sizes.values ? nearestOf(sizes.values.map(sizeFrom), wanted) : fitted(wanted, sizes);
}

function sizeFrom(text: string): Size {
  const [width, height] = text.split('x').map(Number);
  return { width, height };
}

/** By shape first: a picture of another shape is another picture, one of another size can be scaled. */
function nearestOf(sizes: readonly Size[], wanted: Size): Size {
  const off = (a: number, b: number) => Math.abs(Math.log(a) - Math.log(b));
  const distance = ({ width, height }: Size) =>
    10 * off(width / height, wanted.width / wanted.height) + off(width * height, wanted.width * wanted.height);
  return sizes.reduce((best, size) => (distance(size) < distance(best) ? size : best));
}

/** Scaled until the longer side, the shorter one and the number of pixels are in range; then to the grid of the model. */
function fitted({ width, height }: Size, { minimum, maximum, multipleOf, maxPixels = Infinity, maxRatio = Infinity }: SizeParameter): Size {
  const ratio = Math.min(Math.max(width / height, 1 / maxRatio), maxRatio);
  const [across, down] = [Math.sqrt(width * height * ratio), Math.sqrt((width * height) / ratio)];
  const grow = Math.max(1, minimum / Math.min(across, down));
  const shrink = Math.min(1, maximum / (Math.max(across, down) * grow), Math.sqrt(maxPixels / (across * down * grow ** 2)));
  // down, never up: rounding must leave neither the range nor the shape
  const below = (side: number) => Math.floor(side / multipleOf) * multipleOf;
  const onGrid = (side: number) => Math.max(Math.ceil(minimum / multipleOf) * multipleOf, below(side * grow * shrink));
  const [onGridAcross, onGridDown] = [onGrid(across), onGrid(down)];
  return { width: Math.min(onGridAcross, below(maxRatio * onGridDown)), height: Math.min(onGridDown, below(maxRatio * onGridAcross)) };
}

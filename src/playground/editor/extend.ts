/** The frame of Extend: pixels that are added on each side. */
import { type Size } from './geometry';
import { ratioOf } from '../models/shapes';

export const SIDES = ['left', 'right', 'up', 'down'] as const;
export type Side = typeof SIDES[number];

/** Pixels to add on each side. */
export type Frame = Readonly<Record<Side, number>>;

export const NO_FRAME: Frame = { left: 0, right: 0, up: 0, down: 0 };

/** Maximum of each side, from `parameters`. */
export type FrameLimits = Readonly<Record<Side, number>>;

/** Returns the frame with another value of a side, within its limits. */
export function withSide(frame: Frame, side: Side, pixels: number, limits: FrameLimits): Frame {
  const value = Number.isFinite(pixels) ? Math.round(pixels) : 0;
  return { ...frame, [side]: Math.min(limits[side], Math.max(0, value)) };
}

/** Returns the size of the extended image. */
export function extendedSize({ width, height }: Size, { left, right, up, down }: Frame): Size {
  return { width: width + left + right, height: height + up + down };
}

/** Returns the smallest frame that gives the image a shape such as `16:9`: the same on both sides, as far as the limits allow. */
export function frameForShape(image: Size, shape: string, limits: FrameLimits): Frame {
  const ratio = ratioOf(shape);
  if (ratio === undefined) return NO_FRAME;
  const wide = Math.max(0, Math.round(image.height * ratio) - image.width);
  const tall = wide > 0 ? 0 : Math.max(0, Math.round(image.width / ratio) - image.height);
  return { ...halves('left', 'right', wide, limits), ...halves('up', 'down', tall, limits) } as Frame;
}

function halves(first: Side, second: Side, pixels: number, limits: FrameLimits): Partial<Record<Side, number>> {
  const half = Math.min(limits[first], Math.floor(pixels / 2));
  return { [first]: half, [second]: Math.min(limits[second], pixels - half) };
}

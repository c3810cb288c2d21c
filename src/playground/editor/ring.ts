/** The ring of the brush without a pointer: arrow keys move it. */
import { type Point, type Size } from './geometry';
import { type Zoom } from './zoom';

const DIRECTIONS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 },
};

/** Step in screen pixels, and with Shift. */
const STEP = 4;
const FAR_STEP = 40;

export interface RingMove {
  /** Name of the key. Keys that are no arrows do not move the ring. */
  readonly key: string;
  /** Whether Shift is pressed. */
  readonly far: boolean;
  readonly zoom: Zoom;
  readonly image: Size;
}

/** Returns the center of the ring in image pixels after a key, inside of the image. */
export function moveRing(ring: Point, { key, far, zoom, image }: RingMove): Point {
  if (!Object.hasOwn(DIRECTIONS, key)) return ring;
  const step = (far ? FAR_STEP : STEP) / zoom.scale;
  return {
    x: Math.min(image.width, Math.max(0, ring.x + DIRECTIONS[key].x * step)),
    y: Math.min(image.height, Math.max(0, ring.y + DIRECTIONS[key].y * step)),
  };
}

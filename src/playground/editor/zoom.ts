/** Zoom and pan: where the image is on the screen. */
import { distance, middle, type Point, type Size } from './geometry';

export interface Zoom {
  /** Screen pixels of one image pixel. */
  readonly scale: number;
  /** Position of the image's top left corner on the canvas, in screen pixels. */
  readonly x: number;
  readonly y: number;
}

/** Largest scale, in screen pixels of one image pixel. */
export const MAX_SCALE = 16;
/** Factor of + and -. */
export const ZOOM_STEP = 1.25;

/** Returns the zoom that shows the whole image in the middle of the canvas. */
export function fitZoom(image: Size, canvas: Size): Zoom {
  const scale = Math.min(canvas.width / image.width, canvas.height / image.height);
  return { scale, x: (canvas.width - image.width * scale) / 2, y: (canvas.height - image.height * scale) / 2 };
}

/** Returns the point in image pixels. */
export function toImage({ scale, x, y }: Zoom, screen: Point): Point {
  return { x: (screen.x - x) / scale, y: (screen.y - y) / scale };
}

/** Returns the point in screen pixels. */
export function toScreen({ scale, x, y }: Zoom, image: Point): Point {
  return { x: image.x * scale + x, y: image.y * scale + y };
}

/** Zooms by a factor, so that the image stays where it is at a point of the screen. `fit`: the smallest scale is half of it. */
export function zoomAt(zoom: Zoom, at: Point, factor: number, fit: Zoom): Zoom {
  const scale = Math.min(MAX_SCALE, Math.max(fit.scale / 2, zoom.scale * factor));
  const fixed = toImage(zoom, at);
  return { scale, x: at.x - fixed.x * scale, y: at.y - fixed.y * scale };
}

/** Moves the image by screen pixels. */
export function panBy({ scale, x, y }: Zoom, dx: number, dy: number): Zoom {
  return { scale, x: x + dx, y: y + dy };
}

export type Fingers = readonly [Point, Point];

/** Zooms and pans with two fingers, from where they were to where they are. */
export function pinch(zoom: Zoom, before: Fingers, after: Fingers, fit: Zoom): Zoom {
  const from = middle(...before);
  const to = middle(...after);
  const spread = distance(...before);
  return zoomAt(panBy(zoom, to.x - from.x, to.y - from.y), to, spread === 0 ? 1 : distance(...after) / spread, fit);
}

/** Returns the radius of a brush in image pixels. Its size is in screen pixels, so that zooming in makes it finer. */
export function brushRadius(screenSize: number, { scale }: Zoom): number {
  return screenSize / 2 / scale;
}

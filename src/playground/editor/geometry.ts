/** Points and transforms of the canvas, without a canvas. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Rectangle in image pixels. */
export interface Rectangle extends Point, Size {}

/** Returns the distance of two points. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Returns the point in the middle. */
export function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** Returns a rectangle in per cent of the image as image pixels, cut at the edges. Returns undefined if nothing is left. */
export function rectangleOfPercent({ x, y, width, height }: Rectangle, image: Size): Rectangle | undefined {
  const cut = (percent: number) => Math.min(100, Math.max(0, percent)) / 100;
  const left = Math.round(cut(x) * image.width);
  const top = Math.round(cut(y) * image.height);
  const right = Math.round(cut(x + width) * image.width);
  const bottom = Math.round(cut(y + height) * image.height);
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}

/** The mask as pixels. White (255) is changed, black (0) is kept, as `POST /images/edits` takes it. */
import { type Point, type Rectangle, type Size } from './geometry';
import { type Mark, type Stroke } from './marks';

export const CHANGED = 255;
export const KEPT = 0;

/** Returns one byte a pixel, row by row. A pixel is painted if its center is within the radius of the stroke. */
export function maskPixels(marks: readonly Mark[], { width, height }: Size): Uint8Array {
  const pixels = new Uint8Array(width * height);
  for (const mark of marks) paint(pixels, mark, { width, height });
  return pixels;
}

/** Returns whether any pixel is changed. */
export function isPainted(pixels: Uint8Array): boolean {
  return pixels.includes(CHANGED);
}

function paint(pixels: Uint8Array, mark: Mark, size: Size): void {
  switch (mark.type) {
    case 'clear': pixels.fill(KEPT); return;
    case 'invert': for (let index = 0; index < pixels.length; index++) pixels[index] = CHANGED - pixels[index]; return;
    case 'rectangle': paintRectangle(pixels, mark.rectangle, size); return;
    case 'stroke': paintStroke(pixels, mark, size);
  }
}

function paintRectangle(pixels: Uint8Array, { x, y, width, height }: Rectangle, size: Size): void {
  const [left, right] = [clamp(Math.round(x), size.width), clamp(Math.round(x + width), size.width)];
  const [top, bottom] = [clamp(Math.round(y), size.height), clamp(Math.round(y + height), size.height)];
  for (let row = top; row < bottom; row++) pixels.fill(CHANGED, row * size.width + left, row * size.width + right);
}

function paintStroke(pixels: Uint8Array, { points, radius, erases }: Stroke, size: Size): void {
  const value = erases ? KEPT : CHANGED;
  points.forEach((point, index) => paintSegment(pixels, { from: points[index - 1] ?? point, to: point, radius }, { size, value }));
}

interface Segment {
  readonly from: Point;
  readonly to: Point;
  readonly radius: number;
}

/** Fills the pixels around a segment with round ends. The shape is convex, so that they are one span in each row. */
function paintSegment(pixels: Uint8Array, { from, to, radius }: Segment, { size, value }: { readonly size: Size; readonly value: number }): void {
  const top = clamp(Math.ceil(Math.min(from.y, to.y) - radius - 0.5), size.height);
  const bottom = clamp(Math.floor(Math.max(from.y, to.y) + radius - 0.5) + 1, size.height);
  const corners = cornersOf({ from, to, radius });
  for (let row = top; row < bottom; row++) {
    const span = new Span(row + 0.5);
    span.addDisk(from, radius);
    span.addDisk(to, radius);
    for (let index = 0; index < corners.length; index++) span.addEdge(corners[index], corners[(index + 1) % corners.length]);
    const left = clamp(Math.ceil(span.left - 0.5), size.width);
    const right = clamp(Math.floor(span.right - 0.5) + 1, size.width);
    if (right > left) pixels.fill(value, row * size.width + left, row * size.width + right);
  }
}

/** Returns the corners of the rectangle between the ends of a segment. */
function cornersOf({ from, to, radius }: Segment): readonly Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return [];
  const [dx, dy] = [-(to.y - from.y) / length * radius, (to.x - from.x) / length * radius];
  return [
    { x: from.x + dx, y: from.y + dy }, { x: to.x + dx, y: to.y + dy }, { x: to.x - dx, y: to.y - dy }, { x: from.x - dx, y: from.y - dy },
  ];
}

/** The part of a horizontal line that shapes cover. It is changed in place, because a stroke has many thousands. */
class Span {
  public left = Infinity;
  public right = -Infinity;

  constructor(private readonly y: number) {}

  public addDisk({ x, y }: Point, radius: number): void {
    const square = radius * radius - (this.y - y) * (this.y - y);
    if (square < 0) return;
    const half = Math.sqrt(square);
    this.add(x - half);
    this.add(x + half);
  }

  public addEdge(a: Point, b: Point): void {
    if ((a.y < this.y) === (b.y < this.y)) return;
    this.add(a.x + (b.x - a.x) * (this.y - a.y) / (b.y - a.y));
  }

  private add(x: number): void {
    if (x < this.left) this.left = x;
    if (x > this.right) this.right = x;
  }
}

function clamp(value: number, maximum: number): number {
  return Math.min(maximum, Math.max(0, value));
}

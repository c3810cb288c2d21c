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

/** Fills the pixels around a segment: in each row they are one span. */
function paintSegment(pixels: Uint8Array, segment: Segment, { size, value }: { readonly size: Size; readonly value: number }): void {
  const { from, to, radius } = segment;
  const top = clamp(Math.ceil(Math.min(from.y, to.y) - radius - 0.5), size.height);
  const bottom = clamp(Math.floor(Math.max(from.y, to.y) + radius - 0.5) + 1, size.height);
  for (let row = top; row < bottom; row++) {
    const span = spanOf(segment, row + 0.5);
    if (!span) continue;
    const left = clamp(Math.ceil(span.left - 0.5), size.width);
    const right = clamp(Math.floor(span.right - 0.5) + 1, size.width);
    if (right > left) pixels.fill(value, row * size.width + left, row * size.width + right);
  }
}

interface Span {
  readonly left: number;
  readonly right: number;
}

/** Returns where the line y crosses a segment with round ends. The shape is convex, so that it is one span. */
function spanOf({ from, to, radius }: Segment, y: number): Span | undefined {
  const spans = [circleSpan(from, radius, y), circleSpan(to, radius, y), bodySpan({ from, to, radius }, y)].filter((span) => span !== undefined);
  return spans.length === 0 ? undefined : { left: Math.min(...spans.map(({ left }) => left)), right: Math.max(...spans.map(({ right }) => right)) };
}

function circleSpan({ x, y }: Point, radius: number, line: number): Span | undefined {
  const half = radius * radius - (line - y) * (line - y);
  return half < 0 ? undefined : { left: x - Math.sqrt(half), right: x + Math.sqrt(half) };
}

/** Returns the span of the part between the ends: a rectangle along the segment. */
function bodySpan({ from, to, radius }: Segment, line: number): Span | undefined {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return undefined;
  const normal = { x: -(to.y - from.y) / length * radius, y: (to.x - from.x) / length * radius };
  const corners = [
    { x: from.x + normal.x, y: from.y + normal.y }, { x: to.x + normal.x, y: to.y + normal.y },
    { x: to.x - normal.x, y: to.y - normal.y }, { x: from.x - normal.x, y: from.y - normal.y },
  ];
  const crossings = corners.flatMap((corner, index) => crossing(corner, corners[(index + 1) % corners.length], line));
  return crossings.length === 0 ? undefined : { left: Math.min(...crossings), right: Math.max(...crossings) };
}

function crossing(a: Point, b: Point, line: number): number[] {
  if ((a.y < line && b.y < line) || (a.y > line && b.y > line)) return [];
  if (a.y === b.y) return [a.x, b.x];
  return [a.x + (b.x - a.x) * (line - a.y) / (b.y - a.y)];
}

function clamp(value: number, maximum: number): number {
  return Math.min(maximum, Math.max(0, value));
}

import fc from 'fast-check';
import { type Point, rectangleOfPercent, type Size } from '../../../src/playground/editor/geometry';
import { addMark, checkpointOf, EMPTY_HISTORY, type History, type Mark, redo, type Stroke, undo } from '../../../src/playground/editor/marks';
import { isPainted, maskPixels } from '../../../src/playground/editor/raster';

const stroke = (radius: number, ...points: [number, number][]): Stroke => ({ type: 'stroke', erases: false, radius, points: points.map(([x, y]) => ({ x, y })) });
const rectangle = (x: number, y: number, width: number, height: number): Mark => ({ type: 'rectangle', rectangle: { x, y, width, height } });

/** Draws a mask: # is changed, . is kept. */
function draw(marks: readonly Mark[], size: Size): string[] {
  const pixels = maskPixels(marks, size);
  return Array.from({ length: size.height }, (_, row) => [...pixels.subarray(row * size.width, (row + 1) * size.width)].map((value) => ({ 0: '.', 255: '#' })[value] ?? '?').join(''));
}

it('a dot is a disk around its point', () => {
  expect(draw([stroke(2, [3.5, 3.5])], { width: 7, height: 7 })).toEqual([
    '.......',
    '...#...',
    '..###..',
    '.#####.',
    '..###..',
    '...#...',
    '.......',
  ]);
});

it('a stroke is as wide as its brush, with round ends', () => {
  expect(draw([stroke(1.2, [2.5, 2.5], [6.5, 2.5])], { width: 9, height: 5 })).toEqual([
    '.........',
    '..#####..',
    '.#######.',
    '..#####..',
    '.........',
  ]);
});

it('the eraser, inverting and clearing change what was painted before', () => {
  const size = { width: 5, height: 3 };
  const erased: Mark = { ...stroke(0.6, [2.5, 1.5]), erases: true };
  expect(draw([rectangle(1, 0, 3, 3), erased], size)).toEqual(['.###.', '.#.#.', '.###.']);
  expect(draw([rectangle(1, 0, 3, 3), erased, { type: 'invert' }], size)).toEqual(['#...#', '#.#.#', '#...#']);
  expect(draw([rectangle(1, 0, 3, 3), { type: 'clear' }], size)).toEqual(['.....', '.....', '.....']);
  expect(draw([{ type: 'invert' }], size)).toEqual(['#####', '#####', '#####']);
});

it('marks outside of the image are cut off', () => {
  expect(draw([rectangle(-2, -2, 3, 3), stroke(1.1, [4.5, 3.2], [40, 40])], { width: 5, height: 3 })).toEqual(['#....', '.....', '....#']);
  expect(isPainted(maskPixels([stroke(3, [-10, -10])], { width: 5, height: 5 }))).toBe(false);
});

it('an image is painted if one of its pixels is', () => {
  const size = { width: 4, height: 4 };
  expect(isPainted(maskPixels([], size))).toBe(false);
  expect(isPainted(maskPixels([stroke(0.8, [3.5, 3.5])], size))).toBe(true);
  expect(isPainted(maskPixels([stroke(0.8, [3.5, 3.5]), { ...stroke(2, [3, 3]), erases: true }], size))).toBe(false);
});

/** Returns the distance of a point from a line through points. */
function distanceOf({ x, y }: Point, points: readonly Point[]): number {
  return Math.min(...points.map((to, index) => {
    const from = points[index - 1] ?? to;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const share = dx === 0 && dy === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - from.x - share * dx, y - from.y - share * dy);
  }));
}

it('a pixel is painted if and only if its center is within the radius of the stroke', () => {
  const coordinate = fc.double({ min: -5, max: 25, noNaN: true });
  const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 1, maxLength: 4 });
  const size = { width: 20, height: 16 };
  fc.assert(fc.property(points, fc.double({ min: 0.1, max: 6, noNaN: true }), (given, radius) => {
    const pixels = maskPixels([{ type: 'stroke', erases: false, radius, points: given }], size);
    const wrong = [...pixels].flatMap((value, index) => {
      const distance = distanceOf({ x: index % size.width + 0.5, y: Math.floor(index / size.width) + 0.5 }, given);
      // a center on the edge can be on either side
      return Math.abs(distance - radius) < 1e-6 || (value === 255) === (distance <= radius) ? [] : [{ index, value, distance }];
    });
    expect(wrong).toEqual([]);
  }));
});

it('the largest image with a stroke of 500 points takes less than two seconds of the processor', () => {
  const points = Array.from({ length: 500 }, (_, index): [number, number] => [1536 + 1400 * Math.cos(index / 10), 1536 + 1400 * Math.sin(index / 8)]);
  const start = process.cpuUsage();
  maskPixels([stroke(120, ...points)], { width: 3072, height: 3072 });
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(2000);
});

describe('a rectangle in per cent', () => {
  const image = { width: 200, height: 100 };

  it('is one in pixels, cut at the edges', () => {
    expect(rectangleOfPercent({ x: 10, y: 20, width: 50, height: 30 }, image)).toEqual({ x: 20, y: 20, width: 100, height: 30 });
    expect(rectangleOfPercent({ x: 90, y: -10, width: 50, height: 30 }, image)).toEqual({ x: 180, y: 0, width: 20, height: 20 });
    expect(rectangleOfPercent({ x: 0, y: 0, width: 100, height: 100 }, image)).toEqual({ x: 0, y: 0, ...image });
  });

  it('is nothing if it is empty, outside of the image, or no number', () => {
    const size = { width: 5, height: 5 };
    const nothing = [{ x: 10, y: 10, ...size, width: 0 }, { x: 110, y: 0, ...size }, { x: 10, y: 10, ...size, width: -5 }, { x: NaN, y: 0, ...size }];
    expect(nothing.map((empty) => rectangleOfPercent(empty, image))).toEqual(nothing.map(() => undefined));
  });
});

describe('the history', () => {
  const marks = [1, 2, 3].map((radius) => stroke(radius, [1, 1]));
  const full = marks.reduce<History>(addMark, EMPTY_HISTORY);

  it('undoes and redoes marks without limit', () => {
    const empty = undo(undo(undo(full)));
    expect(empty.marks).toEqual([]);
    expect(undo(empty)).toEqual(empty);
    expect(redo(redo(redo(empty)))).toEqual(full);
    expect(redo(full)).toEqual(full);
  });

  it('forgets what was undone when a mark is added', () => {
    const other = addMark(undo(full), { type: 'clear' });
    expect(other).toEqual({ marks: [marks[0], marks[1], { type: 'clear' }], undone: [] });
    expect(redo(other)).toEqual(other);
  });

  it('clearing can be undone', () => {
    const size = { width: 4, height: 4 };
    expect(isPainted(maskPixels(undo(addMark(full, { type: 'clear' })).marks, size))).toBe(true);
  });

  it('is redrawn from the newest bitmap, which has a multiple of 25 marks', () => {
    const of = (length: number) => checkpointOf({ marks: Array.from({ length }, () => marks[0]), undone: [] });
    expect([0, 24, 25, 49, 50].map(of)).toEqual([0, 0, 25, 25, 50]);
  });
});

import fc from 'fast-check';
import { extendedSize, frameForShape, NO_FRAME, withSide } from '../../../src/playground/editor/extend';
import { type Point } from '../../../src/playground/editor/geometry';
import { moveRing } from '../../../src/playground/editor/ring';
import { brushRadius, type Fingers, fitZoom, MAX_SCALE, panBy, pinch, toImage, toScreen, type Zoom, ZOOM_STEP, zoomAt } from '../../../src/playground/editor/zoom';

const IMAGE = { width: 1024, height: 512 };
const FIT = fitZoom(IMAGE, { width: 512, height: 512 });
const LIMITS = { left: 2000, right: 2000, up: 2000, down: 2000 };

const close = (a: Point, b: Point) => {
  expect(a.x).toBeCloseTo(b.x, 6);
  expect(a.y).toBeCloseTo(b.y, 6);
};
const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const zoom: fc.Arbitrary<Zoom> = fc.record({ scale: fc.double({ min: 0.3, max: 15, noNaN: true }), x: coordinate, y: coordinate });

describe('zoom', () => {
  it('fits the whole image in the middle of the canvas', () => {
    expect(FIT).toEqual({ scale: 0.5, x: 0, y: 128 });
    expect(fitZoom({ width: 100, height: 100 }, { width: 400, height: 200 })).toEqual({ scale: 2, x: 100, y: 0 });
  });

  it('maps points to the image and back', () => {
    fc.assert(fc.property(zoom, point, (given, at) => close(toScreen(given, toImage(given, at)), at)));
  });

  it('leaves the image where it is under the pointer', () => {
    fc.assert(fc.property(zoom, point, fc.double({ min: 0.1, max: 10, noNaN: true }), (given, at, factor) => {
      close(toImage(zoomAt(given, at, factor, FIT), at), toImage(given, at));
    }));
  });

  it('has limits', () => {
    expect(zoomAt(FIT, { x: 0, y: 0 }, 1000, FIT).scale).toBe(MAX_SCALE);
    expect(zoomAt(FIT, { x: 0, y: 0 }, 0.001, FIT).scale).toBe(FIT.scale / 2);
    expect(zoomAt(FIT, { x: 0, y: 0 }, ZOOM_STEP, FIT).scale).toBe(0.625);
  });

  it('moves by screen pixels', () => {
    expect(panBy(FIT, 3, -4)).toEqual({ scale: 0.5, x: 3, y: 124 });
  });

  it('keeps the image under both fingers', () => {
    const apart = fc.double({ min: 20, max: 60, noNaN: true });
    const fingers: fc.Arbitrary<Fingers> = fc.tuple(point, fc.record({ x: apart, y: apart }))
      .map(([first, by]) => [first, { x: first.x + by.x, y: first.y + by.y }]);
    fc.assert(fc.property(fingers, coordinate, coordinate, fc.double({ min: 0.8, max: 1.2, noNaN: true }), (before, dx, dy, factor) => {
      const after = before.map(({ x, y }) => ({ x: x * factor + dx, y: y * factor + dy })) as [Point, Point];
      const start: Zoom = { scale: 1, x: 10, y: 20 };
      const end = pinch(start, before, after, FIT);
      close(toImage(end, after[0]), toImage(start, before[0]));
      close(toImage(end, after[1]), toImage(start, before[1]));
    }));
  });

  it('of two fingers at the same place only moves', () => {
    const same: Fingers = [{ x: 1, y: 1 }, { x: 1, y: 1 }];
    expect(pinch(FIT, same, [{ x: 3, y: 1 }, { x: 3, y: 1 }], FIT)).toEqual({ ...FIT, x: 2 });
  });

  it('makes the brush finer', () => {
    expect([brushRadius(48, { scale: 0.5, x: 0, y: 0 }), brushRadius(48, { scale: 2, x: 0, y: 0 })]).toEqual([48, 12]);
  });
});

describe('the ring', () => {
  const move = (key: string, far = false, from = { x: 100, y: 100 }) => moveRing(from, { key, far, zoom: FIT, image: IMAGE });

  it('moves with the arrow keys, with Shift ten times as far', () => {
    expect([move('ArrowRight'), move('ArrowLeft'), move('ArrowUp'), move('ArrowDown')]).toEqual([
      { x: 108, y: 100 }, { x: 92, y: 100 }, { x: 100, y: 92 }, { x: 100, y: 108 },
    ]);
    expect(move('ArrowRight', true)).toEqual({ x: 180, y: 100 });
  });

  it('stays inside of the image', () => {
    expect([move('ArrowUp', true, { x: 0, y: 3 }), move('ArrowRight', true, { x: 1020, y: 3 })]).toEqual([{ x: 0, y: 0 }, { x: 1024, y: 3 }]);
  });

  it('does not move with other keys', () => {
    expect([move('a'), move('constructor')]).toEqual([{ x: 100, y: 100 }, { x: 100, y: 100 }]);
  });
});

describe('the frame of Extend', () => {
  it('has whole pixels within the limits', () => {
    expect([1.4, -5, 5000, NaN].map((pixels) => withSide(NO_FRAME, 'left', pixels, { ...LIMITS, left: 1500 }).left)).toEqual([1, 0, 1500, 0]);
  });

  it('adds to the size of the image', () => {
    expect(extendedSize(IMAGE, { left: 1, right: 2, up: 3, down: 4 })).toEqual({ width: 1027, height: 519 });
  });

  it('gives the image a shape', () => {
    expect(frameForShape({ width: 1024, height: 1024 }, '16:9', LIMITS)).toEqual({ left: 398, right: 398, up: 0, down: 0 });
    expect(frameForShape({ width: 1024, height: 1024 }, '9:16', LIMITS)).toEqual({ left: 0, right: 0, up: 398, down: 398 });
    expect(frameForShape({ width: 1024, height: 1024 }, '1:1', LIMITS)).toEqual(NO_FRAME);
    expect(frameForShape({ width: 1024, height: 1024 }, 'wide', LIMITS)).toEqual(NO_FRAME);
    expect(frameForShape({ width: 100, height: 100 }, '4:1', { ...LIMITS, left: 50 })).toEqual({ left: 50, right: 250, up: 0, down: 0 });
  });

  it('only adds, and is as close to the shape as whole pixels are', () => {
    const side = fc.integer({ min: 64, max: 1500 });
    fc.assert(fc.property(side, side, fc.constantFrom('16:9', '1:1', '9:16', '3:2', '4:5'), (width, height, shape) => {
      const frame = frameForShape({ width, height }, shape, { left: 1e6, right: 1e6, up: 1e6, down: 1e6 });
      const size = extendedSize({ width, height }, frame);
      const [wide, tall] = shape.split(':').map(Number);
      expect(Math.min(...Object.values(frame))).toBeGreaterThanOrEqual(0);
      const error = Math.min(Math.abs(size.width - size.height * wide / tall), Math.abs(size.height - size.width * tall / wide));
      expect(error).toBeLessThanOrEqual(0.5 + 1e-6);
    }));
  });
});

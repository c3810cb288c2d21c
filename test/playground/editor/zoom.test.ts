import fc from 'fast-check';
import { type Point } from '../../../src/playground/editor/geometry';
import { brushRadius, type Fingers, fitZoom, MAX_SCALE, panBy, pinch, toImage, toScreen, type Zoom, ZOOM_STEP, zoomAt } from '../../../src/playground/editor/zoom';

const FIT = fitZoom({ width: 1024, height: 512 }, { width: 512, height: 512 });

const expectSamePoint = (actual: Point, expected: Point) => {
  expect(actual.x).toBeCloseTo(expected.x, 6);
  expect(actual.y).toBeCloseTo(expected.y, 6);
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
    fc.assert(fc.property(zoom, point, (given, at) => expectSamePoint(toScreen(given, toImage(given, at)), at)));
  });

  it('keeps the point of the image under the pointer', () => {
    fc.assert(fc.property(zoom, point, fc.double({ min: 0.1, max: 10, noNaN: true }), (given, at, factor) => {
      expectSamePoint(toImage(zoomAt(given, at, factor, FIT), at), toImage(given, at));
    }));
  });

  it('has a maximum scale, and a minimum of half of the fitting scale', () => {
    expect(zoomAt(FIT, { x: 0, y: 0 }, 1000, FIT).scale).toBe(MAX_SCALE);
    expect(zoomAt(FIT, { x: 0, y: 0 }, 0.001, FIT).scale).toBe(FIT.scale / 2);
  });

  it('changes by a quarter with each step', () => {
    expect(zoomAt(FIT, { x: 0, y: 0 }, ZOOM_STEP, FIT).scale).toBe(1.25 * FIT.scale);
  });

  it('pans by screen pixels', () => {
    expect(panBy(FIT, 3, -4)).toEqual({ scale: 0.5, x: 3, y: 124 });
  });

  it('keeps the points of the image under both fingers', () => {
    const apart = fc.double({ min: 20, max: 60, noNaN: true });
    const fingers: fc.Arbitrary<Fingers> = fc.tuple(point, fc.record({ x: apart, y: apart }))
      .map(([first, by]) => [first, { x: first.x + by.x, y: first.y + by.y }]);
    fc.assert(fc.property(fingers, coordinate, coordinate, fc.double({ min: 0.8, max: 1.2, noNaN: true }), (before, dx, dy, factor) => {
      const after = before.map(({ x, y }) => ({ x: x * factor + dx, y: y * factor + dy })) as [Point, Point];
      const start: Zoom = { scale: 1, x: 10, y: 20 };
      const end = pinch(start, before, after, FIT);
      expectSamePoint(toImage(end, after[0]), toImage(start, before[0]));
      expectSamePoint(toImage(end, after[1]), toImage(start, before[1]));
    }));
  });

  it('does not change the scale for two fingers at the same place', () => {
    const same: Fingers = [{ x: 1, y: 1 }, { x: 1, y: 1 }];
    expect(pinch(FIT, same, [{ x: 3, y: 1 }, { x: 3, y: 1 }], FIT)).toEqual({ ...FIT, x: 2 });
  });

  it('has a brush of the same size on the screen at each scale, so that it is finer in image pixels when enlarged', () => {
    expect([brushRadius(48, { scale: 0.5, x: 0, y: 0 }), brushRadius(48, { scale: 2, x: 0, y: 0 })]).toEqual([48, 12]);
  });
});

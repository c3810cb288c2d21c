import fc from 'fast-check';
import { extendedSize, frameForShape, NO_FRAME, withSide } from '../../../src/playground/editor/extend';

const IMAGE = { width: 1024, height: 512 };
const LIMITS = { left: 2000, right: 2000, up: 2000, down: 2000 };

describe('the frame of Extend', () => {
  it('has whole pixels within the limits', () => {
    expect([1.4, -5, 5000, NaN].map((pixels) => withSide(NO_FRAME, 'left', pixels, { ...LIMITS, left: 1500 }).left)).toEqual([1, 0, 1500, 0]);
  });

  it('enlarges the image by its sides', () => {
    expect(extendedSize(IMAGE, { left: 1, right: 2, up: 3, down: 4 })).toEqual({ width: 1027, height: 519 });
  });

  it('has equal opposite sides for a shape, unless a limit prevents it', () => {
    expect(frameForShape({ width: 1024, height: 1024 }, '16:9', LIMITS)).toEqual({ left: 398, right: 398, up: 0, down: 0 });
    expect(frameForShape({ width: 1024, height: 1024 }, '9:16', LIMITS)).toEqual({ left: 0, right: 0, up: 398, down: 398 });
    expect(frameForShape({ width: 1024, height: 1024 }, '1:1', LIMITS)).toEqual(NO_FRAME);
    expect(frameForShape({ width: 1024, height: 1024 }, 'wide', LIMITS)).toEqual(NO_FRAME);
    expect(frameForShape({ width: 100, height: 100 }, '4:1', { ...LIMITS, left: 50 })).toEqual({ left: 50, right: 250, up: 0, down: 0 });
  });

  it('has no negative side for a shape, and is as close to it as whole pixels allow', () => {
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

import fc from 'fast-check';
import { addDuration, type Durations, expectedSeconds } from '../../../src/playground/runs/durations';
import { pollDelay } from '../../../src/playground/runs/polls';
import { progressAt, takesLonger } from '../../../src/playground/runs/progress';
import { MAX_REPEATS, repeatDelay } from '../../../src/playground/runs/repeats';

describe('progress', () => {
  it('reaches 90 percent at the expected time', () => {
    expect(progressAt(6, 6)).toBeCloseTo(0.9);
    expect(progressAt(0, 6)).toBe(0);
    expect(progressAt(3, 6)).toBeCloseTo(0.9 * (1 - Math.exp(-0.5)) / (1 - Math.exp(-1)));
  });

  it('grows, and never exceeds 97 percent', () => {
    const elapsed = fc.double({ min: 0, max: 1e4, noNaN: true });
    fc.assert(fc.property(elapsed, elapsed, fc.double({ min: 0.1, max: 100, noNaN: true }), (a, b, expected) => {
      const [early, late] = [progressAt(Math.min(a, b), expected), progressAt(Math.max(a, b), expected)];
      expect(early).toBeLessThanOrEqual(late);
      expect(late).toBeLessThanOrEqual(0.97);
      expect(early).toBeGreaterThanOrEqual(0);
    }));
  });

  it('is a number for times that are none', () => {
    expect([progressAt(NaN, 6), progressAt(-1, 6), progressAt(5, 0), progressAt(5, NaN)]).toEqual([0, 0, 0.97, 0.97]);
  });

  it('takes longer than usual after twice the expected time', () => {
    expect([takesLonger(12, 6), takesLonger(12.1, 6)]).toEqual([false, true]);
  });
});

describe('polls', () => {
  it.each([[0, 2_000], [19.9, 2_000], [20, 5_000], [59, 5_000], [60, 10_000], [3600, 10_000]])('after %d seconds are %d ms apart', (seconds, delay) => {
    expect(pollDelay(seconds, false)).toBe(delay);
  });

  it('of a hidden tab are 30 seconds apart', () => {
    expect([pollDelay(0, true), pollDelay(100, true)]).toEqual([30_000, 30_000]);
  });
});

describe('expected seconds', () => {
  const model = { id: 'core', typicalSeconds: 5 };
  const after = (...seconds: number[]) => seconds.reduce<Durations>((durations, each) => addDuration(durations, 'core', each), new Map([['other', [99]]]));

  it('are those of the API before the tab has its own', () => {
    expect(expectedSeconds(after(), model)).toBe(5);
    expect(expectedSeconds(after(), { id: 'core' })).toBe(15);
  });

  it('are the median of the last five images of the model', () => {
    expect(expectedSeconds(after(7), model)).toBe(7);
    expect(expectedSeconds(after(7, 9), model)).toBe(8);
    expect(expectedSeconds(after(100, 100, 1, 9, 2, 8, 3), model)).toBe(3);
  });

  it('leave the durations before unchanged', () => {
    const durations = after(7);
    addDuration(durations, 'core', 9);
    expect(durations.get('core')).toEqual([7]);
  });
});

describe('repeats', () => {
  const delay = (members: Partial<Parameters<typeof repeatDelay>[0]>) => repeatDelay({ code: 'THROTTLED', repeats: 0, random: 0, ...members });

  it('wait for Retry-After, and up to a quarter longer so that tiles are not repeated at once', () => {
    expect([delay({ retryAfter: 12 }), delay({ retryAfter: 12, random: 1 })]).toEqual([12_000, 15_000]);
  });

  it('wait five seconds without Retry-After', () => {
    expect([delay({}), delay({ retryAfter: 0 })]).toEqual([5_000, 5_000]);
  });

  it('end after five times', () => {
    expect([delay({ repeats: MAX_REPEATS - 1 }), delay({ repeats: MAX_REPEATS })]).toEqual([5_000, undefined]);
  });

  it('of a request whose first attempt is running last longer than a function', () => {
    expect(delay({ code: 'IN_PROGRESS', repeats: 19, retryAfter: 2 })).toBe(2_000);
    expect(delay({ code: 'IN_PROGRESS', repeats: 20, retryAfter: 2 })).toBeUndefined();
  });

  it('do not wait for more than two minutes', () => {
    expect([delay({ retryAfter: 120 }), delay({ retryAfter: 121 })]).toEqual([120_000, undefined]);
  });

  it('are not made for errors that may have been charged, or that repeat', () => {
    for (const code of ['MODEL_ERROR', 'MODEL_TIMEOUT', 'INTERNAL', 'QUOTA_EXCEEDED', 'CONTENT_FILTERED', 'INVALID_REQUEST', 'UNAUTHENTICATED'] as const) {
      expect(delay({ code, retryAfter: 1 })).toBeUndefined();
    }
    for (const code of ['THROTTLED', 'MODEL_BUSY', 'IN_PROGRESS'] as const) expect(delay({ code })).toBeDefined();
  });
});

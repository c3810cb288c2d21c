import { withRetries } from '../../../src/handlers/generation/retry';
import { ApiError } from '../../../src/handlers/shared/api-error';
import { throttled } from '../../helpers/world';

const clock = {
  time: 0,
  slept: [] as number[],
  now: () => clock.time,
  sleep: async (milliseconds: number) => {
    clock.slept.push(milliseconds);
    clock.time += milliseconds;
  },
};
beforeEach(() => Object.assign(clock, { time: 0, slept: [] }));

/** Fails with these errors, then succeeds. */
const failing = (...errors: Error[]) => jest.fn(async () => {
  const error = errors.shift();
  if (error) throw error;
  return 'image';
});

describe('withRetries', () => {
  it('retries calls that were not charged, with exponential backoff', async () => {
    expect(await withRetries(failing(throttled(), throttled()), 60_000, clock, () => 1)).toBe('image');
    expect(clock.slept).toEqual([500, 1000]);
  });

  it('waits at least half of the backoff', async () => {
    await withRetries(failing(throttled(), throttled()), 60_000, clock, () => 0);
    expect(clock.slept).toEqual([250, 500]);
  });

  it('throws the last error after three calls', async () => {
    const call = failing(throttled(), throttled(), new ApiError('MODEL_BUSY', 'busy', { repeatable: true }));
    await expect(withRetries(call, 60_000, clock)).rejects.toMatchObject({ code: 'MODEL_BUSY' });
    expect(call).toHaveBeenCalledTimes(3);
  });

  it.each([new ApiError('MODEL_ERROR', 'may have been charged'), new TypeError('bug')])('does not retry after %s', async (error) => {
    const call = failing(error);
    await expect(withRetries(call, 60_000, clock)).rejects.toBe(error);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('retries if the second call has 4 seconds', async () => {
    const call = failing(throttled());
    expect(await withRetries(call, 4_500, clock, () => 1)).toBe('image');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('does not retry if the second call has less than 4 seconds', async () => {
    const call = failing(throttled());
    await expect(withRetries(call, 4_499, clock, () => 1)).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(call).toHaveBeenCalledTimes(1);
    expect(clock.slept).toEqual([]);
  });
});

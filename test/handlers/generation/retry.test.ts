import { withRetries } from '../../../src/handlers/generation/retry';
import { ApiError } from '../../../src/handlers/shared/errors';
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

const failing = (...errors: Error[]) => jest.fn(async () => {
  const error = errors.shift();
  if (error) throw error;
  return 'drawn';
});

describe('withRetries', () => {
  it('repeats what was surely not charged, waiting longer each time', async () => {
    const attempt = failing(throttled(), throttled());
    expect(await withRetries(attempt, 60_000, clock, () => 1)).toBe('drawn');
    expect(clock.slept).toEqual([500, 1000]);
  });

  it('waits at least half of that, however the dice fall', async () => {
    await withRetries(failing(throttled(), throttled()), 60_000, clock, () => 0);
    expect(clock.slept).toEqual([250, 500]);
  });

  it('gives up after three attempts, with the last error', async () => {
    const attempt = failing(throttled(), throttled(), new ApiError('MODEL_BUSY', 'busy', { repeatable: true }));
    await expect(withRetries(attempt, 60_000, clock)).rejects.toMatchObject({ code: 'MODEL_BUSY' });
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  it.each([new ApiError('MODEL_ERROR', 'may have been charged'), new TypeError('bug')])('does not repeat %s', async (error) => {
    const attempt = failing(error);
    await expect(withRetries(attempt, 60_000, clock)).rejects.toBe(error);
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it.each([[4_500, 2], [4_499, 1]])('with %i ms left makes %i attempt(s): a call that cannot finish may be charged all the same', async (left, attempts) => {
    const attempt = failing(throttled());
    await withRetries(attempt, left, clock, () => 1).catch((error: ApiError) => expect(error.code).toBe('THROTTLED'));
    expect(attempt).toHaveBeenCalledTimes(attempts);
    expect(clock.slept).toHaveLength(attempts - 1);
  });
});

import { throttleDelaySeconds } from '../../../src/handlers/jobs/job-limits';

describe('the delay of a throttled job', () => {
  it.each([
    [0, 0, 0, 3], [0, 0, 1, 5], [1, 0, 1, 10], [3, 0, 0.5, 30], [7, 0, 0, 320], [7, 0, 1, 640], [9, 0, 1, 640],
    [0, 20, 0, 10], [0, 20, 1, 20], [0, 2_000, 1, 900],
  ])('after %i throttled runs, with Retry-After %i and the random number %d, is %i seconds', (throttles, retryAfter, random, seconds) => {
    expect(throttleDelaySeconds(throttles, retryAfter, () => random)).toBe(seconds);
  });
});

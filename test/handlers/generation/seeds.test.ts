import * as fc from 'fast-check';
import { firstSeed, seeds } from '../../../src/handlers/generation/seeds';

const MAXIMUM = 4_294_967_294;
const anySeed = fc.integer({ min: 0, max: MAXIMUM });

describe('seeds', () => {
  it('are distinct, within the range, never 0, and begin with the one asked for', () => {
    fc.assert(fc.property(anySeed, fc.integer({ min: 1, max: 4 }), (requested, count) => {
      const first = firstSeed(requested, MAXIMUM);
      const all = seeds(first, count, MAXIMUM);
      expect(new Set(all).size).toBe(count);
      for (const seed of all) expect(seed > 0 && seed <= MAXIMUM).toBe(true);
      if (requested > 0) expect(all[0]).toBe(requested);
    }));
  });
});

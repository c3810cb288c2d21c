import * as fc from 'fast-check';
import { firstSeed, seeds } from '../../../src/handlers/generation/seeds';

const MAXIMUM = 4_294_967_294;
const anySeed = fc.integer({ min: 0, max: MAXIMUM });

it('seeds are distinct, from 1 to the maximum, and start with the requested one', () => {
  fc.assert(fc.property(anySeed, fc.integer({ min: 1, max: 4 }), (requested, count) => {
    const all = seeds(firstSeed(requested, MAXIMUM), count, MAXIMUM);
    expect(new Set(all).size).toBe(count);
    for (const seed of all) expect(seed > 0 && seed <= MAXIMUM).toBe(true);
    if (requested > 0) expect(all[0]).toBe(requested);
  }));
});

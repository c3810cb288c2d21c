import fc from 'fast-check';
import { seeds as apiSeeds } from '../../../src/handlers/generation/seeds';
import { MAX_IMAGES_IN_FLIGHT, planRun, startable } from '../../../src/playground/runs/plan';
import { seedsOf } from '../../../src/playground/runs/seeds';

/** Returns a function that returns the numbers again and again. */
const numbers = (...values: number[]) => {
  let position = 0;
  return () => values[position++ % values.length];
};
const OPTIONS = { count: 4, imagesPerCall: 1, seedLimits: { maximum: 1000 }, random: numbers(0.1, 0.2, 0.3, 0.4) };

it('a run is one request an image, each with its own seed', () => {
  expect(planRun({ ...OPTIONS, random: numbers(0.1, 0.2, 0.3, 0.4) })).toEqual([
    { count: 1, seed: 101, tiles: [0] },
    { count: 1, seed: 201, tiles: [1] },
    { count: 1, seed: 301, tiles: [2] },
    { count: 1, seed: 401, tiles: [3] },
  ]);
});

it('a model that generates several images in a call gets one request', () => {
  expect(planRun({ ...OPTIONS, imagesPerCall: 5, fixedSeed: 8 })).toEqual([{ count: 4, seed: 8, tiles: [0, 1, 2, 3] }]);
  expect(planRun({ ...OPTIONS, count: 4, imagesPerCall: 3, fixedSeed: 8 })).toEqual([
    { count: 3, seed: 8, tiles: [0, 1, 2] }, { count: 1, seed: 9, tiles: [3] },
  ]);
});

it('a model without seeds gets none', () => {
  expect(planRun({ ...OPTIONS, count: 2, seedLimits: undefined, fixedSeed: 8 })).toEqual([{ count: 1, tiles: [0] }, { count: 1, tiles: [1] }]);
});

it('a fixed seed counts up as in the API', () => {
  expect(planRun({ ...OPTIONS, fixedSeed: 999 }).map(({ seed }) => seed)).toEqual(apiSeeds(999, 4, 1000));
});

it('each tile of a run belongs to one request, and the requests have all images', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6 }), (count, imagesPerCall) => {
    const plan = planRun({ ...OPTIONS, count, imagesPerCall, random: Math.random });
    expect(plan.flatMap(({ tiles }) => tiles)).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(plan.filter((request) => request.count !== request.tiles.length || request.count > 4)).toEqual([]);
  }));
});

describe('seeds', () => {
  it('are distinct, from 1 to the maximum, also if the random numbers are all the same', () => {
    const share = fc.double({ min: 0, max: 0.9999999, noNaN: true });
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 4_294_967_294 }), share, (count, maximum, random) => {
      const seeds = seedsOf({ count, maximum, random: () => random });
      expect(new Set(seeds).size).toBe(Math.min(count, maximum));
      expect(seeds.filter((seed) => !(Number.isInteger(seed) && seed >= 1 && seed <= maximum))).toEqual([]);
    }));
  });

  it('of a fixed 0 are random', () => {
    expect(seedsOf({ count: 1, maximum: 10, fixedSeed: 0, random: () => 0.5 })).toEqual([6]);
  });
});

describe('requests in flight', () => {
  const of = (...counts: number[]) => counts.map((count) => ({ count }));

  it('have at most eight images together', () => {
    expect(startable(of(1, 1, 1), 0)).toBe(3);
    expect(startable(of(1, 1, 1), 7)).toBe(1);
    expect(startable(of(1), MAX_IMAGES_IN_FLIGHT)).toBe(0);
    expect(startable(of(4, 4, 4), 0)).toBe(2);
  });

  it('start in their order: a small one does not pass a large one', () => {
    expect(startable(of(4, 1), 5)).toBe(0);
  });
});

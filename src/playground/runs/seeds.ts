/** Seeds of images. The page chooses them, so that a lost image can be generated again. */

export interface SeedOptions {
  readonly count: number;
  readonly maximum: number;
  /** Seed that the user fixed. 0 and undefined: random seeds. */
  readonly fixedSeed?: number;
  /** Returns a number from 0 to below 1. */
  readonly random: () => number;
}

/** Returns distinct seeds: random ones from 1 to the maximum, or those that count up from a fixed one and continue at 1, as in the API. */
export function seedsOf({ count, maximum, fixedSeed, random }: SeedOptions): readonly number[] {
  if (fixedSeed) return Array.from({ length: count }, (_, index) => ((fixedSeed - 1 + index) % maximum) + 1);
  const seeds = new Set<number>();
  while (seeds.size < Math.min(count, maximum)) seeds.add(unused(Math.floor(random() * maximum) + 1, maximum, seeds));
  return [...seeds];
}

function unused(seed: number, maximum: number, seeds: ReadonlySet<number>): number {
  let candidate = seed;
  while (seeds.has(candidate)) candidate = (candidate % maximum) + 1;
  return candidate;
}

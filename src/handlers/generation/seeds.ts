import { randomInt } from 'node:crypto';

/** Returns the seed of the first image. If none is requested, it is chosen here and not by the model, so that a lost image can be generated again. */
export function firstSeed(requested: number | undefined, maximum = 1): number {
  return requested || randomInt(1, maximum + 1);
}

/** Returns distinct seeds that count up from the first one and continue at 1 after the maximum. */
export function seeds(first: number, count: number, maximum: number): number[] {
  return Array.from({ length: count }, (_, index) => ((first - 1 + index) % maximum) + 1);
}

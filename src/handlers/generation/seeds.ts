import { randomInt } from 'node:crypto';

/** 0 asks a model for a seed of its own choice; we choose ourselves, so that a picture lost on the way can be drawn again. */
export function firstSeed(requested: number | undefined, maximum = 1): number {
  return requested || randomInt(1, maximum + 1);
}

/** Distinct seeds, counting up from the first and starting over at 1. */
export function seeds(first: number, count: number, maximum: number): number[] {
  return Array.from({ length: count }, (_, index) => ((first - 1 + index) % maximum) + 1);
}

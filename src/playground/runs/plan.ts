/** The requests of a run, and which of them are in flight. */
import { seedsOf } from './seeds';
import { COUNT } from '../../private/contract/request-limits';

/** Maximum number of images that are requested at the same time. */
export const MAX_IMAGES_IN_FLIGHT = 8;

/** One request of a run. */
export interface PlannedRequest {
  /** Number of images: the `count` of the request. */
  readonly count: number;
  /** Seed of the request. Absent for a model without seeds. */
  readonly seed?: number;
  /** Positions of its tiles in the run. */
  readonly tiles: readonly number[];
}

export interface PlanOptions {
  /** Number of images of the run. */
  readonly count: number;
  /** Number of images that the model generates in one call. */
  readonly imagesPerCall: number;
  /** Limits of the seed. Absent for a model without seeds. */
  readonly seedLimits?: { readonly maximum: number };
  /** Seed that the user fixed. */
  readonly fixedSeed?: number;
  /** Returns a number from 0 to below 1. */
  readonly random: () => number;
}

/** Returns the requests of a run: one an image, so that each tile has its own result, or one for as many as the model generates in a call. */
export function planRun({ count, imagesPerCall, seedLimits, fixedSeed, random }: PlanOptions): readonly PlannedRequest[] {
  const perRequest = Math.max(1, Math.min(imagesPerCall, COUNT.maximum));
  const requests = Math.ceil(count / perRequest);
  const seeds = seedLimits && seedsOf({ count: requests, maximum: seedLimits.maximum, fixedSeed, random });
  return Array.from({ length: requests }, (_, index) => {
    const first = index * perRequest;
    const size = Math.min(perRequest, count - first);
    return { count: size, ...(seeds && { seed: seeds[index] }), tiles: Array.from({ length: size }, (__, offset) => first + offset) };
  });
}

/** Returns how many of the waiting requests can start, in their order. */
export function startable(waiting: readonly Pick<PlannedRequest, 'count'>[], imagesInFlight: number): number {
  let free = MAX_IMAGES_IN_FLIGHT - imagesInFlight;
  let started = 0;
  while (started < waiting.length && waiting[started].count <= free) free -= waiting[started++].count;
  return started;
}

/** How long images take: the median of the last five of this tab, before that the typical duration that the API reports. */
import { type Target } from '../../private/contract/responses';

/** Seconds of the last images by the id of their model. */
export type Durations = ReadonlyMap<string, readonly number[]>;

const KEPT = 5;
/** As the API estimates a model whose duration it does not know. */
const UNKNOWN_SECONDS = 15;

/** Returns the durations with those of a new image. */
export function addDuration(durations: Durations, modelId: string, seconds: number): Durations {
  return new Map([...durations, [modelId, [...durations.get(modelId) ?? [], seconds].slice(-KEPT)]]);
}

/** Returns the expected seconds of an image of a model. */
export function expectedSeconds(durations: Durations, { id, typicalSeconds }: Pick<Target, 'id' | 'typicalSeconds'>): number {
  const sorted = [...durations.get(id) ?? []].sort((a, b) => a - b);
  if (sorted.length === 0) return typicalSeconds ?? UNKNOWN_SECONDS;
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Progress of a batch. */
import { type BatchImage, type BatchResponse } from '../../private/contract/responses';

/** States in the order of the bar. Filtered items are failed jobs for the API. */
export const BATCH_STATES = ['succeeded', 'running', 'queued', 'filtered', 'failed', 'expired', 'deleted'] as const;
export type BatchState = typeof BATCH_STATES[number];

export interface BatchProgress {
  readonly total: number;
  /** Number of items by state, without states that no item has. */
  readonly counts: Readonly<Partial<Record<BatchState, number>>>;
  /** Items that are queued or running. */
  readonly open: number;
  /** Whether all items have ended. */
  readonly finished: boolean;
}

/** Returns the state of an item. */
export function batchState({ status, problem }: BatchImage): BatchState {
  return problem?.code === 'CONTENT_FILTERED' ? 'filtered' : status;
}

/** Returns the progress of a batch, from its items. */
export function batchProgress({ images }: Pick<BatchResponse, 'images'>): BatchProgress {
  const counts: Partial<Record<BatchState, number>> = {};
  for (const state of images.map(batchState)) counts[state] = (counts[state] ?? 0) + 1;
  const open = (counts.queued ?? 0) + (counts.running ?? 0);
  return { total: images.length, counts, open, finished: open === 0 };
}

/** Returns the text alternative of the bar: "7 of 12 ready, 1 generating, 4 queued". */
export function progressSummary({ total, counts }: BatchProgress): string {
  const words: Readonly<Partial<Record<BatchState, string>>> = {
    running: 'generating', queued: 'queued', filtered: 'filtered', failed: 'failed', expired: 'expired', deleted: 'deleted',
  };
  const others = BATCH_STATES.flatMap((state) => (words[state] !== undefined && counts[state] ? [`${counts[state]} ${words[state]}`] : []));
  return [`${counts.succeeded ?? 0} of ${total} ready`, ...others].join(', ');
}

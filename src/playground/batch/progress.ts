/** Progress of a batch. */
import { type BatchImage, type BatchResponse } from '../../private/contract/responses';

/** States in the order of the bar. */
export const BATCH_STATES = ['succeeded', 'running', 'queued', 'failed', 'expired', 'deleted'] as const;

export interface BatchProgress {
  readonly total: number;
  /** Number of items by state, without states that no item has. */
  readonly counts: Readonly<Partial<Record<BatchImage['status'], number>>>;
  /** Items that are queued or running. */
  readonly open: number;
  /** Whether all items have ended. */
  readonly finished: boolean;
}

/** Returns the progress of a batch, from its items. */
export function batchProgress({ images }: Pick<BatchResponse, 'images'>): BatchProgress {
  const counts: Partial<Record<BatchImage['status'], number>> = {};
  for (const { status } of images) counts[status] = (counts[status] ?? 0) + 1;
  const open = (counts.queued ?? 0) + (counts.running ?? 0);
  return { total: images.length, counts, open, finished: open === 0 };
}

/** Returns the text alternative of the bar: "7 of 12 ready, 1 generating, 4 queued". */
export function progressSummary({ total, counts }: BatchProgress): string {
  const words: Readonly<Partial<Record<BatchImage['status'], string>>> = {
    running: 'generating', queued: 'queued', failed: 'failed', expired: 'expired', deleted: 'deleted',
  };
  const others = BATCH_STATES.flatMap((state) => (words[state] !== undefined && counts[state] ? [`${counts[state]} ${words[state]}`] : []));
  return [`${counts.succeeded ?? 0} of ${total} ready`, ...others].join(', ');
}

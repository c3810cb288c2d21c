/** Texts of the Batch view. */
import { type Formats } from './formats';
import { message, type Message } from './message';
import { STATUS_LABELS } from './states';
import { type BatchImage } from '../../private/contract/responses';
import { batchState } from '../batch/progress';

export const NEW_BATCH = 'New batch';
export const BATCH_HINT = 'One prompt a line. A column of a spreadsheet can be pasted. The settings are for all of them.';

/** The label of an item. */
export function itemLabel(image: BatchImage): string {
  const state = batchState(image);
  return state === 'filtered' ? 'Filtered' : state === 'deleted' ? 'Cancelled or deleted' : STATUS_LABELS[state];
}

export interface BatchFacts {
  readonly createdAt: string;
  /** "7 of 12 ready" */
  readonly summary: string;
  /** Absent if the batch has ended, or if it is not known. */
  readonly secondsLeft?: number;
  /** Absent until the cost of an image is known. */
  readonly costUsd?: number;
}

/** The line below the title: "Started 09:24 · 7 of 12 ready · about 40 s left · about $0.48 in all". */
export function batchLine({ createdAt, summary, secondsLeft, costUsd }: BatchFacts, formats: Formats): string {
  return [
    `Started ${formats.moment(createdAt)}`,
    summary,
    ...(secondsLeft !== undefined && secondsLeft > 0 ? [`about ${formats.duration(secondsLeft)} left`] : []),
    ...(costUsd !== undefined ? [`about ${formats.money(costUsd)} so far`] : []),
  ].join(' · ');
}

/** The batch of the URL. */
export function batchMissing(): Message {
  return message('This batch does not exist', 'It has expired, or belongs to someone else.');
}

/** The request was not answered. */
export function batchUnsure(): Message {
  return message('The connection broke', 'The batch may be enqueued already. Trying again does not enqueue it a second time.', 'tryAgain');
}

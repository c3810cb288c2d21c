/** What was painted: a list of marks in image pixels, so that neither zoom nor the size of the window changes them. */
import { type Point, type Rectangle } from './geometry';

/** A stroke of the brush, or of the eraser. */
export interface Stroke {
  readonly type: 'stroke';
  readonly erases: boolean;
  /** Radius in image pixels. */
  readonly radius: number;
  readonly points: readonly Point[];
}

export interface RectangleMark {
  readonly type: 'rectangle';
  readonly rectangle: Rectangle;
}

export interface WholeMark {
  readonly type: 'invert' | 'clear';
}

export type Mark = Stroke | RectangleMark | WholeMark;

/** Marks with those that were undone. */
export interface History {
  readonly marks: readonly Mark[];
  /** The last one is redone first. */
  readonly undone: readonly Mark[];
}

export const EMPTY_HISTORY: History = { marks: [], undone: [] };

/** Adds a mark. What was undone cannot be redone after that. */
export function addMark({ marks }: History, mark: Mark): History {
  return { marks: [...marks, mark], undone: [] };
}

/** Undoes the last mark. */
export function undo({ marks, undone }: History): History {
  return marks.length === 0 ? { marks, undone } : { marks: marks.slice(0, -1), undone: [...undone, marks[marks.length - 1]] };
}

/** Redoes the mark that was undone last. */
export function redo({ marks, undone }: History): History {
  return undone.length === 0 ? { marks, undone } : { marks: [...marks, undone[undone.length - 1]], undone: undone.slice(0, -1) };
}

const CHECKPOINT_EVERY = 25;

/** Returns the number of marks in the newest bitmap that the canvas keeps. It is redrawn from there, so that a long list stays fast. */
export function checkpointOf({ marks }: History): number {
  return Math.floor(marks.length / CHECKPOINT_EVERY) * CHECKPOINT_EVERY;
}

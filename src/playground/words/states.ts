/** What tiles, runs and lists say about their state. */
import { type Formats } from './formats';
import { type ImageStatus } from '../../private/contract/responses';
import { takesLonger } from '../runs/progress';
import { type Tile, type TileStateName } from '../runs/tile';

/** Labels of the states of tiles. */
export const TILE_LABELS: Readonly<Record<TileStateName, string>> = {
  sending: 'Sending',
  generating: 'Generating',
  queued: 'Queued',
  waiting: 'Waiting',
  ready: 'Ready',
  filtered: 'Filtered',
  failed: 'Failed',
  unsure: 'Not known',
  cancelled: 'Cancelled',
  expired: 'Expired',
  deleted: 'Deleted',
};

/** Labels of the states of records and of the items of a batch. */
export const STATUS_LABELS: Readonly<Record<ImageStatus | 'deleted', string>> = {
  queued: 'Queued',
  running: 'Generating',
  succeeded: 'Ready',
  failed: 'Failed',
  expired: 'Expired',
  deleted: 'Deleted',
};

/** The texts beside the bar of a tile. */
export interface ProgressText {
  /** "Generating image 4" */
  readonly title: string;
  /** "5 s of about 6 s" */
  readonly time: string;
}

export interface ProgressOptions {
  /** Position of the tile in its run, from 1. Absent for a run of one image. */
  readonly number?: number;
  readonly elapsedSeconds: number;
  readonly expectedSeconds: number;
  /** Estimate of the API for a queued job. */
  readonly estimatedSeconds?: number;
}

/** Returns the texts of a tile that is generated or queued. */
export function progressText(
  state: 'sending' | 'generating' | 'queued', { number, elapsedSeconds, expectedSeconds, estimatedSeconds }: ProgressOptions, formats: Formats,
): ProgressText {
  if (state === 'queued') {
    const left = estimatedSeconds === undefined ? undefined : estimatedSeconds - elapsedSeconds;
    return { title: 'Queued', time: left === undefined || left <= 0 ? '' : `about ${formats.duration(left)}` };
  }
  const title = `${TILE_LABELS[state]}${number === undefined ? '' : ` image ${number}`}`;
  if (state === 'sending') return { title, time: '' };
  const elapsed = formats.duration(Math.floor(elapsedSeconds));
  if (takesLonger(elapsedSeconds, expectedSeconds)) return { title: 'Taking longer than usual', time: elapsed };
  return { title, time: `${elapsed} of about ${formats.duration(expectedSeconds)}` };
}

/** Returns what is announced when a tile ends: "Image 2 of 4 is ready". Returns undefined for a state that is not announced. */
export function tileAnnouncement(state: TileStateName, number: number, count: number): string | undefined {
  const words: Partial<Record<TileStateName, string>> = {
    ready: 'is ready', filtered: 'was filtered', failed: 'failed', unsure: 'has an unknown result', cancelled: 'was cancelled',
  };
  const word = words[state];
  return word === undefined ? undefined : `Image ${number} of ${count} ${word}`;
}

const ENDED: readonly TileStateName[] = ['ready', 'filtered', 'failed', 'unsure', 'cancelled', 'expired', 'deleted'];

/** Returns the state of a run: "3 of 4 ready", "4 of 4 ready", "3 of 4 ready, 1 filtered". */
export function runSummary(tiles: readonly Pick<Tile, 'state'>[]): string {
  const count = (state: TileStateName) => tiles.filter((tile) => tile.state === state).length;
  const others = (['filtered', 'failed', 'cancelled', 'unsure'] as const).filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${TILE_LABELS[state].toLowerCase()}`);
  return [`${count('ready')} of ${tiles.length} ready`, ...others].join(', ');
}

/** Returns whether no tile of a run is on its way. */
export function isFinished(tiles: readonly Pick<Tile, 'state'>[]): boolean {
  return tiles.every(({ state }) => ENDED.includes(state));
}

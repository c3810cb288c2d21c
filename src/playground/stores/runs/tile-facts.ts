import { type Run } from './run';
import { isEdit } from '../../models/form';
import { type Tile } from '../../runs/tile';

/** Returns the id of the job that a tile waits for. */
export function jobOf(tile: Tile): string | undefined {
  return 'jobId' in tile ? tile.jobId : undefined;
}

/** Returns the id of the record that a tile shows. */
export function recordIdOf(tile: Tile): string | undefined {
  return 'image' in tile ? tile.image?.record.id : undefined;
}

/** Returns the ids of the jobs and records that tiles show. */
export function idsOf(tiles: readonly Tile[]): readonly string[] {
  return [...new Set(tiles.flatMap((tile) => jobOf(tile) ?? recordIdOf(tile) ?? []))];
}

/** Returns whether the result of a tile is lost when the page is closed. A job continues. */
export function isDirect(tile: Tile): boolean {
  return tile.state === 'sending' || tile.state === 'waiting' || (tile.state === 'generating' && tile.jobId === undefined);
}

/** Returns the runs of Create. Edits have a view of their own. */
export function createRunsOf(runs: readonly Run[]): readonly Run[] {
  return runs.filter(({ form }) => !isEdit(form.target));
}

/** Returns the newest run of Create. */
export function newestOf(runs: readonly Run[]): Run | undefined {
  return createRunsOf(runs)[0];
}

/** The strip of versions: the image that was opened, and what was made of it. Any of them can be the start of the next edit. */
import { type Signal } from '@preact/signals-core';
import { type EditInput } from './edit-input';
import { isEdit } from '../../models/form';
import { type Tile } from '../../runs/tile';
import { operationWords } from '../../words/operations';
import { type Run } from '../runs/run';

/** One click on the button of the form. */
export interface Step {
  readonly run: Run;
  /** Key of the version that it started from. */
  readonly from: string;
}

export interface Version {
  readonly key: string;
  /** "Original", "1 · Replace". */
  readonly label: string;
  /** Absent for the image that was opened. */
  readonly tile?: Signal<Tile>;
  readonly run?: Run;
  /** Key of the version that it was made from. Absent for the image that was opened. */
  readonly from?: string;
  /** Absent while there is no image. */
  readonly image?: EditInput;
}

export const ORIGINAL = 'original';

/** Returns the versions in their order. Deleted ones are left out. */
export function versionsOf(original: EditInput | undefined, steps: readonly Step[]): readonly Version[] {
  if (!original) return [];
  const results = steps.flatMap(({ run, from }) => run.tiles.filter((tile) => tile.value.state !== 'deleted').map((tile) => ({ run, from, tile })));
  return [
    { key: ORIGINAL, label: 'Original', image: original },
    ...results.map(({ run, from, tile }, index): Version => {
      const image = imageOf(tile.value);
      return { key: tile.value.id, label: `${index + 1} · ${nameOf(run)}`, tile, run, from, ...(image && { image }) };
    }),
  ];
}

/** Returns the version whose image the next edit starts from: the selected one, or if it has no image the one that it was made from. */
export function inputVersion(versions: readonly Version[], selected: string): Version | undefined {
  const version = versions.find(({ key }) => key === selected) ?? versions[0];
  if (!version || version.image) return version;
  return inputVersion(versions, version.from ?? ORIGINAL);
}

function imageOf(tile: Tile): EditInput | undefined {
  return tile.state === 'ready' ? { kind: 'stored', ...tile.image } : undefined;
}

function nameOf({ form: { target } }: Run): string {
  if (!isEdit(target)) return '';
  const { family, label } = operationWords(target);
  return family ?? label;
}

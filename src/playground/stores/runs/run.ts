import { type Signal } from '@preact/signals-core';
import { type JsonObject } from '../../../private/contract/json-object';
import { type Form } from '../../models/form';
import { type FormValues } from '../../models/values';
import { type Tile } from '../../runs/tile';

/** One request of a run, and the tiles that show its images. */
export interface RunRequest {
  /** Absent for a job whose id is in the URL: it was sent before the page was loaded. */
  readonly body?: JsonObject;
  /** Number of images. */
  readonly count: number;
  readonly tiles: readonly Signal<Tile>[];
}

/** The images of one click on Generate. */
export interface Run {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly form: Form;
  /** Values of the form at the click. */
  readonly values: FormValues;
  /** Width divided by height of its images. */
  readonly ratio: number;
  readonly tiles: readonly Signal<Tile>[];
  /** Body of the first request, for the code. Absent for a run from the URL. */
  readonly body?: JsonObject;
}

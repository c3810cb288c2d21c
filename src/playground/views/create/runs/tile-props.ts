import { type Signal } from '@preact/signals';
import { type Tile } from '../../../runs/tile';
import { type Run } from '../../../stores/runs/run';

export interface TileProps {
  readonly tile: Signal<Tile>;
  readonly run: Run;
}

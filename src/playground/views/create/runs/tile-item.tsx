import { TileBusy } from './tile-busy';
import { TileMessage } from './tile-message';
import { type TileProps } from './tile-props';
import { TileReady } from './tile-ready';

/** One image of a run, in its final shape from the click on. */
export function TileItem({ tile, run }: TileProps) {
  const current = tile.value;
  switch (current.state) {
    case 'sending':
    case 'generating':
    case 'queued': return <TileBusy tile={tile} run={run} />;
    case 'ready': return <TileReady image={current.image} run={run} seconds={current.seconds} tile={tile} />;
    default: return <TileMessage tile={tile} run={run} />;
  }
}

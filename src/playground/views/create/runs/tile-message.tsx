import { type TileProps } from './tile-props';
import { tileMessage } from './tile-words';
import { useTileAction } from './use-tile-action';
import { Button } from '../../../parts/button';
import { usePage } from '../../../parts/context';
import { cssVariables } from '../../../parts/css-variables';
import { Icon } from '../../../parts/icon';
import { type IconName } from '../../../parts/icon-paths';
import { useNow } from '../../../parts/use-now';
import { type Tile, type TileStateName } from '../../../runs/tile';

const ICONS: Readonly<Partial<Record<TileStateName, IconName>>> = {
  waiting: 'clock', filtered: 'filtered', failed: 'warning', unsure: 'offline', cancelled: 'ban', expired: 'expired',
};

/** A tile without an image: what happened, and what to do. */
export function TileMessage({ tile, run }: TileProps) {
  const page = usePage();
  const current: Tile = tile.value;
  useNow(current.state === 'waiting', 1000);
  const act = useTileAction({ tile, run });
  const { title, text, actions } = tileMessage(current, run, page);
  const hasRequest = run.body !== undefined;
  return (
    <li class="tile" onKeyDown={(event) => { if (event.key === 'Escape' && current.state === 'waiting') act('cancel'); }}>
      <div class="frame bad" style={cssVariables({ ratio: run.ratio })}>
        <div class="state">
          <Icon name={ICONS[current.state] ?? 'warning'} />
          <h3>{title}</h3>
          <p class="num">{text}</p>
          <div class="row">
            {actions.filter(({ action }) => hasRequest || action === 'openGallery').map(({ action, label }, index) => (
              <Button key={action} size="small" kind={index === 0 ? undefined : 'ghost'} onClick={() => act(action)}>{label}</Button>
            ))}
          </div>
        </div>
      </div>
      <p class="cap" aria-hidden="true"><span>&nbsp;</span></p>
    </li>
  );
}

import { type Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { TileMenu } from './tile-menu';
import { TileTools } from './tile-tools';
import { altText } from '../../../library/prompts';
import { usePage, useWorkspace } from '../../../parts/context';
import { cssVariables } from '../../../parts/css-variables';
import { Icon } from '../../../parts/icon';
import { DeleteDialog } from '../../../parts/images/delete-dialog';
import { imageKeys } from '../../../parts/images/image-keys';
import { openHere } from '../../../parts/images/open-here';
import { StoredImage } from '../../../parts/images/stored-image';
import { useImageActions } from '../../../parts/images/use-image-actions';
import { type Tile, type TileImage } from '../../../runs/tile';
import { type Run } from '../../../stores/runs/run';
import { warningMessage } from '../../../words/situations';

export interface TileReadyProps {
  readonly tile: Signal<Tile>;
  readonly image: TileImage;
  readonly run: Run;
  readonly seconds?: number;
}

/** A finished image, with its tools. */
export function TileReady({ image: { record, index }, run, seconds }: TileReadyProps) {
  const { navigation, library, formats, hasGallery } = usePage();
  const { runs } = useWorkspace();
  const [isDeleting, setDeleting] = useState(false);
  const actions = useImageActions(record, index);
  const view = actions.view ?? record.images[index];
  const alt = altText(library.promptOf(record), { seed: view?.seed, operation: record.operation });
  const reference = { id: record.id, index };
  const remove = hasGallery ? () => setDeleting(true) : undefined;
  const warning = warningMessage(record.warning);
  // the URLs of a deleted or expired image cannot be renewed
  const onFailed = async () => {
    const result = await library.load(record.id);
    if (result.ok && result.value.status === 'expired') runs.expired(result.value);
    else if (!result.ok && 'problem' in result && result.problem.code === 'NOT_FOUND') runs.deleted(record.id);
  };
  return (
    <li class="tile" onKeyDown={imageKeys({ ...actions, remove })}>
      <div class="media on-image">
        <a class="frame" href={navigation.href({ view: 'image', image: reference })} data-image style={cssVariables({ ratio: run.ratio })} onClick={(event) => openHere(event, () => navigation.openDetails(reference))}>
          <StoredImage record={record} index={index} alt={alt} onFailed={() => void onFailed()} />
        </a>
        <TileTools actions={actions}><TileMenu actions={actions} reference={reference} onDelete={remove} /></TileTools>
      </div>
      <div class="cap num">
        <span>{view?.seed === undefined ? ' ' : `Seed ${view.seed}`}</span>
        {seconds !== undefined && <span class="only-desk">{formats.number(Math.round(seconds * 10) / 10)} s</span>}
        <span class="only-touch">
          {actions.download && <a class="icon-btn" href={actions.download.href} download={actions.download.name} aria-label="Download" title="Download"><Icon name="download" /></a>}
          <TileMenu actions={actions} reference={reference} onDelete={remove} />
        </span>
      </div>
      {warning && <p class="hint warn" role="alert"><b>{warning.title}.</b> {warning.text}</p>}
      {isDeleting && <DeleteDialog ids={[record.id]} files={record.images.length} onClose={() => setDeleting(false)} />}
    </li>
  );
}

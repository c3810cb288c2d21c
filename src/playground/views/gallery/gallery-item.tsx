import { useState } from 'preact/hooks';
import { GalleryState } from './gallery-state';
import { type Selection } from './use-selection';
import { type ImageResponse } from '../../../private/contract/responses';
import { daysLeftLabel } from '../../library/expiry';
import { promptText } from '../../library/prompts';
import { usePage } from '../../parts/context';
import { cssVariables } from '../../parts/css-variables';
import { Icon } from '../../parts/icon';
import { DeleteDialog } from '../../parts/images/delete-dialog';
import { imageKeys } from '../../parts/images/image-keys';
import { openHere } from '../../parts/images/open-here';
import { StoredImage } from '../../parts/images/stored-image';
import { useImageActions } from '../../parts/images/use-image-actions';

export interface GalleryItemProps {
  readonly record: ImageResponse;
  readonly index: number;
  readonly selection: Selection;
}

/** An image of the gallery. It opens the details, or is ticked while images are selected. */
export function GalleryItem({ record, index, selection }: GalleryItemProps) {
  const { library, navigation, formats } = usePage();
  const [isDeleting, setDeleting] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const actions = useImageActions(record, index);
  const view = record.images[index];
  const style = cssVariables({ ratio: (view ? view.width / view.height : 1).toFixed(4) });
  const isSelected = selection.selected.has(record.id);
  const left = daysLeftLabel(record, formats.now());
  const hasImage = record.status === 'succeeded' && view !== undefined && !isBroken;
  const reference = { id: record.id, index };
  const open = (event: MouseEvent) => openHere(event, () => navigation.openDetails(reference));
  const tick = (event: MouseEvent | KeyboardEvent) => {
    event.preventDefault();
    selection.toggle(record.id, event.shiftKey);
  };
  return (
    <li style={style} class="on-image" onKeyDown={imageKeys({ ...actions, remove: () => setDeleting(true) })}>
      <a
        class={hasImage ? 'frame' : 'frame bad'}
        href={navigation.href({ view: 'image', image: reference })}
        style={style}
        data-image
        role={selection.isActive ? 'checkbox' : undefined}
        aria-checked={selection.isActive ? isSelected : undefined}
        onClick={selection.isActive ? tick : open}
        onKeyDown={(event) => { if (selection.isActive && event.key === ' ') tick(event); }}
      >
        {hasImage
          ? <StoredImage record={record} index={index} isLazy onFailed={() => setBroken(true)} />
          : <GalleryState record={record} isBroken={isBroken} />}
        {selection.isActive && <span class="tick" aria-hidden="true">{isSelected && <Icon name="check" />}</span>}
      </a>
      {hasImage && <span class="who clip" aria-hidden="true">{promptText(library.promptOf(record))}</span>}
      {hasImage && left !== undefined && <span class="left num">{left}</span>}
      {isDeleting && <DeleteDialog ids={[record.id]} files={Math.max(1, record.images.length)} onClose={() => setDeleting(false)} />}
    </li>
  );
}

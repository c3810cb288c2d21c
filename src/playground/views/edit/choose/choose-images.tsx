import { useEffect } from 'preact/hooks';
import { type ImageResponse } from '../../../../private/contract/responses';
import { usePage, useWorkspace } from '../../../parts/context';
import { cssVariables } from '../../../parts/css-variables';
import { openHere } from '../../../parts/images/open-here';
import { StoredImage } from '../../../parts/images/stored-image';
import { recordIdOf } from '../../../stores/runs/tile-facts';
import { NO_IMAGES_TO_EDIT } from '../../../words/editor';

/** The images of this tab and the newest ones of the gallery. */
export function ChooseImages({ isLoading }: { readonly isLoading: boolean }) {
  const { gallery, library, hasGallery, navigation } = usePage();
  const { runs } = useWorkspace();
  useEffect(() => { if (hasGallery) void gallery.refresh(); }, []);
  const ofThisTab = runs.runs.value.flatMap(({ tiles }) => tiles).flatMap((tile) => recordIdOf(tile.value) ?? []);
  const ids = new Set([...ofThisTab, ...gallery.images.value.map(({ id }) => id)]);
  const images = [...ids].flatMap((id) => library.records.value.get(id) ?? []).filter(({ status }) => status === 'succeeded').flatMap(filesOf);
  const isEmpty = images.length === 0 && !isLoading && (!hasGallery || gallery.state.value === 'ready');
  if (isEmpty) return <p class="hint">{NO_IMAGES_TO_EDIT}</p>;
  return (
    <ul class="just choose" aria-busy={isLoading}>
      {images.map(({ record, index }) => {
        const view = record.images[index];
        const ratio = cssVariables({ ratio: (view.width / view.height).toFixed(4) });
        const location = { view: 'edit', image: { id: record.id, index }, fields: {} } as const;
        return (
          <li key={`${record.id}/${index}`} class="on-image" style={ratio}>
            <a class="frame" style={ratio} data-image href={navigation.href(location)} onClick={(event) => openHere(event, () => navigation.go(location))}>
              <StoredImage record={record} index={index} isLazy />
            </a>
          </li>
        );
      })}
    </ul>
  );
}

/** Files that have a URL. A record has one or several. */
function filesOf(record: ImageResponse): readonly { readonly record: ImageResponse; readonly index: number }[] {
  return record.images.map((_, index) => ({ record, index }));
}

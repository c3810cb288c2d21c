import { useEffect, useState } from 'preact/hooks';
import { GalleryDay } from './gallery-day';
import { GalleryFoot } from './gallery-foot';
import { GalleryHead } from './gallery-head';
import { useSelection } from './use-selection';
import { type ImageResponse } from '../../../private/contract/responses';
import { type GallerySize } from '../../location';
import { usePage } from '../../parts/context';
import { cssVariables } from '../../parts/css-variables';
import { DeleteDialog } from '../../parts/images/delete-dialog';
import { addStyles } from '../../parts/view-styles';
import styles from '../../styles/gallery.view.css';
import { useViewFocus } from '../frame/use-view-focus';

addStyles(styles);

/** Height of the rows. */
const HEIGHTS: Readonly<Record<GallerySize, string>> = { s: '9rem', m: '14.5rem', l: '22rem' };

/** The images of the caller, newest first, by day. */
export function GalleryView() {
  const { gallery, formats, library, navigation } = usePage();
  const base = navigation.base.value;
  const size = base.view === 'gallery' ? base.size : 'm';
  const heading = useViewFocus('Gallery');
  const selection = useSelection(gallery.images.value);
  const [isDeleting, setDeleting] = useState(false);
  useEffect(() => void gallery.refresh(), []);
  const records = [...selection.selected].flatMap((id) => library.records.value.get(id) ?? []);
  return (
    <main class={`page${selection.isActive ? ' selecting' : ''}`} id="main" tabIndex={-1}>
      <GalleryHead heading={heading} size={size} selection={selection} onDelete={() => setDeleting(true)} />
      <div class="day-list" style={cssVariables({ size: HEIGHTS[size] })}>
        {daysOf(gallery.images.value, formats.relativeDay).map(([day, images]) => (
          <GalleryDay key={day} day={day} images={images} selection={selection} />
        ))}
      </div>
      <GalleryFoot />
      {isDeleting && (
        <DeleteDialog
          ids={[...selection.selected]}
          files={records.reduce((sum, { images }) => sum + Math.max(1, images.length), 0)}
          onClose={(isDeleted) => {
            setDeleting(false);
            if (isDeleted) selection.end();
          }}
        />
      )}
    </main>
  );
}

function daysOf(images: readonly ImageResponse[], dayOf: (at: string) => string): readonly (readonly [string, readonly ImageResponse[]])[] {
  const days = new Map<string, ImageResponse[]>();
  for (const image of images) {
    const day = dayOf(image.createdAt);
    days.set(day, [...days.get(day) ?? [], image]);
  }
  return [...days];
}

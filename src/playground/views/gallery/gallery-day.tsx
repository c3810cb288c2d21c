import { GalleryItem } from './gallery-item';
import { type Selection } from './use-selection';
import { type ImageResponse } from '../../../private/contract/responses';

export interface GalleryDayProps {
  /** "Today", or a date. */
  readonly day: string;
  readonly images: readonly ImageResponse[];
  readonly selection: Selection;
}

/** The images of a day, in rows of about the same height. A record of several files is as many images. */
export function GalleryDay({ day, images, selection }: GalleryDayProps) {
  return (
    <section class="day">
      <h2>{day}</h2>
      <ul class="just">
        {images.flatMap((record) => Array.from({ length: Math.max(1, record.images.length) }, (_, index) => (
          <GalleryItem key={`${record.id}/${index}`} record={record} index={index} selection={selection} />
        )))}
      </ul>
    </section>
  );
}

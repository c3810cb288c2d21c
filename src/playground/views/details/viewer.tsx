import { useNeighbors } from './use-neighbors';
import { type ImageResponse } from '../../../private/contract/responses';
import { usePage } from '../../parts/context';
import { IconButton } from '../../parts/icon-button';
import { StoredImage } from '../../parts/images/stored-image';
import { GalleryState } from '../gallery/gallery-state';

export interface ImageOfRecord {
  readonly record: ImageResponse;
  readonly index: number;
}

/** The image, with the ones before and after it. */
export function Viewer({ record, index }: ImageOfRecord) {
  const { navigation } = usePage();
  const { previous, next } = useNeighbors(record.id, index);
  return (
    <div class="viewer on-image" data-image tabIndex={0} role="group" aria-label="Image">
      {record.images[index]
        ? <StoredImage key={`${record.id}/${index}`} record={record} index={index} />
        : <GalleryState record={record} isBroken={false} />}
      {previous && <IconButton icon="left" label="Previous image" className="nav previous" onClick={() => navigation.openDetails(previous)} />}
      {next && <IconButton icon="right" label="Next image" className="nav next" onClick={() => navigation.openDetails(next)} />}
    </div>
  );
}

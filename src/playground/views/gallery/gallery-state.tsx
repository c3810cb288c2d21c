import { type ImageResponse } from '../../../private/contract/responses';
import { usePage } from '../../parts/context';
import { Icon } from '../../parts/icon';
import { STATUS_LABELS } from '../../words/states';

export interface GalleryStateProps {
  readonly record: ImageResponse;
  /** Whether the image exists, but cannot be loaded. */
  readonly isBroken: boolean;
}

/** A record without an image: a job that is queued or has failed, or an image that was deleted after its retention. */
export function GalleryState({ record, isBroken }: GalleryStateProps) {
  const { formats, library } = usePage();
  const { status, imageExpiresAt, problem } = record;
  const prompt = library.promptOf(record);
  const isFiltered = problem?.code === 'CONTENT_FILTERED';
  const label = isBroken ? 'This image could not be loaded'
    : status === 'expired' ? `Deleted on ${formats.day(imageExpiresAt)}` : isFiltered ? 'Filtered' : STATUS_LABELS[status];
  const icon = isFiltered ? 'filtered' : isBroken || status === 'failed' ? 'warning' : status === 'expired' ? 'expired' : 'clock';
  return (
    <span class="gone">
      <Icon name={icon} />
      <span>{label}</span>
      {prompt.kept && <span class="gone-prompt">{prompt.text}</span>}
    </span>
  );
}

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
  const { status, imageExpiresAt } = record;
  const prompt = library.promptOf(record);
  const label = isBroken ? 'This image could not be loaded' : status === 'expired' ? `Deleted on ${formats.day(imageExpiresAt)}` : STATUS_LABELS[status];
  return (
    <span class="gone">
      <Icon name={isBroken || status === 'failed' ? 'warning' : status === 'expired' ? 'expired' : 'clock'} />
      <span>{label}</span>
      {prompt.kept && <span class="gone-prompt">{prompt.text}</span>}
    </span>
  );
}

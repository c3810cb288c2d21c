import { type BatchImage, type ImageResponse } from '../../../private/contract/responses';
import { batchState } from '../../batch/progress';
import { promptText } from '../../library/prompts';
import { usePage } from '../../parts/context';
import { Icon } from '../../parts/icon';
import { openHere } from '../../parts/images/open-here';
import { StoredImage } from '../../parts/images/stored-image';
import { useImageActions } from '../../parts/images/use-image-actions';
import { useProblemMessage } from '../../parts/use-problem-message';
import { itemLabel } from '../../words/batch';

export interface BatchRowProps {
  readonly image: BatchImage;
  /** Absent for a batch of another tab. */
  readonly prompt?: string;
}

/** An image of a batch. */
export function BatchRow({ image, prompt }: BatchRowProps) {
  const { library, navigation, formats } = usePage();
  const record = library.records.value.get(image.id);
  const ready = image.status === 'succeeded' && record?.status === 'succeeded' ? record : undefined;
  const reference = { id: image.id, index: 0 };
  const href = navigation.href({ view: 'image', image: reference });
  const text = prompt ?? (record ? promptText(library.promptOf(record)) : '');
  const seconds = ready?.completedAt === undefined ? undefined : (Date.parse(ready.completedAt) - Date.parse(ready.createdAt)) / 1000;
  const open = (event: MouseEvent) => openHere(event, () => navigation.openDetails(reference));
  return (
    <tr>
      <td class="pic">
        {ready
          ? <a href={href} class="on-image" data-image onClick={open}><StoredImage record={ready} index={0} isLazy /></a>
          : <span class="ph" />}
      </td>
      <td class="prompt-cell">{ready ? <a href={href} onClick={open}>{text}</a> : text}{image.problem && <Problem image={image} />}</td>
      <td><span class={`dot ${batchState(image)}`}>{itemLabel(image)}</span></td>
      <td class="only-desk">{seconds !== undefined && formats.duration(seconds)}</td>
      <td>{ready && <Download record={ready} />}</td>
    </tr>
  );
}

function Problem({ image: { problem } }: { readonly image: BatchImage }) {
  return <p class="hint">{useProblemMessage()(problem!).text}</p>;
}

function Download({ record }: { readonly record: ImageResponse }) {
  const { download } = useImageActions(record, 0);
  if (!download) return null;
  return <a class="icon-btn" href={download.href} download={download.name} aria-label="Download" title="Download"><Icon name="download" /></a>;
}

import { useEffect, useState } from 'preact/hooks';
import { DetailsSide } from './details-side';
import { useInForm } from './use-in-form';
import { Viewer } from './viewer';
import { type ImageResponse } from '../../../private/contract/responses';
import { type ImageReference } from '../../location';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { Dialog } from '../../parts/dialog';
import { imageKeys } from '../../parts/images/image-keys';
import { useImageActions } from '../../parts/images/use-image-actions';
import { addStyles } from '../../parts/view-styles';
import styles from '../../styles/details.view.css';
import { imageMissing } from '../../words/situations';

addStyles(styles);

/** The image of the URL as large as possible, above the view it was opened from. */
export function DetailsDialog() {
  const image = usePage().navigation.details.value;
  return image ? <ImageDialog image={image} /> : null;
}

function ImageDialog({ image }: { readonly image: ImageReference }) {
  const { library, navigation } = usePage();
  const record = library.records.value.get(image.id);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    setMissing(false);
    if (!library.records.peek().has(image.id)) void library.load(image.id).then((result) => setMissing(!result.ok));
  }, [image.id]);
  const close = () => navigation.closeDetails();
  return (
    <Dialog label="Image" className="full" onClose={close}>
      {record
        ? <Details record={record} index={Math.min(image.index, Math.max(0, record.images.length - 1))} />
        : <Missing isMissing={isMissing} onClose={close} />}
    </Dialog>
  );
}

function Details({ record, index }: { readonly record: ImageResponse; readonly index: number }) {
  const { sameAgain, variations, ...actions } = useImageActions(record, index);
  const inForm = useInForm();
  const onKeyDown = imageKeys({
    ...actions, ...(sameAgain && { sameAgain: inForm(sameAgain) }), ...(variations && { variations: inForm(variations) }),
  });
  return (
    <div class="details" onKeyDown={onKeyDown}>
      <Viewer record={record} index={index} />
      <DetailsSide record={record} index={index} />
    </div>
  );
}

const MISSING = imageMissing();

function Missing({ isMissing, onClose }: { readonly isMissing: boolean; readonly onClose: () => void }) {
  return (
    <div class="centered">
      <div class="card" role="status">
        <h1 class="plain">{isMissing ? MISSING.title : 'Loading'}</h1>
        {isMissing && <p>{MISSING.text}</p>}
        <div class="end"><Button onClick={onClose}>Close</Button></div>
      </div>
    </div>
  );
}

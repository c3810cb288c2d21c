import { useInForm } from './use-in-form';
import { type ImageOfRecord } from './viewer';
import { Button } from '../../parts/button';
import { Icon } from '../../parts/icon';
import { useImageActions } from '../../parts/images/use-image-actions';

/** Buttons for the actions of an image. Actions that need the form close the details. */
export function DetailsActions({ record, index }: ImageOfRecord) {
  const { download, copyLink, sameAgain, variations, edit, applySettings, applyPrompt } = useImageActions(record, index);
  const inForm = useInForm();
  return (
    <div class="actions">
      {download && <a class="btn primary" href={download.href} download={download.name}><Icon name="download" />Download</a>}
      {copyLink && <Button icon="link" onClick={() => void copyLink()}>Copy link</Button>}
      {sameAgain && <Button icon="dice" onClick={inForm(sameAgain)}>Same again</Button>}
      {variations && <Button icon="grid" onClick={inForm(variations)}>4 variations</Button>}
      {edit && <Button icon="brush" onClick={edit}>Edit</Button>}
      {applySettings && <Button icon="settings" onClick={inForm(applySettings)}>Use all settings</Button>}
      {applyPrompt && <Button icon="pencil" onClick={inForm(applyPrompt)}>Use prompt</Button>}
    </div>
  );
}

import { useState } from 'preact/hooks';
import { DetailsActions } from './details-actions';
import { DetailsFacts } from './details-facts';
import { type ImageOfRecord } from './viewer';
import { type ImageResponse } from '../../../private/contract/responses';
import { promptText } from '../../library/prompts';
import { requestBody } from '../../models/request-body';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { IconButton } from '../../parts/icon-button';
import { DeleteDialog } from '../../parts/images/delete-dialog';
import { settingsOf } from '../../stores/settings-of';
import { CodeBlock } from '../code/code-block';

/** Prompt, actions, facts and code of an image. */
export function DetailsSide({ record, index }: ImageOfRecord) {
  const { library, navigation, hasGallery, connection } = usePage();
  /** The image that is asked about, also if another one is shown by then. */
  const [deleting, setDeleting] = useState<ImageResponse | undefined>(undefined);
  const prompt = library.promptOf(record);
  const settings = settingsOf(record, index, prompt, connection.capabilities.value!);
  const seed = record.images[index]?.seed;
  return (
    <aside class="side" aria-label="About this image">
      <div class="scroll">
        <div class="row top-row">
          <h1 class="plain grow">{promptText(prompt)}</h1>
          <IconButton icon="close" label="Close" onClick={() => navigation.closeDetails()} />
        </div>
        {record.enhancedPrompt !== undefined && <p class="hint">Elaborated: {record.enhancedPrompt}</p>}
        <DetailsActions record={record} index={index} />
        <DetailsFacts record={record} index={index} />
        {settings && <CodeBlock label="The same by code" body={requestBody(settings.form, settings.values, { count: 1, ...(seed !== undefined && { seed }) })} />}
        {hasGallery && <Button kind="ghost danger" icon="trash" onClick={() => setDeleting(record)}>Delete</Button>}
      </div>
      {deleting && (
        <DeleteDialog
          ids={[deleting.id]} files={Math.max(1, deleting.images.length)}
          onClose={(isDeleted) => {
            setDeleting(undefined);
            if (isDeleted) navigation.closeDetails();
          }}
        />
      )}
    </aside>
  );
}

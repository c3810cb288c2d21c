import { useId, useRef, useState } from 'preact/hooks';
import { describedBy, FieldNotes } from './field-frame';
import { type FieldProps } from './field-props';
import { uploadFile } from '../../api/upload';
import { toBase64 } from '../../library/base64';
import { promptText } from '../../library/prompts';
import { imageIssue } from '../../models/image-limits';
import { CHOOSE_FILE, FILE_TYPES, unreadableFile } from '../../words/editor';
import { Button } from '../button';
import { usePage } from '../context';
import { IconButton } from '../icon-button';
import { StoredImage } from '../images/stored-image';
import { readBrowserFile } from '../read-browser-file';

/** Files above this are uploaded, so that the body has space for another image. */
const MAX_INLINE_BYTES = 2_000_000;
const SHOWN = 6;

/** The file that was chosen last, or why it cannot be used. */
interface ChosenFile {
  readonly value?: string;
  readonly url?: string;
  readonly problem?: string;
}

/** An input image: one of those that the page knows, or a file. */
export function ImageField({ field, value, issue, onChange }: FieldProps) {
  const page = usePage();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<ChosenFile>({});
  const records = [...page.library.records.value.values()].filter(({ status, images }) => status === 'succeeded' && images[0]?.url !== undefined);
  const selected = records.find((record) => record.id === value);
  const choose = async (chosen: File) => {
    const image = await readBrowserFile(chosen);
    const wrong = image ? field.parameter.type === 'image' && imageIssue(image, field.parameter) : unreadableFile();
    const next = wrong ? undefined : chosen.size > MAX_INLINE_BYTES ? await uploadFile(page, chosen) : await toBase64(chosen);
    setFile(next === undefined ? { problem: wrong || 'The file could not be uploaded. Try again.' } : { value: next, url: image!.url });
    onChange(next);
  };
  const preview = selected ? <StoredImage record={selected} index={0} alt="" /> : value !== undefined && file.value === value ? <img src={file.url} alt="" /> : undefined;
  return (
    <div class="field" role="group" aria-labelledby={`${id}-label`} aria-describedby={describedBy(id)}>
      <span id={`${id}-label`} class="label">{field.label}</span>
      <div class="row">
        {value !== undefined && <span class="thumbnail">{preview ?? '…'}</span>}
        <input
          ref={input} type="file" class="vh" tabIndex={-1} accept={FILE_TYPES} aria-label={`${field.label}: ${CHOOSE_FILE}`}
          onChange={({ currentTarget: { files } }) => { if (files?.[0]) void choose(files[0]); }}
        />
        <Button size="small" icon="upload" onClick={() => input.current?.click()}>{CHOOSE_FILE}</Button>
        {value !== undefined && <IconButton icon="close" label={`Remove: ${field.label}`} onClick={() => onChange(undefined)} />}
      </div>
      {value === undefined && records.length > 0 && (
        <div class="row thumbnails">
          {records.slice(-SHOWN).map((record) => (
            <button key={record.id} type="button" class="thumbnail" aria-label={`Use: ${promptText(page.library.promptOf(record))}`} onClick={() => onChange(record.id)}>
              <StoredImage record={record} index={0} alt="" isLazy />
            </button>
          ))}
        </div>
      )}
      <FieldNotes id={id} hint={field.hint} issue={file.problem ?? issue} />
    </div>
  );
}

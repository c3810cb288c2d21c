import { type BoardMode } from './board-mode';
import { InputImage } from './input-image';
import { usePage } from '../../../parts/context';
import { Icon } from '../../../parts/icon';
import { useImageActions } from '../../../parts/images/use-image-actions';
import { type StoredInput } from '../../../stores/edit/edit-input';
import { type Version } from '../../../stores/edit/versions';
import { CHOOSE_ANOTHER } from '../../../words/editor';
import { TILE_LABELS } from '../../../words/states';
import { useEditor } from '../use-editor';

export interface StripProps {
  readonly mode: BoardMode;
  readonly canCompare: boolean;
  readonly onMode: (mode: BoardMode) => void;
}

/** The versions, and what can be done with the selected one. */
export function Strip({ mode, canCompare, onMode }: StripProps) {
  const { navigation } = usePage();
  const editor = useEditor();
  const image = editor.selected.value?.image;
  const chooseAnother = () => {
    editor.close();
    navigation.go({ view: 'edit', fields: {} });
  };
  return (
    <div class="strip">
      <ul class="versions" aria-label="Versions">
        {editor.versions.value.map((version) => <StripItem key={version.key} version={version} />)}
      </ul>
      <span class="grow" />
      {canCompare && (
        <div class="segment" role="group" aria-label="View">
          <button type="button" aria-pressed={mode === 'edit'} onClick={() => onMode('edit')}>Edit</button>
          <button type="button" aria-pressed={mode === 'compare'} onClick={() => onMode('compare')}>Compare</button>
        </div>
      )}
      {image?.kind === 'stored' && <DownloadLink image={image} />}
      <button type="button" class="btn ghost small" data-choose-image onClick={chooseAnother}><Icon name="image" />{CHOOSE_ANOTHER}</button>
    </div>
  );
}

function StripItem({ version: { key, label, image, tile } }: { readonly version: Version }) {
  const editor = useEditor();
  const isSelected = editor.selected.value?.key === key;
  const state = tile && !image ? TILE_LABELS[tile.value.state] : undefined;
  return (
    <li>
      <button type="button" class="version" aria-current={isSelected ? 'true' : undefined} onClick={() => editor.selectVersion(key)}>
        {image ? <InputImage input={image} alt="" /> : <span class={`thumb${tile && isWorking(tile.value.state) ? ' working' : ''}`}><Icon name="image" /></span>}
        <span>{label}{state !== undefined && <span class="vh">, {state}</span>}</span>
      </button>
    </li>
  );
}

function isWorking(state: string): boolean {
  return state === 'sending' || state === 'generating' || state === 'queued';
}

function DownloadLink({ image: { record, index } }: { readonly image: StoredInput }) {
  const { download } = useImageActions(record, index);
  if (!download) return null;
  return <a class="icon-btn" href={download.href} download={download.name} aria-label="Download" title="Download"><Icon name="download" /></a>;
}

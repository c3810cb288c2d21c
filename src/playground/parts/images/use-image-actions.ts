import { usePage, useWorkspace } from '../context';
import { useCopy } from '../copy';
import { useImageSource } from './stored-image';
import { type ImageResponse, type ImageView } from '../../../private/contract/responses';
import { fileName } from '../../library/file-name';
import { imageId } from '../../library/image-id';
import { isUsable } from '../../library/urls';
import { type FormValues } from '../../models/values';
import { settingsOf } from '../../stores/settings-of';
import { linkCopied } from '../../words/situations';

const VARIATIONS = 4;
const VARIATION_STRENGTH = 0.5;

export interface ImageActions {
  readonly view: ImageView | undefined;
  /** Address and name of the file. Absent if the image cannot be downloaded. */
  readonly download?: { readonly href: string; readonly name: string };
  /** Absent for an image without a URL. */
  readonly copyLink?: () => Promise<void>;
  /** Generates the image again with a new seed. Absent if the settings of the image are not known. */
  readonly sameAgain?: () => void;
  /** Absent if the settings of the image are not known. */
  readonly variations?: () => void;
  /** Absent for an API without edits, and for an image that was not stored. */
  readonly edit?: () => void;
  /** Copies the settings of the image to the form. Absent if they are not known. */
  readonly applySettings?: () => void;
  /** Copies the prompt to the form. Absent if the prompt was not stored. */
  readonly applyPrompt?: () => void;
}

/** Returns the actions of an image for all views that show it. */
export function useImageActions(shown: ImageResponse, index: number): ImageActions {
  const { library, connection, formats, navigation } = usePage();
  const copy = useCopy();
  const record = library.records.value.get(shown.id) ?? shown;
  const view = record.images[index];
  const href = useImageSource(view);
  const settingsActions = useSettingsActions(record, index);

  async function copyLink(): Promise<void> {
    if (!isUsable(view, Date.now())) await library.renew(record.id);
    const { url, expiresAt } = library.records.peek().get(record.id)?.images[index] ?? view;
    if (url !== undefined) await copy(url, expiresAt === undefined ? 'Copied' : linkCopied(expiresAt, formats));
  }
  return {
    view,
    ...(href !== undefined && { download: { href, name: fileName(library.promptOf(record), view) } }),
    ...(view?.url !== undefined && { copyLink }),
    ...(view?.url !== undefined && connection.capabilities.value!.edits && {
      edit: () => navigation[navigation.details.peek() ? 'replace' : 'go']({ view: 'edit', image: { id: record.id, index }, fields: {} }),
    }),
    ...settingsActions,
  };
}

/** Returns the actions that generate with the settings of an image, or copy them to the form. */
function useSettingsActions(record: ImageResponse, index: number): Pick<ImageActions, 'sameAgain' | 'variations' | 'applySettings' | 'applyPrompt'> {
  const { library, connection, navigation, notices } = usePage();
  const { draft, start } = useWorkspace();
  const prompt = library.promptOf(record);
  const settings = settingsOf(record, index, prompt, connection.capabilities.value!);
  const showCreate = () => {
    if (navigation.location.peek().view !== 'create') navigation.go({ view: 'create', fields: draft.locationFields(), run: [] });
  };
  const again = (count: number, changes: FormValues = {}) => () => {
    showCreate();
    start({ ...settings!.values, ...changes, seed: undefined }, settings!, count);
  };
  // a model that takes an image varies this one, others generate it again with new seeds
  const parameters = settings?.form.target.parameters ?? {};
  const takesImage = 'image' in parameters && 'strength' in parameters && record.images[index]?.url !== undefined;
  const fromImage = takesImage ? { image: imageId({ id: record.id, index }), strength: VARIATION_STRENGTH } : {};
  return {
    ...(settings && {
      sameAgain: again(1),
      variations: again(VARIATIONS, fromImage),
      applySettings() {
        draft.use(settings.form.target.id, settings.values);
        showCreate();
        notices.show(settings.complete ? 'The form has the settings of the image.' : 'The form has prompt, model, seed and shape. This API keeps no other settings.');
      },
    }),
    ...(prompt.kept && {
      applyPrompt() {
        draft.set('prompt', prompt.text);
        showCreate();
      },
    }),
  };
}

import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { type ImageReference } from '../../location';
import { usePage } from '../../parts/context';
import { referenceOf } from '../../stores/edit/edit-input';
import { type Editor } from '../../stores/edit/editor';
import { type Page } from '../../stores/page';

export interface EditLocationState {
  /** Whether the image of the URL is being requested. */
  readonly isLoading: boolean;
  /** Whether the image of the URL does not exist. */
  readonly isMissing: boolean;
}

/** Milliseconds after the last change at which it is written to the URL. */
const WRITE_AFTER_MS = 300;

/** Opens the image of the URL, and keeps the image, the operation and its values in the URL. */
export function useEditLocation(editor: Editor): EditLocationState {
  const page = usePage();
  const base = page.navigation.base.value;
  const image = base.view === 'edit' ? base.image : undefined;
  const [state, setState] = useState<EditLocationState>({ isLoading: image !== undefined && !editor.has(image), isMissing: false });
  useEffect(() => {
    if (base.view === 'edit') editor.read(base.operation, base.fields);
  }, []);
  useEffect(() => {
    if (!image || editor.has(image)) return setState({ isLoading: false, isMissing: false });
    setState({ isLoading: true, isMissing: false });
    void openReference(image, editor, page).then((isOpened) => setState({ isLoading: false, isMissing: !isOpened }));
  }, [image?.id, image?.index]);
  useEffect(() => writeLocation(editor, page), []);
  return state;
}

async function openReference({ id, index }: ImageReference, editor: Editor, { library }: Page): Promise<boolean> {
  const known = library.records.peek().get(id);
  const record = known ?? await library.load(id).then((result) => (result.ok ? result.value : undefined));
  if (record?.status !== 'succeeded' || record.images[index] === undefined) return false;
  editor.open({ kind: 'stored', record, index });
  return true;
}

/** Writes the state of the editor to the URL while the view is shown. Returns a function that ends this. */
function writeLocation(editor: Editor, { navigation }: Page): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const input = editor.input.value;
    const image = input && referenceOf(input);
    const operation = editor.edit.value.operation;
    // the fields depend on both
    void editor.values.value;
    clearTimeout(timer);
    if (!input) return;
    timer = setTimeout(() => {
      const current = navigation.location.peek();
      if (current.view === 'edit') navigation.replace({ view: 'edit', ...(image && { image }), operation, fields: editor.write() });
    }, WRITE_AFTER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

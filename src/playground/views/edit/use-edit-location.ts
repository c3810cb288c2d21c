import { type RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ImageReference, type PageLocation } from '../../location';
import { usePage } from '../../parts/context';
import { referenceOf } from '../../stores/edit/edit-input';
import { type Editor } from '../../stores/edit/editor';
import { type Page } from '../../stores/page';
import { writeLater } from '../../stores/write-later';
import { imageMissing } from '../../words/situations';

export interface EditLocationState {
  /** Whether the image of the URL is being requested. */
  readonly isLoading: boolean;
  /** Whether the image of the URL does not exist. */
  readonly isMissing: boolean;
}

const LOADED: EditLocationState = { isLoading: false, isMissing: false };

/** Opens the image of the URL, and keeps the image, the operation and its values in the URL. */
export function useEditLocation(editor: Editor): EditLocationState {
  const page = usePage();
  const base = page.navigation.base.value;
  const image = base.view === 'edit' ? base.image : undefined;
  const [state, setState] = useState<EditLocationState>(LOADED);
  /** What this view has written itself. */
  const written = useRef('');
  useEffect(() => {
    if (base.view === 'edit' && settingsOf(base) !== written.current) editor.applyFields(base.operation, base.fields);
  }, [base]);
  useEffect(() => {
    if (!image || editor.selectImage(image)) return setState(LOADED);
    let isCurrent = true;
    setState({ isLoading: true, isMissing: false });
    void openReference(image, { editor, page, isCurrent: () => isCurrent }).then((isOpened) => {
      if (!isCurrent) return;
      setState({ isLoading: false, isMissing: !isOpened });
      // the image that is open stays
      if (!isOpened && editor.input.peek()) page.notices.show(imageMissing().title);
    });
    return () => { isCurrent = false; };
  }, [image?.id, image?.index]);
  useEffect(() => writeLocation(editor, page, written), []);
  return state;
}

/** The operation and its values, to compare locations. */
function settingsOf(location: PageLocation): string {
  return location.view === 'edit' ? JSON.stringify([location.operation, location.fields]) : '';
}

interface OpenOptions {
  readonly editor: Editor;
  readonly page: Page;
  /** Returns whether the URL still has the image. */
  readonly isCurrent: () => boolean;
}

async function openReference({ id, index }: ImageReference, { editor, page: { library }, isCurrent }: OpenOptions): Promise<boolean> {
  const known = library.records.peek().get(id);
  const record = known ?? await library.load(id).then((result) => (result.ok ? result.value : undefined));
  if (record?.status !== 'succeeded' || record.images[index] === undefined) return false;
  if (isCurrent()) editor.open({ kind: 'stored', record, index });
  return true;
}

/** Writes the state of the editor to the URL while the view is shown. Returns a function that ends this. */
function writeLocation(editor: Editor, { navigation }: Page, written: RefObject<string>): () => void {
  const read = () => [editor.input.value, editor.edit.value, editor.values.value];
  return writeLater(read, () => {
    const input = editor.input.peek();
    if (!input || navigation.location.peek().view !== 'edit') return;
    const image = referenceOf(input);
    const location: PageLocation = { view: 'edit', ...(image && { image }), operation: editor.edit.peek().operation, fields: editor.locationFields() };
    written.current = settingsOf(location);
    navigation.replace(location);
  });
}

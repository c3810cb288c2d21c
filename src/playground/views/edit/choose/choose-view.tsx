import { type RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ChooseImages } from './choose-images';
import { Button } from '../../../parts/button';
import { usePage } from '../../../parts/context';
import { Note } from '../../../parts/note';
import { readFile } from '../../../stores/edit/read-file';
import { CHOOSE_FILE, FILE_TYPES, imageMissing, unreadableFile } from '../../../words/editor';
import { emptyEdit, unusableFile } from '../../../words/situations';
import { useEditor } from '../use-editor';

export interface ChooseViewProps {
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly isLoading: boolean;
  readonly isMissing: boolean;
}

/** Edit without an image: those of the caller, or a file. Files are also dropped and pasted anywhere on the page. */
export function ChooseView({ heading, isLoading, isMissing }: ChooseViewProps) {
  const { droppedFile } = usePage();
  const editor = useEditor();
  const [isUnreadable, setUnreadable] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const { title, text } = emptyEdit();

  async function open(file: File): Promise<void> {
    setUnreadable(false);
    const image = await readFile(file, { decode: (blob) => createImageBitmap(blob), createUrl: (blob) => URL.createObjectURL(blob) });
    if (image) editor.open(image);
    else setUnreadable(true);
  }
  useEffect(() => {
    const file = droppedFile.value;
    if (!file) return;
    droppedFile.value = undefined;
    void open(file);
  }, [droppedFile.value]);
  const problem = isUnreadable ? unusableFile(unreadableFile()) : isMissing ? imageMissing() : undefined;
  return (
    <>
      <header>
        <div class="grow stack"><h1 ref={heading} tabIndex={-1}>{title}</h1><p class="hint">{text}</p></div>
        <input
          ref={input} type="file" class="vh" tabIndex={-1} accept={FILE_TYPES} aria-label={CHOOSE_FILE}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            currentTarget.value = '';
            if (file) void open(file);
          }}
        />
        <Button kind="primary" icon="upload" onClick={() => input.current?.click()}>{CHOOSE_FILE}</Button>
      </header>
      {problem && <Note tone="danger" icon="warning" title={problem.title}>{problem.text}</Note>}
      <ChooseImages isLoading={isLoading} />
    </>
  );
}

import { type RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { ChooseImages } from './choose-images';
import { Button } from '../../../parts/button';
import { Note } from '../../../parts/note';
import { CHOOSE_FILE, FILE_TYPES, unreadableFile } from '../../../words/editor';
import { emptyEdit, imageMissing, unusableFile } from '../../../words/situations';
import { type Files } from '../use-files';

export interface ChooseViewProps {
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly isLoading: boolean;
  readonly isMissing: boolean;
  readonly files: Files;
}

/** Edit without an image: those of the caller, or a file. Files are also dropped and pasted anywhere on the page. */
export function ChooseView({ heading, isLoading, isMissing, files }: ChooseViewProps) {
  const input = useRef<HTMLInputElement>(null);
  const { title, text } = emptyEdit();
  const problem = files.isUnreadable ? unusableFile(unreadableFile()) : isMissing ? imageMissing() : undefined;
  return (
    <>
      <header>
        <div class="grow stack"><h1 ref={heading} tabIndex={-1}>{title}</h1><p class="hint">{text}</p></div>
        <input
          ref={input} type="file" class="vh" tabIndex={-1} accept={FILE_TYPES} aria-label={CHOOSE_FILE}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            currentTarget.value = '';
            if (file) files.open(file);
          }}
        />
        <Button kind="primary" icon="upload" onClick={() => input.current?.click()}>{CHOOSE_FILE}</Button>
      </header>
      {problem && <Note tone="danger" icon="warning" title={problem.title}>{problem.text}</Note>}
      <ChooseImages isLoading={isLoading} />
    </>
  );
}

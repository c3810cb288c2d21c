import { useEffect, useState } from 'preact/hooks';
import { usePage } from '../../parts/context';
import { readBrowserFile } from '../../parts/read-browser-file';
import { type Editor } from '../../stores/edit/editor';
import { unreadableFile } from '../../words/editor';

export interface Files {
  readonly isUnreadable: boolean;
  readonly open: (file: File) => void;
}

/** Opens files: chosen ones, and those that are dropped or pasted on the page. A file that cannot be shown changes nothing. */
export function useFiles(editor: Editor): Files {
  const { droppedFile, notices } = usePage();
  const [isUnreadable, setUnreadable] = useState(false);

  async function open(file: File): Promise<void> {
    setUnreadable(false);
    const image = await readBrowserFile(file);
    if (image) return editor.open(image);
    setUnreadable(true);
    if (editor.input.peek()) notices.show(unreadableFile());
  }
  useEffect(() => {
    const file = droppedFile.value;
    if (!file) return;
    droppedFile.value = undefined;
    void open(file);
  }, [droppedFile.value]);
  return { isUnreadable, open: (file) => void open(file) };
}

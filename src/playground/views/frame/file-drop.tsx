import { useEffect } from 'preact/hooks';
import { usePage } from '../../parts/context';

/** Opens an image that is dropped or pasted anywhere on the page in Edit. Only for an API with edits. */
export function FileDrop() {
  const { droppedFile, navigation, connection } = usePage();
  const hasEdits = connection.capabilities.value?.edits !== undefined;
  useEffect(() => {
    if (!hasEdits) return undefined;
    const open = (event: Event, data: DataTransfer | null) => {
      const files = [...data?.files ?? []];
      // without an image, Edit says which files it opens; the browser would leave the page
      const file = files.find(({ type }) => type.startsWith('image/')) ?? files[0];
      if (!file) return;
      event.preventDefault();
      droppedFile.value = file;
      if (navigation.location.peek().view !== 'edit') navigation.go({ view: 'edit', fields: {} });
    };
    const onDrop = (event: DragEvent) => open(event, event.dataTransfer);
    const onPaste = (event: ClipboardEvent) => {
      // text processors add a picture of the text
      const isText = (event.target as HTMLElement).matches('input, textarea') && event.clipboardData?.types.includes('text/plain');
      if (!isText) open(event, event.clipboardData);
    };
    // without this, the browser opens the file instead of the page
    const onDragOver = (event: DragEvent) => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault(); };
    window.addEventListener('drop', onDrop);
    window.addEventListener('paste', onPaste);
    window.addEventListener('dragover', onDragOver);
    return () => {
      window.removeEventListener('drop', onDrop);
      window.removeEventListener('paste', onPaste);
      window.removeEventListener('dragover', onDragOver);
    };
  }, [hasEdits]);
  return null;
}

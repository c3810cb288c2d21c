import { useEffect, useRef } from 'preact/hooks';
import { type BoardMode } from './board-mode';
import { type Editor } from '../../../stores/edit/editor';

/** Shows before and after when the version that the user waits for is ready, and the image alone when another one is selected. */
export function useAutoCompare(editor: Editor, setMode: (mode: BoardMode) => void): void {
  const selected = editor.selected.value;
  const waitsFor = useRef<string | undefined>(undefined);
  const isReady = selected?.image !== undefined;
  useEffect(() => {
    if (selected?.tile && !isReady) {
      waitsFor.current = selected.key;
      return;
    }
    setMode(selected !== undefined && waitsFor.current === selected.key ? 'compare' : 'edit');
    waitsFor.current = undefined;
  }, [selected?.key, isReady]);
}

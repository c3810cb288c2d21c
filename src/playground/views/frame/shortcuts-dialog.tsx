import { Fragment } from 'preact';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { Dialog } from '../../parts/dialog';

const SHORTCUTS: readonly (readonly [keys: string, text: string])[] = [
  ['Ctrl ↵', 'Generate (form)'],
  ['/', 'Go to the prompt'],
  ['?', 'Show this list'],
  ['← →', 'Previous and next image'],
  ['↵', 'Open an image'],
  ['D', 'Download'],
  ['L', 'Copy the link'],
  ['S', 'Same again, with a new seed'],
  ['V', 'Four variations'],
  ['E', 'Edit'],
  ['Delete', 'Delete'],
  ['Esc', 'Close a dialog, cancel a waiting image'],
];

/** Keys of the canvas of Edit. */
const CANVAS: typeof SHORTCUTS = [
  ['B E R', 'Brush, eraser, rectangle'],
  ['[ ]', 'Size of the brush'],
  ['↑ ↓ Space', 'Move the brush, paint'],
  ['Ctrl Z', 'Undo, with Shift redo'],
  ['I', 'Invert the mask'],
  ['C', 'Show the image before, while held'],
  ['+ − 0', 'Zoom, fit'],
];

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const hasEdits = usePage().connection.capabilities.value?.edits !== undefined;
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose}>
      <div class="card">
        <h1 class="plain">Keyboard shortcuts</h1>
        <dl class="keys">
          {SHORTCUTS.map(([keys, text]) => <Fragment key={keys}><dt><kbd class="kbd">{keys}</kbd></dt><dd>{text}</dd></Fragment>)}
        </dl>
        <p class="hint">Single letters act on the image that has the focus.</p>
        {hasEdits && (
          <>
            <h2>On the image in Edit</h2>
            <dl class="keys">{CANVAS.map(([keys, text]) => <Fragment key={keys}><dt><kbd class="kbd">{keys}</kbd></dt><dd>{text}</dd></Fragment>)}</dl>
          </>
        )}
        <div class="end"><Button onClick={onClose}>Close</Button></div>
      </div>
    </Dialog>
  );
}

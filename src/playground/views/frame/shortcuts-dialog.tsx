import { Fragment } from 'preact';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { Dialog } from '../../parts/dialog';

type Shortcut = readonly [keys: string, text: string];

const PAGE_SHORTCUTS: readonly Shortcut[] = [
  ['Ctrl ↵', 'Generate (form)'],
  ['/', 'Go to the prompt'],
  ['?', 'Show this list'],
  ['← →', 'Previous and next image'],
  ['↵', 'Open an image'],
  ['D', 'Download'],
  ['L', 'Copy the link'],
  ['S', 'Same again, with a new seed'],
  ['V', '4 variations'],
  ['E', 'Edit'],
  ['Delete', 'Delete'],
  ['Esc', 'Close a dialog, cancel an image that is waiting'],
];

const CANVAS_SHORTCUTS: readonly Shortcut[] = [
  ['B E R', 'Brush, eraser, rectangle'],
  ['[ ]', 'Size of the brush'],
  ['↑ ↓ Space', 'Move the brush, paint'],
  ['Ctrl Z', 'Undo; with Shift: redo'],
  ['I', 'Invert the mask'],
  ['C', 'While held: show the image before the edit'],
  ['+ − 0', 'Zoom in, zoom out, fit'],
];

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const hasEdits = usePage().connection.capabilities.value?.edits !== undefined;
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose}>
      <div class="card">
        <h1 class="plain">Keyboard shortcuts</h1>
        <ShortcutList shortcuts={PAGE_SHORTCUTS} />
        <p class="hint">Single letters act on the image that has the focus.</p>
        {hasEdits && (
          <>
            <h2>On the image in Edit</h2>
            <ShortcutList shortcuts={CANVAS_SHORTCUTS} />
          </>
        )}
        <div class="end"><Button onClick={onClose}>Close</Button></div>
      </div>
    </Dialog>
  );
}

function ShortcutList({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }) {
  return <dl class="keys">{shortcuts.map(([keys, text]) => <Fragment key={keys}><dt><kbd class="kbd">{keys}</kbd></dt><dd>{text}</dd></Fragment>)}</dl>;
}

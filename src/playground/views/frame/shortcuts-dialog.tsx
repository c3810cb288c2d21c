import { Fragment } from 'preact';
import { Button } from '../../parts/button';
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

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose}>
      <div class="card">
        <h1 class="plain">Keyboard shortcuts</h1>
        <dl class="keys">
          {SHORTCUTS.map(([keys, text]) => <Fragment key={keys}><dt><kbd class="kbd">{keys}</kbd></dt><dd>{text}</dd></Fragment>)}
        </dl>
        <p class="hint">Single letters act on the image that has the focus.</p>
        <div class="end"><Button onClick={onClose}>Close</Button></div>
      </div>
    </Dialog>
  );
}

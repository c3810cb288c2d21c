import { useState } from 'preact/hooks';
import { ShortcutsDialog } from './shortcuts-dialog';
import { useGlobalKey } from '../../parts/use-global-key';

/** `?` shows the shortcuts. */
export function HelpKey() {
  const [isOpen, setOpen] = useState(false);
  useGlobalKey('?', () => setOpen(true));
  return isOpen ? <ShortcutsDialog onClose={() => setOpen(false)} /> : null;
}

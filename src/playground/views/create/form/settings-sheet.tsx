import { SettingsFields } from './settings-fields';
import { Button } from '../../../parts/button';
import { Dialog } from '../../../parts/dialog';
import { IconButton } from '../../../parts/icon-button';

/** The settings on narrow windows. */
export function SettingsSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog label="Settings" className="sheet-box" onClose={onClose}>
      <div class="sheet">
        <div class="grab" aria-hidden="true" />
        <div class="row"><h1 class="plain grow">Settings</h1><IconButton icon="close" label="Close" onClick={onClose} /></div>
        <SettingsFields />
        <Button kind="primary" size="big" wide onClick={onClose}>Done</Button>
      </div>
    </Dialog>
  );
}

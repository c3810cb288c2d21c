import { type ImageReference } from '../../../location';
import { usePage } from '../../../parts/context';
import { type ImageActions } from '../../../parts/images/use-image-actions';
import { Menu, MenuItem } from '../../../parts/menu';

export interface TileMenuProps {
  readonly actions: ImageActions;
  readonly reference: ImageReference;
  /** Absent for an API without a gallery. */
  readonly onDelete?: () => void;
}

/** All that can be done with an image. */
export function TileMenu({ actions: { copyLink, sameAgain, variations, edit, applySettings, applyPrompt }, reference, onDelete }: TileMenuProps) {
  const { navigation } = usePage();
  return (
    <Menu label="More">
      <MenuItem icon="enlarge" onClick={() => navigation.openDetails(reference)}>Details</MenuItem>
      {copyLink && <MenuItem icon="link" onClick={() => void copyLink()}>Copy link</MenuItem>}
      {sameAgain && <MenuItem icon="dice" onClick={sameAgain}>Same again</MenuItem>}
      {variations && <MenuItem icon="grid" onClick={variations}>4 variations</MenuItem>}
      {edit && <MenuItem icon="brush" onClick={edit}>Edit</MenuItem>}
      {applySettings && <MenuItem icon="settings" onClick={applySettings}>Use all settings</MenuItem>}
      {applyPrompt && <MenuItem icon="pencil" onClick={applyPrompt}>Use prompt</MenuItem>}
      {onDelete && <><hr /><MenuItem icon="trash" danger onClick={onDelete}>Delete</MenuItem></>}
    </Menu>
  );
}

import { type ComponentChildren } from 'preact';
import { Icon } from '../../../parts/icon';
import { IconButton } from '../../../parts/icon-button';
import { type ImageActions } from '../../../parts/images/use-image-actions';

export interface TileToolsProps {
  readonly actions: ImageActions;
  /** The menu with the other actions. */
  readonly children: ComponentChildren;
}

/** Tools on an image, shown by the pointer and by the focus. */
export function TileTools({ actions: { download, copyLink, sameAgain, variations, edit }, children }: TileToolsProps) {
  return (
    <div class="tools" role="toolbar" aria-label="Image">
      {download && <a class="icon-btn" href={download.href} download={download.name} aria-label="Download" title="Download"><Icon name="download" /></a>}
      {copyLink && <IconButton icon="link" label="Copy link" onClick={() => void copyLink()} />}
      {sameAgain && <IconButton icon="dice" label="Same again with a new seed" onClick={sameAgain} />}
      {variations && <IconButton icon="grid" label="4 variations" onClick={variations} />}
      {edit && <IconButton icon="brush" label="Edit" onClick={edit} />}
      {children}
    </div>
  );
}

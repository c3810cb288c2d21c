import { type RefObject } from 'preact';
import { type Selection } from './use-selection';
import { type GallerySize } from '../../location';
import { Button } from '../../parts/button';
import { usePage } from '../../parts/context';
import { radioKeys, radioProps } from '../../parts/radio-keys';

export interface GalleryHeadProps {
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly size: GallerySize;
  readonly selection: Selection;
  readonly onDelete: () => void;
}

const SIZES: Readonly<Record<GallerySize, string>> = { s: 'Small', m: 'Medium', l: 'Large' };
const NAMES = Object.keys(SIZES) as readonly GallerySize[];

/** Title, size of the images, and the selection. */
export function GalleryHead({ heading, size, selection, onDelete }: GalleryHeadProps) {
  const { navigation, gallery } = usePage();
  const select = (next: GallerySize) => navigation.replace({ view: 'gallery', size: next });
  const count = selection.selected.size;
  const isEmpty = gallery.images.value.length === 0;
  return (
    <header>
      <h1 class="grow" ref={heading} tabIndex={-1}>Gallery</h1>
      {!isEmpty && !selection.isActive && (
        <div class="segment only-desk" role="radiogroup" aria-label="Size of the images" onKeyDown={radioKeys(NAMES, select)}>
          {NAMES.map((name) => <button key={name} {...radioProps(name === size, false, true)} onClick={() => select(name)}>{SIZES[name]}</button>)}
        </div>
      )}
      {!isEmpty && !selection.isActive && <Button onClick={selection.start}>Select</Button>}
      {selection.isActive && (
        <div class="row">
          <span class="hint num" role="status">{count === 0 ? 'Choose images' : `${count} selected`}</span>
          {count > 0 && <Button kind="danger" icon="trash" onClick={onDelete}>Delete</Button>}
          <Button onClick={selection.end}>Done</Button>
        </div>
      )}
    </header>
  );
}

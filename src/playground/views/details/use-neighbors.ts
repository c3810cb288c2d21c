import { useEffect } from 'preact/hooks';
import { type ImageReference } from '../../location';
import { usePage, useWorkspace } from '../../parts/context';
import { createRunsOf } from '../../stores/runs/tile-facts';

interface Neighbors {
  readonly previous?: ImageReference;
  readonly next?: ImageReference;
}

/** Returns the images before and after one, in the view below. The arrow keys go to them. */
export function useNeighbors(id: string, index: number): Neighbors {
  const { navigation, gallery } = usePage();
  const { runs } = useWorkspace();
  const images = navigation.base.value.view === 'gallery'
    ? gallery.images.value.flatMap((record) => record.images.map((_, position) => ({ id: record.id, index: position })))
    : createRunsOf(runs.runs.value).flatMap(({ tiles }) => tiles.flatMap(({ value }) => (value.state === 'ready' ? [{ id: value.image.record.id, index: value.image.index }] : [])));
  const position = images.findIndex((image) => image.id === id && image.index === index);
  const previous = position > 0 ? images[position - 1] : undefined;
  const next = position >= 0 ? images[position + 1] : undefined;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = { ArrowLeft: previous, ArrowRight: next }[event.key];
      if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
      // a dialog above the details asks about this image
      const dialog = (event.target as HTMLElement).closest('dialog');
      if ((dialog && !dialog.matches('.full')) || (event.target as HTMLElement).closest('input, textarea, [role=radiogroup], .code')) return;
      event.preventDefault();
      navigation.openDetails(target);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [previous?.id, previous?.index, next?.id, next?.index]);
  return { ...(previous && { previous }), ...(next && { next }) };
}

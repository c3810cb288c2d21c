import { useRef } from 'preact/hooks';
import { Button } from '../../parts/button';
import { usePage, useWorkspace } from '../../parts/context';
import { Note } from '../../parts/note';
import { emptyGallery } from '../../words/situations';

/** The end of the gallery: the next page, an error, or that there are no images. */
export function GalleryFoot() {
  const { gallery, configuration: { retentionDays }, navigation } = usePage();
  const { draft } = useWorkspace();
  const foot = useRef<HTMLDivElement>(null);
  const isLoading = gallery.state.value !== 'ready';
  const isEmpty = gallery.images.value.length === 0;
  const failure = gallery.failure.value;

  async function showMore(): Promise<void> {
    const first = await gallery.more();
    if (first !== undefined) document.querySelector<HTMLElement>(`main [data-image][href*="${first}"]`)?.focus();
  }
  if (failure) {
    return (
      <div class="page-foot" ref={foot}>
        <Note tone="danger" icon="warning" title="The images could not be loaded">Nothing is lost.</Note>
        <Button onClick={() => void (isEmpty ? gallery.refresh() : showMore())}>Try again</Button>
      </div>
    );
  }
  if (isEmpty && isLoading) return <ul class="just skeleton" aria-label="Loading images">{[1, 1.5, 0.8, 1, 1.75, 1].map((ratio, index) => <li key={index} class={`r${ratio * 100}`}><div class="frame working" /></li>)}</ul>;
  if (isEmpty) {
    const { title, text } = emptyGallery(retentionDays);
    return (
      <div class="empty">
        <div class="stack"><h2 class="title">{title}</h2><p>{text}</p></div>
        <a class="btn primary" href={navigation.href({ view: 'create', fields: draft.locationFields(), run: [] })}>Create one</a>
      </div>
    );
  }
  return (
    <div class="page-foot">
      {gallery.hasMore.value && <Button busy={isLoading} onClick={() => { if (!isLoading) void showMore(); }}>Show more</Button>}
      {retentionDays !== undefined && <p class="hint">Images are kept for {retentionDays === 1 ? '1 day' : `${retentionDays} days`}, then deleted.</p>}
    </div>
  );
}

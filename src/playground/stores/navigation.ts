/** The view that is shown, from the fragment of the URL. */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { type ImageReference, type PageLocation, parseLocation, START, type Theme, writeLocation } from '../location';

/** The history of the browser. Tests use another one. */
export interface BrowserHistory {
  /** Returns the fragment of the URL. */
  read(): string;
  /** Replaces the current entry. */
  replace(fragment: string): void;
  /** Adds an entry. */
  push(fragment: string): void;
  back(): void;
}

/** A view without details above it. */
export type BaseLocation = Exclude<PageLocation, { readonly view: 'image' }>;

export interface Navigation {
  readonly location: ReadonlySignal<PageLocation>;
  /** The view, or the one below the details. */
  readonly base: ReadonlySignal<BaseLocation>;
  /** The image whose details are shown. */
  readonly details: ReadonlySignal<ImageReference | undefined>;
  /** The last location of Edit, so that its tab returns to the same image. */
  readonly lastEdit: ReadonlySignal<BaseLocation>;
  /** The last location of Batch, so that its tab returns to the same batch. */
  readonly lastBatch: ReadonlySignal<BaseLocation>;
  /** Adds an entry to the history. */
  go(location: PageLocation): void;
  /** Changes the current entry. */
  replace(location: PageLocation): void;
  /** Returns the fragment of a location for a link. The theme stays. */
  href(location: PageLocation): string;
  /** Opens the details of an image. From one image to the next, the entry is replaced. */
  openDetails(image: ImageReference): void;
  closeDetails(): void;
  /** Sets the theme. Without one, it is that of the system. */
  setTheme(theme: Theme | undefined): void;
  /** The user changed the fragment: a link, the back button or the address bar. */
  changed(): void;
}

/** `fallback`: the view below details that are opened by a link. */
export function createNavigation(history: BrowserHistory, fallback: () => BaseLocation = () => START as BaseLocation): Navigation {
  const { lower, set, ...locations } = createLocations(parseLocation(history.read()));
  const { location } = locations;
  let openedHere = false;
  const withTheme = (next: PageLocation): PageLocation => {
    const { theme } = location.peek();
    return theme && !next.theme ? { ...next, theme } : next;
  };
  const write = (method: 'push' | 'replace', next: PageLocation) => {
    set(next);
    history[method](writeLocation(location.peek()));
  };
  const go = (next: PageLocation) => write('push', withTheme(next));
  const replace = (next: PageLocation) => write('replace', withTheme(next));
  return {
    ...locations,
    base: computed(() => lower.value ?? fallback()),
    details: computed(() => (location.value.view === 'image' ? location.value.image : undefined)),
    go,
    replace,
    href: (next) => writeLocation(withTheme(next)),
    openDetails(image) {
      const isOpen = location.peek().view === 'image';
      if (!isOpen) openedHere = true;
      (isOpen ? replace : go)({ view: 'image', image });
    },
    closeDetails() {
      if (location.peek().view !== 'image') return;
      if (openedHere) history.back();
      else replace(lower.peek() ?? fallback());
      openedHere = false;
    },
    setTheme(theme) {
      const { theme: _, ...current } = location.peek();
      write('replace', theme ? { ...current, theme } : current);
    },
    changed: () => set(parseLocation(history.read())),
  };
}

/** The location, and those to which details and tabs return. */
function createLocations(first: PageLocation) {
  const location = signal(first);
  const lower = signal<BaseLocation | undefined>(undefined);
  const lastEdit = signal<BaseLocation>({ view: 'edit', fields: {} });
  const lastBatch = signal<BaseLocation>({ view: 'batch', fields: {} });
  const set = (next: PageLocation) => {
    if (next.view !== 'image') lower.value = next;
    if (next.view === 'edit') lastEdit.value = next;
    if (next.view === 'batch') lastBatch.value = next;
    location.value = next;
  };
  set(first);
  return { location, lower, lastEdit, lastBatch, set };
}

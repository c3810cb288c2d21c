import { type ImageActions } from './use-image-actions';

export interface ImageKeys extends ImageActions {
  readonly remove?: () => void;
}

/** Keys of an image that has the focus. Single letters do nothing elsewhere (WCAG 2.1.4). */
export function imageKeys({ download, copyLink, sameAgain, variations, edit, remove }: ImageKeys): (event: KeyboardEvent) => void {
  const actions: Readonly<Record<string, (() => void) | undefined>> = {
    d: download && (() => saveFile(download.href, download.name)),
    l: copyLink && (() => void copyLink()),
    s: sameAgain,
    v: variations,
    e: edit,
    delete: remove,
  };
  return (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || !target.matches('[data-image]')) return;
    const action = actions[event.key.toLowerCase()];
    const next = neighbor(target, event.key);
    if (!action && !next) return;
    event.preventDefault();
    action?.();
    next?.focus();
  };
}

/** Returns the image before or after one that has the focus. */
function neighbor(target: HTMLElement, key: string): HTMLElement | undefined {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  // the details have neighbors of their own
  if (step === undefined || target.closest('dialog')) return undefined;
  const images = [...document.querySelectorAll<HTMLElement>('main [data-image]')];
  return images[images.indexOf(target) + step];
}

/** Saves a file as its link does. */
function saveFile(href: string, name: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}

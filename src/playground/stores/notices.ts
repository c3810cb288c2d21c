/** What is said to the user outside of the views: announcements of screen readers and short messages above the content. */
import { signal, type ReadonlySignal } from '@preact/signals-core';

export interface Toast {
  readonly text: string;
  /** Distinguishes equal texts, so that the second one is announced again. */
  readonly number: number;
}

export interface Notices {
  /** Announced politely: the progress of images. */
  readonly status: ReadonlySignal<string>;
  /** Announced at once: something needs an action. */
  readonly alert: ReadonlySignal<string>;
  readonly toast: ReadonlySignal<Toast | undefined>;
  announce(text: string): void;
  warn(text: string): void;
  /** Shows a short message, which is announced too. */
  show(text: string): void;
}

const TOAST_MS = 5_000;

export function createNotices(): Notices {
  const status = signal('');
  const alert = signal('');
  const toast = signal<Toast | undefined>(undefined);
  let number = 0;
  return {
    status,
    alert,
    toast,
    announce: (text) => { status.value = text; },
    warn: (text) => { alert.value = text; },
    show(text) {
      const shown = { text, number: ++number };
      toast.value = shown;
      setTimeout(() => { if (toast.value === shown) toast.value = undefined; }, TOAST_MS);
    },
  };
}

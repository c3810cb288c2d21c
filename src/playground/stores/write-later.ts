/** Writes state to the URL a moment after its last change. */
import { effect } from '@preact/signals-core';

/** Milliseconds after the last key. */
const WRITE_AFTER_MS = 300;

/** Calls `write` a moment after the last change of the signals that `read` reads. Returns a function that ends this. */
export function writeLater(read: () => void, write: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    read();
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_AFTER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

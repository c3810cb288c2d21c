import { usePage } from './context';

/** Returns a function that copies a text and says so. If the browser refuses, a dialog shows the text. */
export function useCopy(): (text: string, done: string) => Promise<void> {
  const { notices, copyBlocked } = usePage();
  return async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
      notices.show(done);
    } catch {
      copyBlocked.value = text;
    }
  };
}

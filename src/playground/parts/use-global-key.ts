import { useEffect } from 'preact/hooks';

/** Calls a function for a key without modifiers, wherever the focus is: except in fields and dialogs. */
export function useGlobalKey(key: string, action: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || (event.target as HTMLElement).closest('input, textarea, select, dialog')) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [key, action]);
}

/** Timers by key. A new timer of a key replaces the one before. */
export interface Timers<Key> {
  /** Calls a function after a delay. */
  set(key: Key, delayMs: number, call: () => void): void;
  clear(key: Key): void;
  /** Calls all functions now, for example when a hidden tab is shown. */
  fireAll(): void;
}

export function createTimers<Key>(): Timers<Key> {
  const timers = new Map<Key, { readonly handle: ReturnType<typeof setTimeout>; readonly call: () => void }>();
  const clear = (key: Key) => {
    clearTimeout(timers.get(key)?.handle);
    timers.delete(key);
  };
  return {
    set(key, delayMs, call) {
      clear(key);
      const fire = () => {
        timers.delete(key);
        call();
      };
      timers.set(key, { handle: setTimeout(fire, Math.max(0, delayMs)), call });
    },
    clear,
    fireAll() {
      for (const [key, { call }] of [...timers]) {
        clear(key);
        call();
      }
    },
  };
}

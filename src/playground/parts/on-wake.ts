/**
 * Calls a function when the tab is shown, comes back from the cache or goes online: browsers stop the timers of hidden tabs, and phones those of all.
 * Returns a function that ends it.
 */
export function onWake(wake: () => void): () => void {
  const ended = new AbortController();
  const options = { signal: ended.signal };
  const call = () => { if (!document.hidden) wake(); };
  document.addEventListener('visibilitychange', call, options);
  window.addEventListener('pageshow', call, options);
  window.addEventListener('online', call, options);
  return () => ended.abort();
}

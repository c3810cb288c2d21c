import { useEffect, useState } from 'preact/hooks';

/** Returns the current time, and renders the component again while it changes. */
export function useNow(isActive: boolean, everyMs: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!isActive) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [isActive, everyMs]);
  return now;
}

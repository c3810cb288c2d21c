import { type RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Size } from '../models/size-limits';

/** Returns the size of an element in CSS pixels, and renders the component again when it changes. */
export function useElementSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 1, height: 1 });
  useEffect(() => {
    const observer = new ResizeObserver(([{ contentRect: { width, height } }]) => setSize({ width, height }));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  return size;
}

import { type RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from '../../parts/context';

/** Sets the title of a view, and moves the focus to its heading when the user comes from another view. */
export function useViewFocus(name: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const { configuration } = usePage();
  useEffect(() => {
    const isFirst = !document.title.includes(' · ');
    document.title = `${name} · ${configuration.name}`;
    if (!isFirst) heading.current?.focus({ preventScroll: true });
  }, [name]);
  return heading;
}

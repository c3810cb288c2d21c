import { useState } from 'preact/hooks';
import { type ImageResponse } from '../../../private/contract/responses';

export interface Selection {
  readonly isActive: boolean;
  /** Ids of records. */
  readonly selected: ReadonlySet<string>;
  start(): void;
  end(): void;
  /** Selects or deselects an image. `range`: all images from the last one on. */
  toggle(id: string, range: boolean): void;
}

/** Images that are selected in the gallery. */
export function useSelection(images: readonly ImageResponse[]): Selection {
  const [isActive, setActive] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | undefined>(undefined);
  const set = (active: boolean) => {
    setActive(active);
    setSelected(new Set());
    setLast(undefined);
  };
  return {
    isActive,
    selected,
    start: () => set(true),
    end: () => set(false),
    toggle(id, range) {
      const next = new Set(selected);
      const ids = images.map((image) => image.id);
      const [from, to] = [ids.indexOf(last ?? id), ids.indexOf(id)].sort((a, b) => a - b);
      if (range && last !== undefined && from >= 0) ids.slice(from, to + 1).forEach((other) => next.add(other));
      else if (!next.delete(id)) next.add(id);
      setSelected(next);
      setLast(id);
    },
  };
}

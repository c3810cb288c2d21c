import { useRef } from 'preact/hooks';
import { type CanvasView, middleOf } from './canvas-view';
import { type Point } from '../../../editor/geometry';
import { type Stroke } from '../../../editor/marks';
import { moveRing } from '../../../editor/ring';
import { brushRadius, toImage } from '../../../editor/zoom';
import { type Painting } from '../../../stores/edit/painting';

/** A stroke of the ring, which arrow keys move. */
export interface RingStroke {
  readonly begin: () => void;
  /** Moves the ring with an arrow key, and the stroke that has begun with it. */
  readonly move: (event: KeyboardEvent) => void;
  /** Adds the stroke to the painting, if one has begun. */
  readonly add: () => void;
  readonly discard: () => void;
}

/** `setCurrent`: receives the stroke that is being painted. */
export function useRingStroke(painting: Painting, view: CanvasView, setCurrent: (mark: Stroke | undefined) => void): RingStroke {
  const points = useRef<readonly Point[] | undefined>(undefined);
  const ring = () => painting.ring.peek() ?? toImage(view.zoom, middleOf(view.canvas));
  const mark = (): Stroke | undefined => points.current && {
    type: 'stroke', erases: painting.tool.peek() === 'eraser', radius: brushRadius(painting.brushSize.peek(), view.zoom), points: points.current,
  };
  return {
    begin() {
      painting.ring.value = ring();
      points.current = [ring()];
    },
    move(event) {
      const next = moveRing(ring(), { key: event.key, far: event.shiftKey, zoom: view.zoom, image: painting.image.peek() });
      painting.ring.value = next;
      if (!points.current) return;
      points.current = [...points.current, next];
      setCurrent(mark());
    },
    add() {
      const stroke = mark();
      if (stroke) painting.add(stroke);
    },
    discard() {
      points.current = undefined;
      setCurrent(undefined);
    },
  };
}

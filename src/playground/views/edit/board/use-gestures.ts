import { useRef } from 'preact/hooks';
import { type CanvasView } from './canvas-view';
import { type Point } from '../../../editor/geometry';
import { type RectangleMark, type Stroke } from '../../../editor/marks';
import { discardStroke, type Gesture, NO_POINTERS, type PointerInput, type PointerStep, stepPointers } from '../../../editor/pointers';
import { brushRadius, panBy, pinch, toImage } from '../../../editor/zoom';
import { type Painting } from '../../../stores/edit/painting';

export interface Gestures {
  /** Handles an input of a pointer. */
  readonly handle: (input: PointerInput) => void;
  /** Discards the stroke that is being painted. Returns whether there was one. */
  readonly discard: () => boolean;
}

/** Applies gestures to the painting and to the zoom. `setCurrent`: receives the mark that is being painted. */
export function useGestures(painting: Painting, view: CanvasView, setCurrent: (mark: Stroke | RectangleMark | undefined) => void): Gestures {
  const state = useRef(NO_POINTERS);
  const points = useRef<readonly Point[] | undefined>(undefined);
  const latest = useRef(view);
  latest.current = view;

  const mark = () => points.current && markOf(painting, points.current, brushRadius(painting.brushSize.peek(), latest.current.zoom));
  const applyGesture = (gesture: Gesture) => {
    const { zoom, fit, setZoom } = latest.current;
    switch (gesture.type) {
      case 'beginStroke': points.current = gesture.points.map((point) => toImage(zoom, point)); break;
      case 'extendStroke': points.current = [...points.current ?? [], toImage(zoom, gesture.point)]; break;
      case 'endStroke':
        if (points.current) painting.add(mark()!);
        points.current = undefined;
        break;
      case 'discardStroke': points.current = undefined; break;
      case 'pan': setZoom((now) => panBy(now, gesture.dx, gesture.dy)); break;
      case 'pinch': setZoom((now) => pinch(now, gesture.before, gesture.after, fit)); break;
    }
  };
  const applyStep = ({ state: next, gestures }: PointerStep) => {
    state.current = next;
    gestures.forEach(applyGesture);
    if (gestures.length > 0) setCurrent(mark());
  };
  return {
    handle: (input) => applyStep(stepPointers(state.current, input)),
    discard() {
      const { mode } = state.current.pointer;
      applyStep(discardStroke(state.current));
      return mode === 'stroke' || mode === 'pending';
    },
  };
}

function markOf({ tool }: Painting, points: readonly Point[], radius: number): Stroke | RectangleMark {
  if (tool.peek() !== 'rectangle') return { type: 'stroke', erases: tool.peek() === 'eraser', radius, points };
  const [from, to] = [points[0], points[points.length - 1]];
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  return { type: 'rectangle', rectangle: { x, y, width: Math.max(from.x, to.x) - x, height: Math.max(from.y, to.y) - y } };
}

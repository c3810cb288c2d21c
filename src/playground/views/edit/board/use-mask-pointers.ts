import { useRef, useState } from 'preact/hooks';
import { type CanvasView } from './canvas-view';
import { type Point } from '../../../editor/geometry';
import { type RectangleMark, type Stroke } from '../../../editor/marks';
import { COMMIT_MS, discardStroke, type Gesture, NO_POINTERS, type PointerInput, type PointerKind, type PointerStep, stepPointers } from '../../../editor/pointers';
import { brushRadius, panBy, pinch, toImage, zoomAt } from '../../../editor/zoom';
import { type Painting } from '../../../stores/edit/painting';

export interface MaskPointers {
  /** Position of the mouse or pen on the canvas, for the ring. */
  readonly hover: Point | undefined;
  /** Discards the stroke that is being painted. Returns whether there was one. */
  readonly discard: () => boolean;
  /** Whether Space is held: pointers pan. */
  readonly isSpaceHeld: { current: boolean };
  /** Whether a pointer was pressed while Space was held: Space then does not paint. */
  readonly hasPanned: { current: boolean };
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: (event: PointerEvent) => void;
    readonly onPointerCancel: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onWheel: (event: WheelEvent) => void;
  };
}

const MIDDLE_BUTTON = 1;

/** Paints with mouse, pen and finger; pans and zooms with two fingers, the middle button, Space, and Ctrl with the wheel. */
export function useMaskPointers(painting: Painting, view: CanvasView, setCurrent: (mark: Stroke | RectangleMark | undefined) => void): MaskPointers {
  const state = useRef(NO_POINTERS);
  const points = useRef<readonly Point[] | undefined>(undefined);
  const isSpaceHeld = useRef(false);
  const hasPanned = useRef(false);
  const [hover, setHover] = useState<Point | undefined>(undefined);
  const latest = useRef(view);
  latest.current = view;

  const radius = () => brushRadius(painting.brushSize.peek(), latest.current.zoom);
  const applyGesture = (gesture: Gesture) => {
    const { zoom, fit, setZoom } = latest.current;
    switch (gesture.type) {
      case 'beginStroke': points.current = gesture.points.map((point) => toImage(zoom, point)); break;
      case 'extendStroke': points.current = [...points.current ?? [], toImage(zoom, gesture.point)]; break;
      case 'endStroke':
        if (points.current) painting.add(markOf(painting, points.current, radius()));
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
    if (gestures.length > 0) setCurrent(points.current && markOf(painting, points.current, radius()));
  };
  const handlePointer = (event: PointerEvent, type: PointerInput['type']) => applyStep(stepPointers(state.current, inputOf(event, type, isSpaceHeld.current)));

  return {
    hover,
    isSpaceHeld,
    hasPanned,
    discard() {
      const { mode } = state.current.pointer;
      applyStep(discardStroke(state.current));
      return mode === 'stroke' || mode === 'pending';
    },
    handlers: {
      onPointerDown(event) {
        if (event.button > MIDDLE_BUTTON || (event.target as HTMLElement).closest('.zoombar')) return;
        const frame = event.currentTarget as HTMLElement;
        frame.focus({ preventScroll: true });
        if (isSpaceHeld.current) hasPanned.current = true;
        // without capture, a finger that leaves the canvas ends its stroke
        if (event.pointerType !== 'touch') frame.setPointerCapture(event.pointerId);
        handlePointer(event, 'down');
        setTimeout(() => applyStep(stepPointers(state.current, { ...inputOf(event, 'tick', false), time: event.timeStamp + COMMIT_MS })), COMMIT_MS);
      },
      onPointerMove(event) {
        setHover(event.pointerType === 'touch' ? undefined : positionOf(event));
        const events = event.getCoalescedEvents?.() ?? [];
        for (const each of events.length > 0 ? events : [event]) handlePointer(each, 'move');
      },
      onPointerUp: (event) => handlePointer(event, 'up'),
      onPointerCancel: (event) => handlePointer(event, 'cancel'),
      onPointerLeave: () => setHover(undefined),
      onWheel(event) {
        if (!event.ctrlKey) return;
        event.preventDefault();
        const { fit, setZoom } = latest.current;
        const at = positionOf(event);
        setZoom((now) => zoomAt(now, at, Math.exp(-event.deltaY / 300), fit));
      },
    },
  };
}

function inputOf(event: PointerEvent, type: PointerInput['type'], isSpaceHeld: boolean): PointerInput {
  const pans = isSpaceHeld || event.button === MIDDLE_BUTTON;
  return { type, id: event.pointerId, kind: event.pointerType as PointerKind, at: positionOf(event), time: event.timeStamp, ...(pans && { pans }) };
}

/** Returns the position on the canvas. */
function positionOf(event: MouseEvent): Point {
  const { left, top } = document.querySelector('.canvas.mask')!.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

function markOf({ tool }: Painting, points: readonly Point[], radius: number): Stroke | RectangleMark {
  if (tool.peek() !== 'rectangle') return { type: 'stroke', erases: tool.peek() === 'eraser', radius, points };
  const [from, to] = [points[0], points[points.length - 1]];
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  return { type: 'rectangle', rectangle: { x, y, width: Math.max(from.x, to.x) - x, height: Math.max(from.y, to.y) - y } };
}

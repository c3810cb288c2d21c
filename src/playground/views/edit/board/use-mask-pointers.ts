import { useRef, useState } from 'preact/hooks';
import { type CanvasView } from './canvas-view';
import { useGestures } from './use-gestures';
import { type Point } from '../../../editor/geometry';
import { type RectangleMark, type Stroke } from '../../../editor/marks';
import { COMMIT_MS, type PointerInput, type PointerKind } from '../../../editor/pointers';
import { zoomAt } from '../../../editor/zoom';
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
  const { handle, discard } = useGestures(painting, view, setCurrent);
  const isSpaceHeld = useRef(false);
  const hasPanned = useRef(false);
  const [hover, setHover] = useState<Point | undefined>(undefined);
  const handlePointer = (event: PointerEvent, type: PointerInput['type']) => handle(inputOf(event, type, isSpaceHeld.current));
  return {
    hover,
    isSpaceHeld,
    hasPanned,
    discard,
    handlers: {
      onPointerDown(event) {
        if (event.button > MIDDLE_BUTTON || (event.target as HTMLElement).closest('.zoombar')) return;
        const frame = event.currentTarget as HTMLElement;
        frame.focus({ preventScroll: true });
        if (isSpaceHeld.current) hasPanned.current = true;
        // without capture, a finger that leaves the canvas ends its stroke
        if (event.pointerType !== 'touch') frame.setPointerCapture(event.pointerId);
        handlePointer(event, 'down');
        setTimeout(() => handle({ ...inputOf(event, 'tick', false), time: event.timeStamp + COMMIT_MS }), COMMIT_MS);
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
        const at = positionOf(event);
        view.setZoom((now) => zoomAt(now, at, Math.exp(-event.deltaY / 300), view.fit));
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

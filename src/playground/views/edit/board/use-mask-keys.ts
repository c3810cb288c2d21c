import { useRef } from 'preact/hooks';
import { type CanvasView, middleOf } from './canvas-view';
import { type MaskPointers } from './use-mask-pointers';
import { type Point } from '../../../editor/geometry';
import { type Stroke } from '../../../editor/marks';
import { moveRing } from '../../../editor/ring';
import { brushRadius, toImage, ZOOM_STEP, zoomAt } from '../../../editor/zoom';
import { type Painting, type Tool } from '../../../stores/edit/painting';

export interface MaskKeysOptions {
  readonly painting: Painting;
  readonly view: CanvasView;
  readonly pointers: MaskPointers;
  readonly setCurrent: (mark: Stroke | undefined) => void;
  /** C is held, or released. */
  readonly onCompare: (isHeld: boolean) => void;
}

export interface MaskKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onKeyUp: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

const TOOLS: Readonly<Record<string, Tool>> = { b: 'brush', e: 'eraser', r: 'rectangle' };

/** Keys of the canvas: tools, undo, zoom, and painting without a pointer. */
export function useMaskKeys({ painting, view, pointers, setCurrent, onCompare }: MaskKeysOptions): MaskKeys {
  const stroke = useRef<readonly Point[] | undefined>(undefined);
  const strokeMark = (points: readonly Point[]): Stroke => (
    { type: 'stroke', erases: painting.tool.peek() === 'eraser', radius: brushRadius(painting.brushSize.peek(), view.zoom), points }
  );
  const zoom = (direction: 1 | -1) => view.setZoom((now) => zoomAt(now, middleOf(view.canvas), ZOOM_STEP ** direction, view.fit));
  const actions: Readonly<Record<string, () => void>> = {
    '[': () => painting.scaleBrush(-1),
    ']': () => painting.scaleBrush(1),
    'i': () => painting.add({ type: 'invert' }),
    'c': () => onCompare(true),
    '+': () => zoom(1),
    '=': () => zoom(1),
    '-': () => zoom(-1),
    '0': () => view.setZoom(() => view.fit),
  };
  const ring = () => painting.ring.peek() ?? toImage(view.zoom, middleOf(view.canvas));
  const move = (event: KeyboardEvent) => {
    const next = moveRing(ring(), { key: event.key, far: event.shiftKey, zoom: view.zoom, image: painting.image.peek() });
    painting.ring.value = next;
    if (!stroke.current) return;
    stroke.current = [...stroke.current, next];
    setCurrent(strokeMark(stroke.current));
  };
  const discard = () => {
    stroke.current = undefined;
    setCurrent(undefined);
  };
  const pressSpace = () => {
    pointers.isSpaceHeld.current = true;
    pointers.hasPanned.current = false;
    painting.ring.value = ring();
    stroke.current = [ring()];
  };
  const releaseSpace = () => {
    pointers.isSpaceHeld.current = false;
    if (stroke.current && !pointers.hasPanned.current) painting.add(strokeMark(stroke.current));
    discard();
  };
  return {
    onKeyDown(event) {
      const key = event.key.toLowerCase();
      if (event.target !== event.currentTarget) return;
      if ((event.ctrlKey || event.metaKey) && key === 'z') {
        event.preventDefault();
        return event.shiftKey ? painting.redo() : painting.undo();
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const action = TOOLS[key] ? () => { painting.tool.value = TOOLS[key]; }
        : key.startsWith('arrow') ? () => move(event)
          : key === ' ' ? () => { if (!event.repeat) pressSpace(); }
            : key === 'escape' ? () => { pointers.discard(); discard(); } : actions[key];
      if (!action) return;
      event.preventDefault();
      action();
    },
    onKeyUp(event) {
      if (event.key === ' ' && pointers.isSpaceHeld.current) releaseSpace();
      if (event.key.toLowerCase() === 'c') onCompare(false);
    },
    onBlur() {
      pointers.isSpaceHeld.current = false;
      discard();
      onCompare(false);
    },
  };
}

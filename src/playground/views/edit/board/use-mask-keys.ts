import { type CanvasView, middleOf } from './canvas-view';
import { type MaskPointers } from './use-mask-pointers';
import { useRingStroke } from './use-ring-stroke';
import { type Stroke } from '../../../editor/marks';
import { ZOOM_STEP, zoomAt } from '../../../editor/zoom';
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

/** Keys of the canvas: tools, undo, zoom, and painting without a pointer. */
export function useMaskKeys({ painting, view, pointers, setCurrent, onCompare }: MaskKeysOptions): MaskKeys {
  const stroke = useRingStroke(painting, view, setCurrent);
  const pressSpace = () => {
    pointers.isSpaceHeld.current = true;
    pointers.hasPanned.current = false;
    stroke.begin();
  };
  const releaseSpace = (paints: boolean) => {
    pointers.isSpaceHeld.current = false;
    if (paints) stroke.add();
    stroke.discard();
  };
  const actionOf = (event: KeyboardEvent): (() => void) | undefined => {
    const key = event.key.toLowerCase();
    const hasCommand = event.ctrlKey || event.metaKey;
    if (hasCommand && key === 'z') return event.shiftKey ? painting.redo : painting.undo;
    if (hasCommand || event.altKey) return undefined;
    if (key.startsWith('arrow')) return () => stroke.move(event);
    if (key === ' ') return () => { if (!event.repeat) pressSpace(); };
    if (key === 'escape') return () => { pointers.discard(); stroke.discard(); };
    if (key === 'c') return () => onCompare(true);
    return plainActions(painting, view)[key];
  };
  return {
    onKeyDown(event) {
      const action = event.target === event.currentTarget ? actionOf(event) : undefined;
      if (!action) return;
      event.preventDefault();
      action();
    },
    onKeyUp(event) {
      if (event.key === ' ' && pointers.isSpaceHeld.current) releaseSpace(!pointers.hasPanned.current);
      if (event.key.toLowerCase() === 'c') onCompare(false);
    },
    onBlur() {
      releaseSpace(false);
      onCompare(false);
    },
  };
}

/** Keys that do the same in every state. */
function plainActions(painting: Painting, view: CanvasView): Readonly<Record<string, () => void>> {
  const choose = (tool: Tool) => () => { painting.tool.value = tool; };
  const zoom = (direction: 1 | -1) => () => view.setZoom((now) => zoomAt(now, middleOf(view.canvas), ZOOM_STEP ** direction, view.fit));
  return {
    'b': choose('brush'),
    'e': choose('eraser'),
    'r': choose('rectangle'),
    '[': () => painting.scaleBrush(-1),
    ']': () => painting.scaleBrush(1),
    'i': () => painting.add({ type: 'invert' }),
    '+': zoom(1),
    '=': zoom(1),
    '-': zoom(-1),
    '0': () => view.setZoom(() => view.fit),
  };
}

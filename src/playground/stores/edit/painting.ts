/** What was painted over the image, the tool, and where the image is on the canvas. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { type Point, type Size } from '../../editor/geometry';
import { addMark, EMPTY_HISTORY, type History, type Mark, redo, undo } from '../../editor/marks';
import { isPainted, maskPixels } from '../../editor/raster';

export type Tool = 'brush' | 'eraser' | 'rectangle';

export const BRUSH_SIZE = { minimum: 4, maximum: 240, initial: 72 } as const;
/** Factor of `[` and `]`. */
const BRUSH_STEP = 1.2;

export interface Painting {
  readonly image: ReadonlySignal<Size>;
  readonly history: ReadonlySignal<History>;
  /** One byte a pixel. Undefined if nothing is painted. */
  readonly mask: ReadonlySignal<Uint8Array<ArrayBuffer> | undefined>;
  readonly tool: Signal<Tool>;
  /** Diameter in screen pixels. */
  readonly brushSize: Signal<number>;
  /** Center of the brush in image pixels, for the keyboard. Undefined until a key moves it. */
  readonly ring: Signal<Point | undefined>;
  /** Another image. Marks stay if it has the same size. */
  resize(image: Size): void;
  /** Forgets the marks: an image that is opened is not a version of the one before. */
  reset(): void;
  add(mark: Mark): void;
  undo(): void;
  redo(): void;
  /** Makes the brush larger or smaller. */
  scaleBrush(direction: 1 | -1): void;
}

export function createPainting(): Painting {
  const image = signal<Size>({ width: 1, height: 1 });
  const history = signal<History>(EMPTY_HISTORY);
  const brushSize = signal<number>(BRUSH_SIZE.initial);
  const ring = signal<Point | undefined>(undefined);
  return {
    image,
    history,
    mask: computed(() => {
      const { marks } = history.value;
      if (marks.length === 0) return undefined;
      const pixels = maskPixels(marks, image.value) as Uint8Array<ArrayBuffer>;
      return isPainted(pixels) ? pixels : undefined;
    }),
    tool: signal<Tool>('brush'),
    brushSize,
    ring,
    resize(next) {
      const { width, height } = image.peek();
      if (next.width === width && next.height === height) return;
      image.value = next;
      history.value = EMPTY_HISTORY;
      ring.value = undefined;
    },
    reset() {
      history.value = EMPTY_HISTORY;
      ring.value = undefined;
    },
    add: (mark) => { history.value = addMark(history.peek(), mark); },
    undo: () => { history.value = undo(history.peek()); },
    redo: () => { history.value = redo(history.peek()); },
    scaleBrush(direction) {
      const next = Math.round(brushSize.peek() * BRUSH_STEP ** direction);
      brushSize.value = Math.min(BRUSH_SIZE.maximum, Math.max(BRUSH_SIZE.minimum, next));
    },
  };
}

import { type RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CanvasPainter } from './canvas-painter';
import { type CanvasView, middleOf, useCanvasView } from './canvas-view';
import { InputImage } from './input-image';
import { useMaskKeys } from './use-mask-keys';
import { useMaskPointers } from './use-mask-pointers';
import { ZoomBar } from './zoom-bar';
import { type Stroke, type RectangleMark } from '../../../editor/marks';
import { toScreen, ZOOM_STEP, zoomAt } from '../../../editor/zoom';
import { cssVariables } from '../../../parts/css-variables';
import { type EditInput } from '../../../stores/edit/edit-input';
import { type Painting } from '../../../stores/edit/painting';
import { MASK_HELP } from '../../../words/editor';
import { useEditor } from '../use-editor';

/** The image with what is painted over it. `before`: the version that holding C shows. */
export function MaskCanvas({ before }: { readonly before?: EditInput }) {
  const { painting, selected } = useEditor();
  const frame = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<Stroke | RectangleMark | undefined>(undefined);
  const [showsBefore, setShowsBefore] = useState(false);
  const view = useCanvasView(frame, painting.image.value);
  const pointers = useMaskPointers(painting, view, setCurrent);
  const keys = useMaskKeys({ painting, view, setCurrent, pointers, onCompare: setShowsBefore });
  const { ring, brushSize, tool } = painting;
  const overlay = usePaintedCanvas(painting, view, current);
  const { zoom } = view;
  const { width, height } = painting.image.value;
  const shown = showsBefore && before ? before : selected.value!.image!;
  const center = pointers.hover ?? (ring.value && toScreen(zoom, ring.value));
  return (
    <div
      ref={frame} class="canvas mask" tabIndex={0} role="application" aria-label="Mask" aria-describedby="mask-help"
      {...pointers.handlers} {...keys}
    >
      <div class="pic" style={cssVariables({ x: `${zoom.x}px`, y: `${zoom.y}px`, w: `${width * zoom.scale}px`, h: `${height * zoom.scale}px` })}>
        <InputImage input={shown} />
      </div>
      <canvas ref={overlay} class="marks" aria-hidden="true" hidden={showsBefore} />
      {center && tool.value !== 'rectangle' && (
        <span class="ring" aria-hidden="true" style={cssVariables({ x: `${center.x}px`, y: `${center.y}px`, d: `${brushSize.value}px` })} />
      )}
      <p id="mask-help" class="vh">{MASK_HELP}</p>
      <ZoomBar
        zoom={zoom} fit={view.fit}
        onZoom={(direction) => view.setZoom((now) => zoomAt(now, middleOf(view.canvas), ZOOM_STEP ** direction, view.fit))}
        onFit={() => view.setZoom(() => view.fit)}
      />
    </div>
  );
}

/** Paints the marks after each rendering. Returns the reference of their canvas. */
function usePaintedCanvas(painting: Painting, view: CanvasView, current: Stroke | RectangleMark | undefined): RefObject<HTMLCanvasElement | null> {
  const overlay = useRef<HTMLCanvasElement>(null);
  const painter = useRef<CanvasPainter | undefined>(undefined);
  // read while rendering: the effect alone would not subscribe, and buttons, keys and the form would change a mask that is not painted again
  const history = painting.history.value;
  useEffect(() => {
    painter.current ??= new CanvasPainter(overlay.current!);
    painter.current.paint({ history, current, view, image: painting.image.value });
  });
  return overlay;
}

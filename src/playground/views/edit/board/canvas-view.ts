import { type RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { type Point, type Size } from '../../../editor/geometry';
import { fitZoom, type Zoom } from '../../../editor/zoom';
import { useElementSize } from '../../../parts/use-element-size';

export interface CanvasView {
  /** Size of the canvas in screen pixels. */
  readonly canvas: Size;
  readonly zoom: Zoom;
  readonly fit: Zoom;
  readonly setZoom: (change: (zoom: Zoom) => Zoom) => void;
}

/** Returns the middle of the canvas. */
export function middleOf({ width, height }: Size): Point {
  return { x: width / 2, y: height / 2 };
}

const PADDING = 40;

/** The size of the canvas, and the zoom. The image is fitted again when the canvas or the image changes its size. */
export function useCanvasView(frame: RefObject<HTMLElement | null>, image: Size): CanvasView {
  const canvas = useElementSize(frame);
  const [changed, setChanged] = useState<{ readonly of: Zoom; readonly zoom: Zoom } | undefined>(undefined);
  const inner = fitZoom(image, { width: Math.max(1, canvas.width - PADDING), height: Math.max(1, canvas.height - PADDING) });
  const fit = { scale: inner.scale, x: inner.x + PADDING / 2, y: inner.y + PADDING / 2 };
  const isSame = changed && changed.of.scale === fit.scale && changed.of.x === fit.x && changed.of.y === fit.y;
  const zoom = isSame ? changed.zoom : fit;
  return { canvas, zoom, fit, setZoom: (change) => setChanged({ of: fit, zoom: change(zoom) }) };
}

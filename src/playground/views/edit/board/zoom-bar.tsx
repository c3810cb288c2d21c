import { type Zoom } from '../../../editor/zoom';
import { IconButton } from '../../../parts/icon-button';

export interface ZoomBarProps {
  readonly zoom: Zoom;
  readonly fit: Zoom;
  /** Zooms in or out by one step. */
  readonly onZoom: (direction: 1 | -1) => void;
  readonly onFit: () => void;
}

/** Zoom by buttons. */
export function ZoomBar({ zoom, fit, onZoom, onFit }: ZoomBarProps) {
  const isFit = Math.abs(zoom.scale - fit.scale) < 1e-6;
  return (
    <div class="zoombar" role="group" aria-label="Zoom">
      <IconButton icon="minus" label="Zoom out (-)" onClick={() => onZoom(-1)} />
      <button type="button" class="num" onClick={onFit} title="Fit (0)">{isFit ? 'Fit' : `${Math.round(zoom.scale * 100)} %`}</button>
      <IconButton icon="plus" label="Zoom in (+)" onClick={() => onZoom(1)} />
    </div>
  );
}

import { useRef, useState } from 'preact/hooks';
import { compareKeys } from './compare-keys';
import { type Point } from '../../editor/geometry';
import { type Zoom, ZOOM_STEP, panBy, zoomAt } from '../../editor/zoom';
import { cssVariables } from '../../parts/css-variables';
import { Dialog } from '../../parts/dialog';
import { IconButton } from '../../parts/icon-button';
import { StoredImage } from '../../parts/images/stored-image';
import { addStyles } from '../../parts/view-styles';
import { type TileImage } from '../../runs/tile';
import styles from '../../styles/compare.view.css';

addStyles(styles);

/** The whole image in its pane. */
const FIT: Zoom = { scale: 1, x: 0, y: 0 };
const WHEEL_STEP = 300;

export interface CompareDialogProps {
  /** Two to four images. */
  readonly images: readonly TileImage[];
  readonly onClose: () => void;
}

/** Images of a run side by side. Zoom and pan move all of them in step. */
export function CompareDialog({ images, onClose }: CompareDialogProps) {
  const [zoom, setZoom] = useState(FIT);
  const panes = useRef<HTMLUListElement>(null);
  const zoomTo = (at: Point, factor: number) => setZoom((now) => {
    const next = zoomAt(now, at, factor, FIT);
    return next.scale <= FIT.scale ? FIT : next;
  });
  const step = (direction: 1 | -1) => {
    const { clientWidth, clientHeight } = panes.current!.querySelector('.pane')!;
    zoomTo({ x: clientWidth / 2, y: clientHeight / 2 }, ZOOM_STEP ** direction);
  };
  const pan = (dx: number, dy: number) => setZoom((now) => (now.scale > FIT.scale ? panBy(now, dx, dy) : now));
  const fit = () => setZoom(FIT);
  return (
    <Dialog label="Compare" className="full" onClose={onClose}>
      <div class="compare" onKeyDown={compareKeys({ step, pan, fit })}>
        <header class="row">
          <h1 class="plain grow">Compare</h1>
          <IconButton icon="minus" label="Zoom out (-)" onClick={() => step(-1)} />
          <button type="button" class="btn ghost small num" onClick={fit}>{zoom.scale === FIT.scale ? 'Fit' : `${Math.round(zoom.scale * 100)} %`}</button>
          <IconButton icon="plus" label="Zoom in (+)" onClick={() => step(1)} />
          <IconButton icon="close" label="Close" onClick={onClose} />
        </header>
        <ul ref={panes} class={`panes n${images.length}`}>
          {images.map((image) => <Pane key={`${image.record.id}/${image.index}`} image={image} zoom={zoom} onZoom={zoomTo} onPan={pan} />)}
        </ul>
      </div>
    </Dialog>
  );
}

interface PaneProps {
  readonly image: TileImage;
  readonly zoom: Zoom;
  readonly onZoom: (at: Point, factor: number) => void;
  readonly onPan: (dx: number, dy: number) => void;
}

/** An image, with wheel and pointers. */
function Pane({ image: { record, index }, zoom, onZoom, onPan }: PaneProps) {
  const isPressed = useRef(false);
  const release = () => { isPressed.current = false; };
  const { seed } = record.images[index];
  return (
    <li>
      <div
        class="pane"
        onWheel={(event) => {
          event.preventDefault();
          const { left, top } = event.currentTarget.getBoundingClientRect();
          onZoom({ x: event.clientX - left, y: event.clientY - top }, Math.exp(-event.deltaY / WHEEL_STEP));
        }}
        onPointerDown={(event) => {
          isPressed.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => { if (isPressed.current) onPan(event.movementX, event.movementY); }}
        onPointerUp={release}
        onPointerCancel={release}
      >
        <div class="moved" style={cssVariables({ x: `${zoom.x}px`, y: `${zoom.y}px`, s: zoom.scale })}><StoredImage record={record} index={index} /></div>
      </div>
      <p class="cap num">{seed === undefined ? '' : `Seed ${seed}`}</p>
    </li>
  );
}

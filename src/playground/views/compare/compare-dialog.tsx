import { useRef, useState } from 'preact/hooks';
import { compareKeys } from './compare-keys';
import { type Zoom, ZOOM_STEP, panBy, zoomAt } from '../../editor/zoom';
import { altText } from '../../library/prompts';
import { usePage } from '../../parts/context';
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
  const { library } = usePage();
  const [zoom, setZoom] = useState(FIT);
  const panes = useRef<HTMLUListElement>(null);
  const pressed = useRef(false);
  const zoomTo = (at: { readonly x: number; readonly y: number }, factor: number) => setZoom((now) => {
    const next = zoomAt(now, at, factor, FIT);
    return next.scale <= FIT.scale ? FIT : next;
  });
  const step = (direction: 1 | -1) => {
    const { clientWidth, clientHeight } = panes.current!.querySelector('.pane')!;
    zoomTo({ x: clientWidth / 2, y: clientHeight / 2 }, ZOOM_STEP ** direction);
  };
  const pan = (dx: number, dy: number) => setZoom((now) => (now.scale > FIT.scale ? panBy(now, dx, dy) : now));
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    zoomTo({ x: event.clientX - left, y: event.clientY - top }, Math.exp(-event.deltaY / WHEEL_STEP));
  };
  const variables = cssVariables({ x: `${zoom.x}px`, y: `${zoom.y}px`, s: zoom.scale });
  return (
    <Dialog label="Compare" className="full" onClose={onClose}>
      <div class="compare" onKeyDown={compareKeys({ step, pan, fit: () => setZoom(FIT) })}>
        <header class="row">
          <h1 class="plain grow">Compare</h1>
          <IconButton icon="minus" label="Zoom out (-)" onClick={() => step(-1)} />
          <button type="button" class="btn ghost small num" onClick={() => setZoom(FIT)}>{zoom.scale === FIT.scale ? 'Fit' : `${Math.round(zoom.scale * 100)} %`}</button>
          <IconButton icon="plus" label="Zoom in (+)" onClick={() => step(1)} />
          <IconButton icon="close" label="Close" onClick={onClose} />
        </header>
        <ul ref={panes} class={`panes n${images.length}`}>
          {images.map(({ record, index }) => (
            <li key={`${record.id}/${index}`}>
              <div
                class="pane" onWheel={onWheel}
                onPointerDown={(event) => {
                  pressed.current = true;
                  event.currentTarget.setPointerCapture(event.pointerId);
                }}
                onPointerMove={(event) => { if (pressed.current) pan(event.movementX, event.movementY); }}
                onPointerUp={() => { pressed.current = false; }}
                onPointerCancel={() => { pressed.current = false; }}
              >
                <div class="moved" style={variables}><StoredImage record={record} index={index} alt={altText(library.promptOf(record), record.images[index])} /></div>
              </div>
              <p class="cap num">{record.images[index].seed === undefined ? '' : `Seed ${record.images[index].seed}`}</p>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

import { type ButtonHTMLAttributes } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { frameLimits } from './frame-limits';
import { InputImage } from './input-image';
import { extendedSize, type Frame, type Side, SIDES, withSide } from '../../../editor/extend';
import { cssVariables } from '../../../parts/css-variables';
import { useElementSize } from '../../../parts/use-element-size';
import { sizeOf } from '../../../stores/edit/edit-input';
import { SIDE_LABELS } from '../../../words/editor';
import { useEditor } from '../use-editor';

interface Drag {
  readonly side: Side;
  readonly from: { readonly x: number; readonly y: number };
  readonly frame: Frame;
  /** Screen pixels of one image pixel at the start: the frame does not shrink under the pointer. */
  readonly scale: number;
}

/** Share of the canvas that the extended image fills. */
const FILL = 0.9;
/** Image pixels of an arrow key. With Shift, ten times as many. */
const KEY_STEP = 16;

/** The image in its new frame. Each edge has a handle to pull. */
export function ExtendFrame() {
  const editor = useEditor();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useElementSize(box);
  const [drag, setDrag] = useState<Drag | undefined>(undefined);
  const image = editor.selected.value!.image!;
  const size = sizeOf(image);
  const frame = editor.frame.value;
  const limits = frameLimits(editor.edit.value);
  const { width, height } = extendedSize(size, frame);
  const scale = drag?.scale ?? Math.min(canvas.width * FILL / width, canvas.height * FILL / height, 1);
  const change = (side: Side, pixels: number) => editor.setFrame(withSide(frame, side, pixels, limits));
  const px = (pixels: number) => `${pixels * scale}px`;

  const onMove = (event: PointerEvent) => {
    if (!drag) return;
    const [dx, dy] = [(event.clientX - drag.from.x) / drag.scale, (event.clientY - drag.from.y) / drag.scale];
    const added = { left: -dx, right: dx, up: -dy, down: dy }[drag.side];
    change(drag.side, drag.frame[drag.side] + added);
  };
  const release = () => setDrag(undefined);
  return (
    <div class="canvas extend" ref={box}>
      <div class="target" style={cssVariables({ w: px(width), h: px(height) })}>
        <div class="pic" style={cssVariables({ x: px(frame.left), y: px(frame.up), w: px(size.width), h: px(size.height) })}><InputImage input={image} /></div>
        {SIDES.map((side) => (
          <EdgeHandle
            key={side} side={side} pixels={frame[side]} limit={limits[side]} onChange={(pixels) => change(side, pixels)}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setDrag({ side, from: { x: event.clientX, y: event.clientY }, frame, scale });
            }}
            onPointerMove={onMove} onPointerUp={release} onPointerCancel={release}
          />
        ))}
        {SIDES.filter((side) => frame[side] > 0).map((side) => <span key={side} class={`dim num ${side}`} aria-hidden="true">+ {frame[side]} px</span>)}
      </div>
    </div>
  );
}

interface EdgeHandleProps extends Pick<ButtonHTMLAttributes, 'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'> {
  readonly side: Side;
  readonly pixels: number;
  readonly limit: number;
  readonly onChange: (pixels: number) => void;
}

/** The handle of an edge. Arrow keys move it. */
function EdgeHandle({ side, pixels, limit, onChange, ...pointerHandlers }: EdgeHandleProps) {
  return (
    <button
      type="button" class={`handle ${side}`} role="slider" aria-orientation={side === 'left' || side === 'right' ? 'horizontal' : 'vertical'}
      aria-label={`${SIDE_LABELS[side]}, pixels to add`} aria-valuemin={0} aria-valuemax={limit} aria-valuenow={pixels}
      onKeyDown={(event) => {
        const direction = keyDirection(event.key);
        if (direction === undefined) return;
        event.preventDefault();
        onChange(pixels + direction * (event.shiftKey ? 10 : 1) * KEY_STEP);
      }}
      {...pointerHandlers}
    />
  );
}

function keyDirection(key: string): 1 | -1 | undefined {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight': return 1;
    case 'ArrowDown':
    case 'ArrowLeft': return -1;
    default: return undefined;
  }
}

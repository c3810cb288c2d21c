import { useId } from 'preact/hooks';
import { extendedSize, frameForShape, SIDES, withSide } from '../../../editor/extend';
import { shapesOf } from '../../../models/shapes';
import { describeSize } from '../../../models/size-limits';
import { cssVariables } from '../../../parts/css-variables';
import { sizeOf } from '../../../stores/edit/edit-input';
import { SIDE_LABELS } from '../../../words/editor';
import { frameLimits } from '../board/frame-limits';
import { useEditor } from '../use-editor';

const SHAPES = shapesOf(['9:16', '4:5', '1:1', '5:4', '16:9']);

/** Shapes as presets, pixels on each side, and the new size. */
export function ExtendFields() {
  const editor = useEditor();
  const id = useId();
  const frame = editor.frame.value;
  const limits = frameLimits(editor.edit.value);
  const size = sizeOf(editor.input.value!);
  return (
    <>
      <div class="field">
        <span class="label" id={`${id}-shape`}>Shape</span>
        <div class="shapes" role="group" aria-labelledby={`${id}-shape`} style={cssVariables({ columns: SHAPES.length })}>
          {SHAPES.map((shape) => (
            <button key={shape.value} type="button" class="shape" style={cssVariables({ w: shape.width.toFixed(3), h: shape.height.toFixed(3) })} onClick={() => editor.setFrame(frameForShape(size, shape.value, limits))}>
              <i />{shape.value}
            </button>
          ))}
        </div>
      </div>
      <fieldset class="field">
        <legend>Pixels to add</legend>
        <div class="two">
          {SIDES.map((side) => (
            <label key={side} class="hint stack">
              {SIDE_LABELS[side]}
              <input
                class="input num" type="number" inputMode="numeric" min={0} max={limits[side]} value={String(frame[side])}
                onInput={({ currentTarget }) => editor.setFrame(withSide(frame, side, Number(currentTarget.value), limits))}
              />
            </label>
          ))}
        </div>
        <p class="hint num">New size: {describeSize(extendedSize(size, frame))}</p>
      </fieldset>
    </>
  );
}

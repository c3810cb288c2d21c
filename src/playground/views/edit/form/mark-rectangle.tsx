import { useState } from 'preact/hooks';
import { rectangleOfPercent } from '../../../editor/geometry';
import { Button } from '../../../parts/button';
import { Icon } from '../../../parts/icon';
import { useEditor } from '../use-editor';

const FIELDS = [['x', 'Left'], ['y', 'Top'], ['width', 'Width'], ['height', 'Height']] as const;
const INITIAL = { x: 25, y: 25, width: 50, height: 50 };

/** Marks a rectangle by numbers, for those who do not paint with a pointer. */
export function MarkRectangle() {
  const { painting } = useEditor();
  const [percent, setPercent] = useState(INITIAL);
  const rectangle = rectangleOfPercent(percent, painting.image.value);
  return (
    <details class="more">
      <summary><Icon name="right" />Mark a rectangle</summary>
      <div class="more-fields">
        <div class="two">
          {FIELDS.map(([name, label]) => (
            <label key={name} class="hint stack">
              {label}, per cent
              <input
                class="input num" type="number" inputMode="numeric" min={0} max={100} value={percent[name]}
                onInput={({ currentTarget }) => setPercent({ ...percent, [name]: Number(currentTarget.value) })}
              />
            </label>
          ))}
        </div>
        <Button size="small" icon="rectangle" explained={!rectangle} onClick={() => painting.add({ type: 'rectangle', rectangle: rectangle! })}>Mark</Button>
      </div>
    </details>
  );
}

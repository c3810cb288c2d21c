import { useState } from 'preact/hooks';
import { InputImage } from './input-image';
import { cssVariables } from '../../../parts/css-variables';
import { Icon } from '../../../parts/icon';
import { type EditInput, sizeOf } from '../../../stores/edit/edit-input';

export interface CompareProps {
  readonly before: EditInput;
  readonly after: EditInput;
}

const MIDDLE = 50;

/** Two versions, one above the other, with a slider. */
export function Compare({ before, after }: CompareProps) {
  const [position, setPosition] = useState(MIDDLE);
  const { width, height } = sizeOf(after);
  return (
    <div class="canvas">
      <div class="whole split" style={cssVariables({ x: `${position}%`, ratio: width / height })}>
        <InputImage input={before} alt="Before" />
        <div class="after"><InputImage input={after} alt="After" /></div>
        <span class="tag before" aria-hidden="true">Before</span>
        <span class="tag" aria-hidden="true">After</span>
        <span class="knob" aria-hidden="true"><Icon name="compare" /></span>
        <input
          type="range" min={0} max={100} value={position} aria-label="Before and after" aria-valuetext={`${position} per cent before`}
          onInput={({ currentTarget }) => setPosition(Number(currentTarget.value))}
        />
      </div>
    </div>
  );
}

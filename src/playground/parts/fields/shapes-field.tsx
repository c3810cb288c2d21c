import { useId } from 'preact/hooks';
import { describedBy, GroupFrame } from './field-frame';
import { type FieldProps } from './field-props';
import { shapesOf } from '../../models/shapes';
import { cssVariables } from '../css-variables';
import { radioKeys, radioProps } from '../radio-keys';

/** Aspect ratios as drawn rectangles, from tall to wide. */
export function ShapesField({ field, value, issue, onChange }: FieldProps) {
  const id = useId();
  const shapes = shapesOf(field.parameter.type === 'choice' ? field.parameter.values : []);
  const selected = value ?? field.default;
  const values = shapes.map((shape) => shape.value);
  return (
    <GroupFrame id={id} label={field.label} hint={field.hint} issue={issue}>
      <div class="shapes" role="radiogroup" style={cssVariables({ columns: columnsOf(shapes.length) })} aria-labelledby={`${id}-label`} aria-describedby={describedBy(id)} onKeyDown={radioKeys(values, onChange)}>
        {shapes.map((shape, index) => (
          <button
            key={shape.value}
            class="shape"
            {...radioProps(shape.value === selected, index === 0, values.includes(String(selected)))}
            style={cssVariables({ w: shape.width.toFixed(3), h: shape.height.toFixed(3) })}
            onClick={() => onChange(shape.value)}
          >
            <i />{shape.value}
          </button>
        ))}
      </div>
    </GroupFrame>
  );
}

const MAX_COLUMNS = 9;

/** Returns the number of shapes in a row: all of them, or two rows of about the same length. */
function columnsOf(count: number): number {
  return count <= MAX_COLUMNS ? Math.max(count, 5) : Math.ceil(count / Math.ceil(count / MAX_COLUMNS));
}

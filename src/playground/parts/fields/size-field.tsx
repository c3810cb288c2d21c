import { useId } from 'preact/hooks';
import { FieldNotes } from './field-frame';
import { type FieldProps } from './field-props';
import { parseSize, sizeLimitsText } from '../../models/size-limits';

/** Width and height in pixels. */
export function SizeField({ field, value, issue, onChange }: FieldProps) {
  const id = useId();
  if (field.parameter.type !== 'size') return null;
  const { minimum, maximum, multipleOf } = field.parameter;
  const [width = '', height = ''] = String(value ?? field.default ?? '').split('x');
  const side = (label: string, text: string, sizeOf: (text: string) => string) => (
    <label class="hint stack">
      {label}
      <input
        class="input num" type="number" inputMode="numeric" min={minimum} max={maximum} step={multipleOf} value={text}
        aria-describedby={`${id}-notes`} aria-invalid={issue !== undefined}
        onInput={(event) => onChange(sizeOf(event.currentTarget.value))}
      />
    </label>
  );
  return (
    <fieldset class="field" aria-describedby={`${id}-notes`}>
      <legend>{field.label}</legend>
      <div class="two">
        {side('Width', width, (text) => `${text}x${height}`)}
        {side('Height', height, (text) => `${width}x${text}`)}
      </div>
      <FieldNotes id={id} hint={sizeLimitsText(field.parameter)} issue={parseSize(`${width}x${height}`) ? issue : issue ?? 'Width and height in pixels.'} />
    </fieldset>
  );
}

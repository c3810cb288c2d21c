import { useId } from 'preact/hooks';
import { describedBy, FieldNotes } from './field-frame';
import { type FieldProps } from './field-props';

/** On or off. */
export function SwitchField({ field, value, issue, onChange }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="check">
        <input
          type="checkbox" checked={(value ?? field.default) === true} aria-describedby={describedBy(id)}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        {field.label}
      </label>
      <FieldNotes id={id} hint={field.hint} issue={issue} />
    </div>
  );
}

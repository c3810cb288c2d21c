import { useId } from 'preact/hooks';
import { describedBy, FieldFrame } from './field-frame';
import { type FieldProps } from './field-props';

/** A text, or a list with one text a line. */
export function TextField({ field, value, issue, onChange }: FieldProps) {
  const id = useId();
  const isList = field.parameter.type === 'texts';
  const text = Array.isArray(value) ? value.join('\n') : String(value ?? '');
  const change = (next: string) => onChange(isList ? next.split('\n') : next === '' ? undefined : next);
  return (
    <FieldFrame id={id} label={field.label} hint={isList ? 'One a line.' : field.hint} issue={issue}>
      <textarea
        id={id} class="input" rows={2} value={text} aria-describedby={describedBy(id)} aria-invalid={issue !== undefined}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

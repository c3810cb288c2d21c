import { useId } from 'preact/hooks';
import { describedBy, FieldFrame } from './field-frame';
import { type FieldProps } from './field-props';

/** A number, typed or with a slider. */
export function NumberField({ field, value, issue, onChange }: FieldProps) {
  const id = useId();
  const { parameter } = field;
  if (parameter.type !== 'integer' && parameter.type !== 'number') return null;
  const { minimum, maximum } = parameter;
  const shown = value ?? field.default;
  const change = (text: string) => onChange(text === '' ? undefined : Number(text));
  const limits = { min: minimum, max: maximum, step: stepOf(parameter) };
  const input = (
    <input
      id={id} class="input num" type="number" inputMode="decimal" {...limits}
      placeholder={field.default === undefined ? 'Default' : String(field.default)}
      value={value === undefined ? '' : String(value)}
      aria-describedby={describedBy(id)} aria-invalid={issue !== undefined}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
  return (
    <FieldFrame id={id} label={field.label} hint={field.hint} issue={issue}>
      {field.kind !== 'slider' ? input : (
        <div class="slider">
          <input
            type="range" {...limits} aria-label={`${field.label}, slider`} value={Number(shown ?? (minimum + maximum) / 2)}
            onInput={(event) => change(event.currentTarget.value)}
          />
          {input}
        </div>
      )}
    </FieldFrame>
  );
}

/** About a hundred steps for numbers between 0 and 1. */
function stepOf({ type, minimum, maximum }: { readonly type: string; readonly minimum: number; readonly maximum: number }): number {
  if (type === 'integer') return 1;
  return maximum - minimum <= 1 ? 0.01 : 0.1;
}

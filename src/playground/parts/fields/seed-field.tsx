import { useId } from 'preact/hooks';
import { describedBy, FieldFrame } from './field-frame';
import { type FieldProps } from './field-props';
import { IconButton } from '../icon-button';

/** A seed. Without one, each image gets a random seed. */
export function SeedField({ field, value, issue, onChange }: FieldProps) {
  const id = useId();
  const maximum = field.parameter.type === 'integer' ? field.parameter.maximum : 0;
  return (
    <FieldFrame id={id} label={field.label} hint={value === undefined ? 'Random. A fixed seed generates the same image again.' : 'Fixed. Further images count up from it.'} issue={issue}>
      <div class="row">
        <input
          id={id} class="input num grow" type="number" inputMode="numeric" min={0} max={maximum} placeholder="Random"
          value={value === undefined ? '' : String(value)} aria-describedby={describedBy(id)} aria-invalid={issue !== undefined}
          onInput={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : Number(currentTarget.value))}
        />
        <IconButton icon="dice" label="Choose a seed" onClick={() => onChange(Math.floor(Math.random() * maximum) + 1)} />
        {value !== undefined && <IconButton icon="close" label="Random seeds" onClick={() => onChange(undefined)} />}
      </div>
    </FieldFrame>
  );
}

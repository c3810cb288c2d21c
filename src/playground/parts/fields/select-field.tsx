import { useId } from 'preact/hooks';
import { describedBy, FieldFrame } from './field-frame';
import { type FieldProps } from './field-props';
import { choiceLabel } from '../../words/styles';

/** Many values of a choice, or the sizes of a model. */
export function SelectField({ field, value, issue, onChange }: FieldProps) {
  const id = useId();
  const { parameter } = field;
  const choices = 'values' in parameter ? parameter.values ?? [] : [];
  const change = (text: string) => onChange(text === '' ? undefined : text);
  return (
    <FieldFrame id={id} label={field.label} hint={field.hint} issue={issue}>
      <select id={id} class="input" aria-describedby={describedBy(id)} aria-invalid={issue !== undefined} value={String(value ?? field.default ?? '')} onChange={(event) => change(event.currentTarget.value)}>
        {field.default === undefined && <option value="">Default of the model</option>}
        {choices.map((choice) => <option key={choice} value={choice}>{parameter.type === 'size' ? choice.replace('x', ' × ') : choiceLabel(choice)}</option>)}
      </select>
    </FieldFrame>
  );
}

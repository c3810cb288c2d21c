import { useId } from 'preact/hooks';
import { describedBy, FieldNotes } from './field-frame';
import { type FieldProps } from './field-props';
import { choiceLabel } from '../../words/styles';
import { radioKeys, radioProps } from '../radio-keys';

/** A few values side by side. */
export function SegmentField({ field, value, issue, onChange }: FieldProps) {
  const id = useId();
  const choices = choicesOf(field.parameter);
  const selected = value ?? field.default;
  return (
    <div class="field">
      <div class="label-row">
        <span id={`${id}-label`} class="label">{field.label}</span>
        <div class="segment" role="radiogroup" aria-labelledby={`${id}-label`} aria-describedby={describedBy(id)} onKeyDown={radioKeys(choices, onChange)}>
          {choices.map((choice, index) => (
            <button
              key={String(choice)}
              {...radioProps(choice === selected, index === 0, choices.some((other) => other === selected))}
              onClick={() => onChange(choice)}
            >
              {typeof choice === 'number' ? choice : labelOf(field.name, choice)}
            </button>
          ))}
        </div>
      </div>
      <FieldNotes id={id} hint={field.hint} issue={issue} />
    </div>
  );
}

function choicesOf(parameter: FieldProps['field']['parameter']): readonly (string | number)[] {
  switch (parameter.type) {
    case 'choice': return parameter.values;
    case 'integer': return Array.from({ length: parameter.maximum - parameter.minimum + 1 }, (_, index) => parameter.minimum + index);
    default: return [];
  }
}

function labelOf(name: string, choice: string): string {
  return name === 'outputFormat' ? choice.toUpperCase() : choiceLabel(choice);
}

import { useId, useState } from 'preact/hooks';
import { describedBy, GroupFrame } from './field-frame';
import { type FieldProps } from './field-props';
import { choiceLabel, wordsHint, wordStyle } from '../../words/styles';
import { radioKeys, radioProps } from '../radio-keys';

/** Number of values that are shown before "More…". */
const SHOWN = 5;

/** Values of a choice as chips, with "None" for no value. */
export function ChipsField({ field, value, issue, onChange }: FieldProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const all = field.parameter.type === 'choice' ? field.parameter.values : [];
  const selected = valueOrDefault(value, field.default);
  const shown = isOpen || all.length <= SHOWN + 1 ? all : all.filter((choice, index) => index < SHOWN || choice === selected);
  const choices = [...(field.default === undefined ? [undefined] : []), ...shown];
  const words = field.addsWords ? wordStyle(value) : undefined;
  return (
    <GroupFrame id={id} label={field.label} issue={issue} hint={words ? wordsHint(words) : field.hint}>
      <div class="chips">
        <div role="radiogroup" aria-labelledby={`${id}-label`} aria-describedby={describedBy(id)} onKeyDown={radioKeys(choices, onChange)}>
          {choices.map((choice, index) => (
            <button key={choice ?? ''} class="chip" {...radioProps(choice === selected, index === 0, choices.includes(selected))} onClick={() => onChange(choice)}>
              {choice === undefined ? 'None' : labelOf(choice, field.addsWords)}
            </button>
          ))}
        </div>
        {shown.length < all.length && <button type="button" class="chip" onClick={() => setOpen(true)}>{all.length - shown.length} more…</button>}
      </div>
    </GroupFrame>
  );
}

function valueOrDefault(value: FieldProps['value'], byDefault: FieldProps['value']): string | undefined {
  const selected = value ?? byDefault;
  return typeof selected === 'string' ? selected : undefined;
}

function labelOf(choice: string, addsWords: boolean | undefined): string {
  return (addsWords ? wordStyle(choice)?.label : undefined) ?? choiceLabel(choice);
}

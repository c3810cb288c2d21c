/** Another model: values that fit stay, others are set to the default and named in the note. */
import { fieldNamed, type Field, type Form } from './form';
import { valueFits } from './limits';
import { type FieldValue, type FormValues, withValue } from './values';
import { choiceLabel } from '../words/styles';

/** A value that the new model does not take. */
export interface Reset {
  readonly name: string;
  /** What was set, as the control showed it. */
  readonly was: string;
  /** Default of the new model. Absent if it has none. */
  readonly now?: string;
}

export interface Switched {
  readonly values: FormValues;
  readonly resets: readonly Reset[];
}

/** Returns the values for another form. Values of fields that it does not have are kept for later, and named. */
export function switchForm(from: Form, to: Form, values: FormValues): Switched {
  const resets: Reset[] = [];
  let kept = values;
  for (const [name, value] of Object.entries(values)) {
    const previous = fieldNamed(from, name);
    if (value === undefined || !previous || name === 'prompt') continue;
    const next = fieldNamed(to, name);
    if (next && valueFits(next, value)) continue;
    resets.push({ name, was: showValue(previous, value), ...(next?.default !== undefined && { now: showValue(next, next.default) }) });
    if (next) kept = withValue(kept, name, undefined);
  }
  return { values: kept, resets };
}

/** Returns the note about a value that was reset: "21:9 is not available here, using 16:9". */
export function resetText({ was, now }: Reset): string {
  return now === undefined ? `${was} is not available here` : `${was} is not available here, using ${now}`;
}

/** Returns a value as the control shows it. */
function showValue({ name, label, kind, parameter }: Field, value: FieldValue): string {
  switch (parameter.type) {
    case 'choice': return name === 'outputFormat' ? String(value).toUpperCase() : choiceLabel(String(value));
    case 'integer':
    case 'number': return `${label} ${String(value)}`;
    case 'size': return String(value).replace('x', ' × ');
    default: return kind === 'image' ? 'An input image' : label;
  }
}

/** Checks values against the limits of the parameters, with texts for the fields. The API checks them again. */
import { type Field, type Form } from './form';
import { textLength } from './prompt-length';
import { promptOf } from './request-body';
import { missingOneOf, requiredNames, visibleFields } from './rules';
import { sizeIssue } from './size-limits';
import { type FieldValue, type FormValues, isSet, valueOf } from './values';

export interface FieldIssue {
  /** Request field. */
  readonly name: string;
  /** What is wrong and what fits, for the field. */
  readonly text: string;
}

/** Returns what does not fit the model, at most one issue a field, in the order of the form. */
export function formIssues(form: Form, values: FormValues): readonly FieldIssue[] {
  const required = requiredNames(form, values);
  const issues = visibleFields(form, values).flatMap((field) => issueOf(form, field, values, required) ?? []);
  const [first] = missingOneOf(form, values);
  return first === undefined || issues.some(({ name }) => name === first) ? issues : [...issues, { name: first, text: 'Pull an edge first.' }];
}

function issueOf(form: Form, field: Field, values: FormValues, required: ReadonlySet<string>): FieldIssue | undefined {
  const { name, addsWords } = field;
  // a style without words is not sent
  if (addsWords) return undefined;
  const text = isSet(values, name) ? valueIssue(field, name === 'prompt' ? promptOf(form, values) : valueOf(values, name)) : missingIssue(field, required);
  return text === undefined ? undefined : { name, text };
}

/** A required field whose control shows a value is sent with it. */
function missingIssue({ name, parameter }: Field, required: ReadonlySet<string>): string | undefined {
  if (!required.has(name)) return undefined;
  switch (parameter.type) {
    case 'text': return 'Say it in a few words.';
    case 'texts': return 'Add at least one.';
    case 'image': return name === 'mask' ? 'Paint over a part first.' : 'Choose an image.';
    default: return undefined;
  }
}

function valueIssue({ parameter }: Field, value: FieldValue | undefined): string | undefined {
  switch (parameter.type) {
    case 'text': return typeof value === 'string' ? lengthIssue(value, parameter.minLength, parameter.maxLength) : 'A text.';
    case 'texts': return Array.isArray(value) && value.length > parameter.maxItems ? `At most ${parameter.maxItems}.` : undefined;
    case 'choice': return typeof value === 'string' && parameter.values.includes(value) ? undefined : `${String(value)} is not available with this model.`;
    case 'size': return sizeIssue(String(value), parameter);
    case 'integer':
    case 'number': return numberIssue(value, parameter);
    case 'boolean': return typeof value === 'boolean' ? undefined : 'On or off.';
    default: return undefined;
  }
}

function lengthIssue(text: string, minLength: number, maxLength: number): string | undefined {
  const length = textLength(text);
  if (length < minLength) return `At least ${minLength} characters.`;
  if (length <= maxLength) return undefined;
  const over = length - maxLength;
  return `${over.toLocaleString('en')} ${over === 1 ? 'character' : 'characters'} too long. At most ${maxLength.toLocaleString('en')}.`;
}

interface NumberLimits {
  readonly type: 'integer' | 'number';
  readonly minimum: number;
  readonly maximum: number;
}

function numberIssue(value: FieldValue | undefined, { type, minimum, maximum }: NumberLimits): string | undefined {
  const isValid = typeof value === 'number' && value >= minimum && value <= maximum && (type === 'number' || Number.isInteger(value));
  const range = `from ${minimum.toLocaleString('en')} to ${maximum.toLocaleString('en')}`;
  return isValid ? undefined : `${type === 'integer' ? 'A whole number' : 'A number'} ${range}.`;
}

/** Returns whether a value is within the limits of a field. */
export function valueFits(field: Field, value: FieldValue): boolean {
  return valueIssue(field, value) === undefined;
}

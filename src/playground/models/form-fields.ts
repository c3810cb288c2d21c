/** Values of the form as texts in the URL, and back. */
import { fieldNamed, type Field, type Form } from './form';
import { valueFits } from './limits';
import { type FieldValue, type FormValues, isSet, valueOf } from './values';
import { ULID } from '../../private/contract/request-limits';
import { type LocationFields } from '../location';

export interface ReadValues {
  readonly values: FormValues;
  /** Fields whose texts do not fit the model. They have no value. */
  readonly rejected: readonly string[];
}

/** Returns the values that differ from the defaults as texts. Images are written only by id: a file does not fit into a URL. */
export function writeFields(form: Form, values: FormValues): LocationFields {
  const entries = form.fields.flatMap((field): [string, string][] => {
    const value = valueOf(values, field.name);
    const text = value === undefined || !isSet(values, field.name) || value === field.default ? undefined : textOf(field, value);
    return text === undefined ? [] : [[field.name, text]];
  });
  return Object.fromEntries(entries);
}

/** Returns the values of texts from a URL. A prompt is kept also if it is too long; other values that do not fit are left out and named. */
export function readFields(form: Form, fields: LocationFields): ReadValues {
  const values: [string, FieldValue][] = [];
  const rejected: string[] = [];
  for (const [name, text] of Object.entries(fields)) {
    if (name === 'model') continue;
    const field = fieldNamed(form, name);
    const value = field && valueOfText(field, text);
    if (field && value !== undefined && (field.parameter.type === 'text' || valueFits(field, value))) values.push([name, value]);
    else rejected.push(name);
  }
  return { values: Object.fromEntries(values), rejected };
}

/** The id of an image or upload, optionally with the index of the file. */
const STORED_IMAGE = new RegExp(`^${ULID}(/[0-3])?$`);

function textOf({ parameter }: Field, value: FieldValue): string | undefined {
  switch (parameter.type) {
    case 'image': return typeof value === 'string' && STORED_IMAGE.test(value) ? value : undefined;
    case 'texts': return JSON.stringify(value);
    default: return String(value);
  }
}

function valueOfText({ parameter }: Field, text: string): FieldValue | undefined {
  switch (parameter.type) {
    case 'image': return STORED_IMAGE.test(text) ? text : undefined;
    case 'texts': return parseTexts(text);
    case 'integer':
    case 'number': return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'boolean': return text === 'true' ? true : text === 'false' ? false : undefined;
    default: return text === '' ? undefined : text;
  }
}

function parseTexts(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

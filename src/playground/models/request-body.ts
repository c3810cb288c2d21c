/** Bodies of `POST /images` and `POST /images/edits` from the values of the form. */
import { type Field, type Form, isEdit } from './form';
import { requiredNames, visibleFields } from './rules';
import { type FormValues, initialValue, isSet, valueOf } from './values';
import { type JsonObject } from '../../private/contract/json-object';
import { type Model } from '../../private/contract/responses';
import { withStyleWords } from '../words/styles';

/** What one request adds to the form. */
export interface RequestPart {
  /** Absent for a model without seeds. */
  readonly seed?: number;
  /** Number of images of this request. */
  readonly count: number;
}

/**
 * Returns the body of a request. It has the values that are set and differ from the defaults of the model, so that the code shows what the
 * user chose. Fields that a rule hides are left out.
 */
export function requestBody(form: Form, values: FormValues, { seed, count }: RequestPart): JsonObject {
  const required = requiredNames(form, values);
  const fields = visibleFields(form, values).filter(({ name }) => !PER_REQUEST.includes(name));
  return {
    ...targetEntry(form),
    ...Object.fromEntries(fields.flatMap((field) => entriesOf(form, field, values, required))),
    ...(seed !== undefined && 'seed' in form.target.parameters && { seed }),
    ...(count > 1 && { count }),
  };
}

/** Fields that the plan of a run sets for each request. */
const PER_REQUEST: readonly string[] = ['seed', 'count'];

function targetEntry({ target }: Form): JsonObject {
  if (isEdit(target)) return { operation: target.operation };
  const { id, alias, default: isDefault } = target as Model;
  return isDefault ? {} : { model: alias ?? id };
}

function entriesOf(form: Form, field: Field, values: FormValues, required: ReadonlySet<string>): [string, unknown][] {
  const { name, parameter, addsWords } = field;
  if (addsWords) return [];
  if (name === 'prompt' && isSet(values, name)) return [[name, promptOf(form, values)]];
  const isRequired = required.has(name);
  const value = isSet(values, name) ? valueOf(values, name) : isRequired ? initialValue(parameter) : undefined;
  if (value === undefined || (value === field.default && !isRequired)) return [];
  return name === 'size' ? sizeEntries(String(value)) : [[name, value]];
}

/** Returns the prompt as it is sent: with the words of the style, if the model has no styles. */
export function promptOf({ fields }: Form, values: FormValues): string {
  const prompt = String(valueOf(values, 'prompt') ?? '');
  return fields.some(({ addsWords }) => addsWords) ? withStyleWords(prompt, valueOf(values, 'style')) : prompt;
}

function sizeEntries(size: string): [string, unknown][] {
  const [width, height] = size.split('x').map(Number);
  return [['width', width], ['height', height]];
}

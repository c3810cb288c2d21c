/** The form of a model: its fields in the order in which they are shown. */
import { type FieldParameter, type Target } from './capabilities';
import { type Control, controlOf } from './controls';
import { type FieldValue } from './values';
import { WORD_STYLES } from '../words/styles';

export interface Field extends Control {
  /** Request field. */
  readonly name: string;
  readonly parameter: FieldParameter;
  readonly required: boolean;
  /** Value of the model if the request has none. */
  readonly default?: FieldValue;
  /** Whether the value adds words to the prompt, because the model has no styles. It is not a request field. */
  readonly addsWords?: true;
}

export interface Form {
  /** Fields of the form, in their order. */
  readonly fields: readonly Field[];
  readonly target: Target;
}

/** Returns the form of a model or edit. A model without styles gets those that add words to the prompt. */
export function formOf(target: Target): Form {
  const known = Object.entries(target.parameters).flatMap(([name, parameter]) => fieldOf(name, parameter) ?? []);
  const hasWords = 'prompt' in target.parameters && !('operation' in target) && !('style' in target.parameters);
  const fields = hasWords ? [...known, wordStyleField()] : known;
  return { target, fields: fields.map((field, index) => ({ field, index })).sort(byOrder).map(({ field }) => field) };
}

/** Returns a field of a form by its name. */
export function fieldNamed({ fields }: Form, name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}

function fieldOf(name: string, parameter: FieldParameter): Field | undefined {
  const control = controlOf(name, parameter);
  if (!control || hasOneValue(parameter)) return undefined;
  const defaultValue = 'default' in parameter ? parameter.default : undefined;
  return { ...control, name, parameter, required: isRequired(parameter), ...(defaultValue !== undefined && { default: defaultValue }) };
}

/** Whether there is nothing to choose, as with a model that generates PNG only. */
function hasOneValue(parameter: FieldParameter): boolean {
  return parameter.type === 'choice' && parameter.values.length < 2 && !isRequired(parameter);
}

function wordStyleField(): Field {
  const parameter: FieldParameter = { type: 'choice', values: WORD_STYLES.map(({ value }) => value) };
  return { kind: 'chips', label: 'Style', group: 'main', order: 20, name: 'style', parameter, required: false, addsWords: true };
}

interface Positioned {
  readonly field: Field;
  readonly index: number;
}

const GROUPS = ['main', 'more', 'canvas'] as const;

function byOrder(a: Positioned, b: Positioned): number {
  return GROUPS.indexOf(a.field.group) - GROUPS.indexOf(b.field.group) || a.field.order - b.field.order || a.index - b.index;
}

function isRequired(parameter: FieldParameter): boolean {
  return 'required' in parameter && parameter.required === true;
}

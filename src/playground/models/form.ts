/** The form of a model or edit: its fields in the order in which they are shown. */
import { type Control, controlOf } from './controls';
import { type FieldValue } from './values';
import { type Edit, type FieldParameter, type Target } from '../../private/contract/responses';
import { operationWords } from '../words/operations';
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

const GROUPS = ['main', 'more', 'canvas'] as const;

/** Returns the form of a model or edit. A model without styles gets those that add words to the prompt. */
export function formOf(target: Target): Form {
  const known = Object.entries(target.parameters).flatMap(([name, parameter]) => fieldOf(name, parameter) ?? []);
  const fields = isEdit(target) ? known.map((field) => editField(field, target)) : [...known, ...wordStyleFields(target)];
  // the sort is stable: unknown parameters keep the order of the API
  return { target, fields: [...fields].sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || a.order - b.order) };
}

/** Returns a field of a form by its name. */
export function fieldNamed({ fields }: Form, name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}

/** Returns whether a target is an edit. */
export function isEdit(target: Target): target is Edit {
  return 'operation' in target;
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

function isRequired(parameter: FieldParameter): boolean {
  return 'required' in parameter && parameter.required === true;
}

/** The image to edit is on the canvas, where a mask is painted: the page requires one, although the API also takes the transparency of the image. */
function editField(field: Field, edit: Edit): Field {
  switch (field.name) {
    case 'image': return { ...field, group: 'canvas', label: 'Image to edit' };
    case 'mask': return { ...field, required: true };
    case 'prompt': return { ...field, label: operationWords(edit).prompt ?? field.label };
    default: return field;
  }
}

function wordStyleFields({ parameters }: Target): readonly Field[] {
  if (!('prompt' in parameters) || 'style' in parameters) return [];
  const parameter: FieldParameter = { type: 'choice', values: WORD_STYLES.map(({ value }) => value) };
  return [{ kind: 'chips', label: 'Style', group: 'main', order: 20, name: 'style', parameter, required: false, addsWords: true }];
}

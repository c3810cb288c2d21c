/** Values of the form. A field without a value has the default of the model. */
import { type FieldParameter } from '../../private/contract/responses';

export type FieldValue = string | number | boolean | readonly string[];

/** Values by request field. `size` is a text such as `1024x768`, an image is the id of an image or of an upload, or base64. */
export type FormValues = Readonly<Record<string, FieldValue | undefined>>;

/** Returns the value of a field. Names come from the API, so that inherited properties such as `constructor` are not values. */
export function valueOf(values: FormValues, name: string): FieldValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** Returns whether a field has a value. Blank texts and empty lists are no values. */
export function isSet(values: FormValues, name: string): boolean {
  const value = valueOf(values, name);
  if (typeof value === 'string') return value.trim() !== '';
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

/** Returns the values with one changed. `undefined` removes it. */
export function withValue(values: FormValues, name: string, value: FieldValue | undefined): FormValues {
  const others = Object.entries(values).filter(([other]) => other !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
}

/** Returns the value that a control shows before the user changes it, and that a required field without a value is sent with. */
export function initialValue(parameter: FieldParameter): FieldValue | undefined {
  if ('default' in parameter && parameter.default !== undefined) return parameter.default;
  switch (parameter.type) {
    case 'choice': return parameter.required ? parameter.values[0] : undefined;
    case 'integer': return Math.round((parameter.minimum + parameter.maximum) / 2);
    // without the error of binary fractions
    case 'number': return Number(((parameter.minimum + parameter.maximum) / 2).toFixed(4));
    case 'boolean': return false;
    default: return undefined;
  }
}

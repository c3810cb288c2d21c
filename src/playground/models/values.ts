/** Values of the form. A field without a value has the default of the model. */

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

/** Which fields are shown: `rules.needs` and `rules.excludes` hide fields, which keep their values for later. */
import { type Field, type Form } from './form';
import { type FormValues, isSet } from './values';

type Needs = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * Returns the fields that are shown for these values. A field that needs another one is hidden until that one is set. If two need each other,
 * the first one in the form is shown and leads the other.
 */
export function visibleFields(form: Form, values: FormValues): readonly Field[] {
  const excluded = excludedNames(form, values);
  const names = form.fields.map(({ name }) => name);
  const needs: Needs = form.target.rules?.needs ?? {};
  const leads = (name: string, other: string) => (needs[other]?.includes(name) ?? false) && names.indexOf(name) < names.indexOf(other);
  const isReady = (name: string) => (needs[name] ?? []).every((other) => (isSet(values, other) && !excluded.has(other)) || leads(name, other));
  return form.fields.filter(({ name }) => !excluded.has(name) && isReady(name));
}

/** Returns the visible fields that must have a value: required ones, and those that a field with a value needs. */
export function requiredNames(form: Form, values: FormValues): ReadonlySet<string> {
  const visible = visibleFields(form, values);
  const needs: Needs = form.target.rules?.needs ?? {};
  const needed = visible.filter(({ name }) => isSet(values, name)).flatMap(({ name }) => needs[name] ?? []);
  return new Set([...visible.filter(({ required }) => required).map(({ name }) => name), ...needed]);
}

/** Returns the fields that exclude each other with a value that is set. The first one in the form wins. */
function excludedNames({ fields, target }: Form, values: FormValues): Set<string> {
  const excludes: Needs = target.rules?.excludes ?? {};
  const excluded = new Set<string>();
  for (const { name } of fields) {
    if (excluded.has(name) || !isSet(values, name)) continue;
    for (const other of excludes[name] ?? []) excluded.add(other);
  }
  return excluded;
}

/** Returns the fields of `rules.oneOf`, of which at least one must be greater than 0, if none is. */
export function missingOneOf({ target }: Form, values: FormValues): readonly string[] {
  const names = target.rules?.oneOf ?? [];
  const isPositive = (name: string) => Object.hasOwn(values, name) && Number(values[name]) > 0;
  return names.some(isPositive) ? [] : names;
}

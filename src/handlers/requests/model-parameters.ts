import { sizeErrors } from './image-size';
import { show } from './validation-errors';
import type { FieldError } from '../../private/contract/errors';
import type { ModelParameters, NumberParameter, Parameter, ParameterRules } from '../../private/contract/models';

type Data = Readonly<Record<string, unknown>>;

/** A model, and what it takes. */
interface Target {
  readonly model: { readonly id: string };
  readonly parameters: ModelParameters | Readonly<Record<string, Parameter>>;
  readonly rules: ParameterRules;
}

/**
 * What `data` asks of a model that it cannot do: refused, never dropped silently. `fields` are those that a request of this kind
 * may have.
 */
export function parameterErrors(data: Data, { model, parameters, rules }: Target, fields: readonly string[]): FieldError[] {
  const named = fields.filter((field) => field !== 'width' && field !== 'height');
  const taken: Readonly<Record<string, Parameter>> = { ...parameters };
  return [
    ...named.flatMap((field): FieldError[] => {
      const detail = detailOf(data[field], taken[field], model.id);
      return detail === undefined ? [] : [{ pointer: `/${field}`, detail }];
    }),
    ...(fields.includes('width') ? sizeErrors(data, parameters, model.id) : []),
    ...ruleErrors(data, rules),
  ];
}

function detailOf(value: unknown, parameter: Parameter | undefined, id: string): string | undefined {
  if (!parameter) return value === undefined ? undefined : `is not supported by ${id}`;
  if (value === undefined) return 'required' in parameter ? `is required by ${id}: ${describeParameter(parameter)}` : undefined;
  return takes(parameter, value) ? undefined : `must be ${describeParameter(parameter)} for ${id}, got ${show(value)}`;
}

function takes(parameter: Parameter, value: unknown): boolean {
  switch (parameter.type) {
    case 'text': return typeof value === 'string' && isWithin([...value].length, { minimum: parameter.minLength, maximum: parameter.maxLength });
    case 'choice': return typeof value === 'string' && parameter.values.includes(value);
    case 'integer': return Number.isInteger(value) && isWithin(value, parameter);
    case 'number': return isWithin(value, parameter);
    // what is in a list the contract says; a file is looked at once it is there
    default: return true;
  }
}

function isWithin(value: unknown, { minimum, maximum }: Pick<NumberParameter, 'minimum' | 'maximum'>): boolean {
  return typeof value === 'number' && value >= minimum && value <= maximum;
}

function describeParameter(parameter: Parameter): string {
  switch (parameter.type) {
    case 'text': return `a text of ${parameter.minLength} to ${parameter.maxLength} characters`;
    case 'texts': return `a list of up to ${parameter.maxItems} texts`;
    case 'choice': return `one of ${parameter.values.join(', ')}`;
    case 'integer': return `a whole number from ${parameter.minimum} to ${parameter.maximum}`;
    case 'number': return `a number from ${parameter.minimum} to ${parameter.maximum}`;
    case 'image': return `an image (${parameter.formats.join(', ')})`;
    case 'size': return 'a size';
  }
}

/** What holds between fields. */
function ruleErrors(data: Data, { oneOf, needs = {}, excludes = {} }: ParameterRules): FieldError[] {
  const given = (field: string) => data[field] !== undefined;
  const missing = Object.entries(needs).filter(([field]) => given(field)).flatMap(([field, others]) =>
    others.filter((other) => !given(other)).map((other) => ({ pointer: `/${other}`, detail: `is required together with ${field}` })));
  const clashing = Object.entries(excludes).filter(([field]) => given(field)).flatMap(([field, others]) =>
    others.flatMap((other) => (other === 'size' ? ['width', 'height'] : [other])).filter(given)
      .map((other) => ({ pointer: `/${other}`, detail: `cannot be combined with ${field}` })));
  const none = oneOf && !oneOf.some((field) => Number(data[field]) > 0)
    ? [{ pointer: `/${oneOf[0]}`, detail: `at least one of ${oneOf.join(', ')} must be more than 0` }]
    : [];
  return [...missing, ...clashing, ...none];
}

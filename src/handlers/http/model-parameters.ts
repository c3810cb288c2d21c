import { show } from './faults';
import type { AllowedModel } from './models';
import { sizeFaults } from './size';
import type { Fault } from '../../private/contract/errors';
import type { NumberParameter, Parameter, ParameterName, ParameterRules } from '../../private/contract/models';

type Data = Readonly<Record<string, unknown>>;

/**
 * What `data` asks of a model that it cannot do: refused, never dropped silently. `fields` are those that a request of this kind
 * may have.
 */
export function parameterFaults(data: Data, { model, parameters, rules }: AllowedModel, fields: readonly string[]): Fault[] {
  const named = fields.filter((field) => field !== 'width' && field !== 'height') as ParameterName[];
  return [
    ...named.flatMap((field): Fault[] => {
      const detail = detailOf(data[field], parameters[field], model.id);
      return detail === undefined ? [] : [{ pointer: `/${field}`, detail }];
    }),
    ...(fields.includes('width') ? sizeFaults(data, parameters, model.id) : []),
    ...ruleFaults(data, rules),
  ];
}

function detailOf(value: unknown, parameter: Parameter | undefined, id: string): string | undefined {
  if (!parameter) return value === undefined ? undefined : `is not supported by ${id}`;
  if (value === undefined) return 'required' in parameter ? `is required by ${id}: ${describeParameter(parameter)}` : undefined;
  return takes(parameter, value) ? undefined : `must be ${describeParameter(parameter)} for ${id}, got ${show(value)}`;
}

function takes(parameter: Parameter, value: unknown): boolean {
  switch (parameter.type) {
    case 'text': return typeof value === 'string' && [...value].length <= parameter.maxLength;
    case 'choice': return typeof value === 'string' && parameter.values.includes(value);
    case 'integer': return Number.isInteger(value) && isWithin(value, parameter);
    case 'number': return isWithin(value, parameter);
    // a file: looked at once it is there
    default: return true;
  }
}

function isWithin(value: unknown, { minimum, maximum }: NumberParameter): boolean {
  return typeof value === 'number' && value >= minimum && value <= maximum;
}

function describeParameter(parameter: Parameter): string {
  switch (parameter.type) {
    case 'text': return `a text of up to ${parameter.maxLength} characters`;
    case 'choice': return `one of ${parameter.values.join(', ')}`;
    case 'integer': return `a whole number from ${parameter.minimum} to ${parameter.maximum}`;
    case 'number': return `a number from ${parameter.minimum} to ${parameter.maximum}`;
    case 'image': return `an image (${parameter.formats.join(', ')})`;
    case 'size': return 'a size';
  }
}

/** What holds between fields. */
function ruleFaults(data: Data, { oneOf, needs = {}, excludes = {} }: ParameterRules): Fault[] {
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

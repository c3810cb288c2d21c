import { sizeErrors } from './image-size';
import { formatValue } from './validation-errors';
import type { FieldError } from '../../private/contract/errors';
import type { JsonObject } from '../../private/contract/json-object';
import type { ModelParameters, NumberParameter, Parameter, ParameterRules } from '../../private/contract/models';
import { characterCount } from '../shared/character-count';

/** A model and its parameters. */
interface Target {
  readonly model: { readonly id: string };
  readonly parameters: ModelParameters | Readonly<Record<string, Parameter>>;
  readonly rules: ParameterRules;
}

/**
 * Validates a request against the parameters of its model. A field that the model does not support is an error: it is never ignored.
 * `fields`: the fields of the request schema that are passed to models.
 */
export function parameterErrors(data: JsonObject, { model, parameters, rules }: Target, fields: readonly string[]): FieldError[] {
  const byName: Readonly<Record<string, Parameter>> = { ...parameters };
  return [
    ...fields.filter((field) => field !== 'width' && field !== 'height').flatMap((field): FieldError[] => {
      const detail = parameterError(data[field], byName[field], model.id);
      return detail === undefined ? [] : [{ pointer: `/${field}`, detail }];
    }),
    ...(fields.includes('width') ? sizeErrors(data, parameters, model.id) : []),
    ...ruleErrors(data, rules),
  ];
}

function parameterError(value: unknown, parameter: Parameter | undefined, modelId: string): string | undefined {
  if (!parameter) return value === undefined ? undefined : `is not supported by ${modelId}`;
  if (value === undefined) return 'required' in parameter ? `is required by ${modelId}: ${describeParameter(parameter)}` : undefined;
  return isValid(parameter, value) ? undefined : `must be ${describeParameter(parameter)} for ${modelId}, got ${formatValue(value)}`;
}

function isValid(parameter: Parameter, value: unknown): boolean {
  switch (parameter.type) {
    case 'text': return typeof value === 'string' && isWithin(characterCount(value), { minimum: parameter.minLength, maximum: parameter.maxLength });
    case 'choice': return parameter.values.some((allowed) => allowed === value);
    case 'integer': return Number.isInteger(value) && isWithin(value, parameter);
    case 'number': return isWithin(value, parameter);
    // the schema validates arrays, and images are validated after they are loaded
    default: return true;
  }
}

function isWithin(value: unknown, { minimum, maximum }: Pick<NumberParameter, 'minimum' | 'maximum'>): boolean {
  return typeof value === 'number' && value >= minimum && value <= maximum;
}

function describeParameter(parameter: Parameter): string {
  switch (parameter.type) {
    case 'text': return `a string of ${parameter.minLength} to ${parameter.maxLength} characters`;
    case 'texts': return `an array of up to ${parameter.maxItems} strings`;
    case 'choice': return `one of ${parameter.values.join(', ')}`;
    case 'integer': return `an integer from ${parameter.minimum} to ${parameter.maximum}`;
    case 'number': return `a number from ${parameter.minimum} to ${parameter.maximum}`;
    case 'image': return `an image (${parameter.formats.join(', ')})`;
    case 'size': return 'a size';
  }
}

/** Validates the rules between fields. */
function ruleErrors(data: JsonObject, { oneOf, needs = {}, excludes = {} }: ParameterRules): FieldError[] {
  const isSet = (field: string) => data[field] !== undefined;
  const missing = Object.entries(needs).filter(([field]) => isSet(field)).flatMap(([field, others]) =>
    others.filter((other) => !isSet(other)).map((other) => ({ pointer: `/${other}`, detail: `is required together with ${field}` })));
  const conflicting = Object.entries(excludes).filter(([field]) => isSet(field)).flatMap(([field, others]) =>
    others.flatMap((other) => (other === 'size' ? ['width', 'height'] : [other])).filter(isSet)
      .map((other) => ({ pointer: `/${other}`, detail: `cannot be combined with ${field}` })));
  const noneSet = oneOf && !oneOf.some((field) => isPositive(data[field]))
    ? [{ pointer: `/${oneOf[0]}`, detail: `at least one of ${oneOf.join(', ')} must be greater than 0` }]
    : [];
  return [...missing, ...conflicting, ...noneSet];
}

/** Does not convert the value: an object could have a `toString` of its own. */
function isPositive(value: unknown): boolean {
  return typeof value === 'number' && value > 0;
}

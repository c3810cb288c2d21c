import type { ErrorObject } from 'ajv';
import type { FieldError } from '../../private/contract/errors';
import type { JsonObject } from '../../private/contract/json-object';
import { characterCount } from '../shared/character-count';

/** The JSON Schema keywords that the contract uses for fields. `x-must` describes a pattern in words. */
export interface FieldSchema {
  readonly 'type'?: string;
  readonly 'enum'?: readonly unknown[];
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'minLength'?: number;
  readonly 'maxLength'?: number;
  readonly 'minItems'?: number;
  readonly 'maxItems'?: number;
  readonly 'items'?: FieldSchema;
  readonly 'description'?: string;
  readonly 'x-must'?: string;
}

export interface ObjectSchema {
  readonly properties: Readonly<Record<string, FieldSchema>>;
}

type ValidationError = Omit<ErrorObject, 'schemaPath'>;

/** A compiled schema. It sets `errors` when it returns false. */
interface Validator {
  (data: unknown): boolean;
  readonly errors?: null | readonly ValidationError[];
}

/** Validates data against a schema. Returns one error per field, or none if the data is valid. */
export function schemaErrors(validate: Validator, schema: ObjectSchema, data: JsonObject): FieldError[] {
  return validate(data) ? [] : fieldErrorsOf(validate.errors ?? [], schema, data);
}

/** Converts the errors of a validator: one error per field, with the expected and the received value. */
export function fieldErrorsOf(errors: readonly ValidationError[], schema: ObjectSchema, data: JsonObject): FieldError[] {
  return firstErrorPerField(errors.map((error) => fieldErrorOf(error, schema, data)));
}

function fieldErrorOf(error: ValidationError, { properties }: ObjectSchema, data: JsonObject): FieldError {
  switch (error.keyword) {
    case 'required':
      return { pointer: `/${error.params.missingProperty}`, detail: `is required: ${describeField(properties[error.params.missingProperty])}` };
    case 'dependentRequired':
      return { pointer: `/${error.params.missingProperty}`, detail: `is required together with ${error.params.property}` };
    case 'additionalProperties':
      return {
        pointer: pointerTo(error.params.additionalProperty),
        detail: `is not a field of this request; the fields are ${Object.keys(properties).join(', ')}`,
      };
    case 'pattern': {
      const name = error.instancePath.slice(1);
      return { pointer: error.instancePath, detail: `must ${properties[name]['x-must']}, got ${formatValue(data[name])}` };
    }
    default: {
      const [, name, index] = error.instancePath.split('/');
      return { pointer: error.instancePath, detail: valueError(properties[name], data[name], index) };
    }
  }
}

/** `index`: the index of the array item that is not valid. */
function valueError(field: FieldSchema, value: unknown, index: string | undefined): string {
  if (index !== undefined && field.items && Array.isArray(value)) return valueError(field.items, value[Number(index)], undefined);
  return `must be ${describeField(field)}, got ${formatValue(value)}`;
}

/** Describes the values of a field in words. */
export function describeField({ type, enum: values, minimum, maximum, minLength, maxLength, minItems, maxItems, items }: FieldSchema): string {
  if (type === 'array') return `an array of ${minItems} to ${maxItems} ${items?.type === 'object' ? 'objects' : 'strings'}`;
  if (type === 'object') return 'an object';
  if (values) return `one of ${values.join(', ')}`;
  if (type === 'boolean') return 'true or false';
  if (minimum !== undefined) return `${type === 'integer' ? 'an integer' : 'a number'} from ${minimum} to ${maximum}`;
  if (maxLength !== undefined) return `a string of ${minLength ?? 0} to ${maxLength} characters`;
  return 'a string';
}

/** Removes all errors of a field except the first. */
export function firstErrorPerField(fieldErrors: readonly FieldError[]): FieldError[] {
  // a single pass, because a body can have hundreds of thousands of errors
  const seen = new Set<string>();
  return fieldErrors.filter(({ pointer }) => seen.size < seen.add(pointer).size);
}

const MAX_LENGTH = 40;

/** Formats a received value for an error detail. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') {
    const length = characterCount(value);
    return length > MAX_LENGTH ? `a string of ${length} characters` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of length ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** Returns the JSON pointer (RFC 6901) of a field. A long name is truncated, because it comes from the request and would make the response too large. */
export function pointerTo(name: string): string {
  const short = name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH)}...` : name;
  return `/${short.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

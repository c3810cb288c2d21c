import type { ErrorObject } from 'ajv';
import type { FieldError } from '../../private/contract/errors';

/** The part of JSON Schema that the contract uses for a field. */
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

const LONGEST_QUOTE = 40;

/** What a validator found. */
type ValidationError = Omit<ErrorObject, 'schemaPath'>;

/** One fault a field, in words: what it must be, and what it was. */
export function fieldErrorsOf(errors: readonly ValidationError[], schema: ObjectSchema, data: Readonly<Record<string, unknown>>): FieldError[] {
  const faults = new Map<string, FieldError>();
  for (const error of errors) {
    const fault = fieldErrorOf(error, schema, data);
    if (!faults.has(fault.pointer)) faults.set(fault.pointer, fault);
  }
  return [...faults.values()];
}

function fieldErrorOf(error: ValidationError, schema: ObjectSchema, data: Readonly<Record<string, unknown>>): FieldError {
  switch (error.keyword) {
    case 'required':
      return { pointer: `/${error.params.missingProperty}`, detail: `is required: ${describe(schema.properties[error.params.missingProperty])}` };
    case 'dependentRequired':
      return { pointer: `/${error.params.missingProperty}`, detail: `is required together with ${error.params.property}` };
    case 'additionalProperties':
      return {
        pointer: pointerTo(error.params.additionalProperty),
        detail: `is not a field of this request; it takes ${Object.keys(schema.properties).join(', ')}`,
      };
    case 'pattern': {
      const name = error.instancePath.slice(1);
      return { pointer: error.instancePath, detail: `must ${schema.properties[name]['x-must']}, got ${show(data[name])}` };
    }
    default: {
      const [, name, index] = error.instancePath.split('/');
      return { pointer: error.instancePath, detail: mustBe(schema.properties[name], data[name], index) };
    }
  }
}

/** `index`: of the item of a list that is wrong. */
function mustBe(field: FieldSchema, value: unknown, index: string | undefined): string {
  if (index !== undefined && field.items && Array.isArray(value)) return mustBe(field.items, value[Number(index)], undefined);
  return `must be ${describe(field)}, got ${show(value)}`;
}

/** What a field takes, in words. */
export function describe({ type, enum: choices, minimum, maximum, minLength, maxLength, minItems, maxItems }: FieldSchema): string {
  if (type === 'array') return `a list of ${minItems} to ${maxItems} texts`;
  if (choices) return `one of ${choices.join(', ')}`;
  if (type === 'boolean') return 'true or false';
  if (minimum !== undefined || maximum !== undefined) return `${type === 'integer' ? 'a whole number' : 'a number'} from ${minimum} to ${maximum}`;
  if (maxLength !== undefined) return `a text of ${minLength ?? 0} to ${maxLength} characters`;
  return 'a text';
}

/** A field that is wrong in one way needs no second fault. */
export function firstOfEach(faults: readonly FieldError[]): FieldError[] {
  // in one pass: a body can hold hundreds of thousands
  const seen = new Set<string>();
  return faults.filter(({ pointer }) => seen.size < seen.add(pointer).size);
}

/** A value as it may be repeated to whoever sent it. */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    const length = [...value].length;
    return length > LONGEST_QUOTE ? `a text of ${length} characters` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** The pointer (RFC 6901) to a field. Names come from outside: an answer has to stay small whatever they are. */
export function pointerTo(name: string): string {
  const short = name.length > LONGEST_QUOTE ? `${name.slice(0, LONGEST_QUOTE)}...` : name;
  return `/${short.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

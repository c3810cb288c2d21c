import type { ErrorObject } from 'ajv';
import type { Fault } from '../../private/contract/errors';

/** The part of JSON Schema that the contract uses for a field. */
export interface FieldSchema {
  readonly 'type'?: string;
  readonly 'enum'?: readonly unknown[];
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'minLength'?: number;
  readonly 'maxLength'?: number;
  readonly 'description'?: string;
  readonly 'x-must'?: string;
}

export interface ObjectSchema {
  readonly properties: Readonly<Record<string, FieldSchema>>;
}

const LONGEST_QUOTE = 40;

/** One fault a field, in words: what it must be, and what it was. */
export function faultsOf(errors: readonly ErrorObject[], schema: ObjectSchema, data: Readonly<Record<string, unknown>>): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    const fault = faultOf(error, schema, data);
    if (!faults.has(fault.pointer)) faults.set(fault.pointer, fault);
  }
  return [...faults.values()];
}

function faultOf(error: ErrorObject, schema: ObjectSchema, data: Readonly<Record<string, unknown>>): Fault {
  switch (error.keyword) {
    case 'required':
      return { pointer: `/${error.params.missingProperty}`, detail: `is required: ${describe(schema.properties[error.params.missingProperty])}` };
    case 'dependentRequired':
      return { pointer: `/${error.params.missingProperty}`, detail: `is required together with ${error.params.property}` };
    case 'additionalProperties':
      return {
        pointer: `/${escapePointer(shorten(error.params.additionalProperty))}`,
        detail: `is not a field of this request; it takes ${Object.keys(schema.properties).join(', ')}`,
      };
    case 'pattern': {
      const name = error.instancePath.slice(1);
      return { pointer: error.instancePath, detail: `must ${schema.properties[name]['x-must']}, got ${show(data[name])}` };
    }
    default: {
      const name = error.instancePath.slice(1);
      return { pointer: error.instancePath, detail: `must be ${describe(schema.properties[name])}, got ${show(data[name])}` };
    }
  }
}

/** What a field takes, in words. */
export function describe({ type, enum: choices, minimum, maximum, minLength, maxLength }: FieldSchema): string {
  if (choices) return `one of ${choices.join(', ')}`;
  if (type === 'boolean') return 'true or false';
  if (minimum !== undefined || maximum !== undefined) return `${type === 'integer' ? 'a whole number' : 'a number'} from ${minimum} to ${maximum}`;
  if (maxLength !== undefined) return `a text of ${minLength ?? 0} to ${maxLength} characters`;
  return 'a text';
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

/** Names of fields come from outside: an answer has to stay small whatever they are. */
function shorten(name: string): string {
  return name.length > LONGEST_QUOTE ? `${name.slice(0, LONGEST_QUOTE)}...` : name;
}

/** RFC 6901. */
function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

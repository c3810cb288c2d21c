import { ref } from './refs';
import { Json } from './types';

/** JSON of a named schema, with at least one example. */
export function jsonContent(schema: string, examples: Readonly<Record<string, unknown>>): Json {
  return { 'application/json': { schema: ref(schema), examples: asExamples(examples) } };
}

export function formContent(schema: string, examples: Readonly<Record<string, unknown>>): Json {
  return { 'multipart/form-data': { schema: ref(schema), examples: asExamples(examples) } };
}

export function asExamples(values: Readonly<Record<string, unknown>>): Json {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}

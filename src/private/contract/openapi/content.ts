import { type JsonObject } from '../json-object';
import { ref } from './refs';

/** Returns JSON content with a schema of the document and examples by name. */
export function jsonContent(schema: string, examples: Readonly<Record<string, unknown>>): JsonObject {
  return { 'application/json': { schema: ref(schema), examples: asExamples(examples) } };
}

/** Returns multipart form content with a schema of the document and examples by name. */
export function formContent(schema: string, examples: Readonly<Record<string, unknown>>): JsonObject {
  return { 'multipart/form-data': { schema: ref(schema), examples: asExamples(examples) } };
}

/** Returns values as OpenAPI examples. */
export function asExamples(values: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}

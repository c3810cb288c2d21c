import type { FieldSchema } from '../requests/validation-errors';

/** What a text stands for where a client can send nothing but texts: a number where the contract has numbers, and so on. */
export function coerce(text: string, field: FieldSchema | undefined): unknown {
  if (field?.type === 'integer' || field?.type === 'number') return DECIMAL.test(text.trim()) ? Number(text) : text;
  if (field?.type === 'boolean') return text === 'true' || (text === 'false' ? false : text);
  if (field?.type === 'array') return [text];
  return text;
}

/** What people and programs write: no hexadecimals, no `Infinity`. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

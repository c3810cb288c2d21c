import type { FieldSchema } from '../../requests/validation-errors';

/** Converts the text of a form field or query parameter to the type of the schema. Returns the text if it cannot be converted. */
export function coerce(text: string, field: FieldSchema | undefined): unknown {
  if (field?.type === 'integer' || field?.type === 'number') return DECIMAL.test(text.trim()) ? Number(text) : text;
  if (field?.type === 'boolean') return text === 'true' || (text === 'false' ? false : text);
  if (field?.type === 'array') return [text];
  return text;
}

/** Decimal numbers only: `Number` also accepts hexadecimal numbers and `Infinity`. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

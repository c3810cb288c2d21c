import type { FieldSchema } from './faults';

/** What a text stands for where a client can send nothing but texts: a number where the contract has numbers, and so on. */
export function valueOf(text: string, field: FieldSchema | undefined): unknown {
  if (field?.type === 'integer' || field?.type === 'number') return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  if (field?.type === 'boolean') return text === 'true' || (text === 'false' ? false : text);
  return text;
}

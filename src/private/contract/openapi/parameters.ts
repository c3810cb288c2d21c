import { IDEMPOTENCY_KEY_MAX_LENGTH, LIST_QUERY_SCHEMA, ULID } from '../requests';
import { EXAMPLE_ID } from './examples';
import { Json } from './types';

export const ID: Json = {
  name: 'id', in: 'path', required: true, description: 'The id of an image.', schema: { type: 'string', pattern: `^${ULID}$` }, example: EXAMPLE_ID,
};

/** Without an example, as `cursor`: tools would send it with each request, and a key goes with one body only. */
export const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'For 24 hours, the same key with the same body gives the same images and is charged once.',
  schema: { type: 'string', minLength: 1, maxLength: IDEMPOTENCY_KEY_MAX_LENGTH, pattern: '\\S' },
};

export const PREFER: Json = {
  name: 'Prefer',
  in: 'header',
  description: '`respond-async`: answer at once, and draw later. Other preferences have no effect (RFC 7240).',
  schema: { type: 'string' },
  example: 'respond-async',
};

const { limit, cursor } = LIST_QUERY_SCHEMA.properties;

export const LIST_QUERY: readonly Json[] = [
  { name: 'limit', in: 'query', description: limit.description, schema: limit, example: limit.default },
  { name: 'cursor', in: 'query', description: cursor.description, schema: cursor },
];

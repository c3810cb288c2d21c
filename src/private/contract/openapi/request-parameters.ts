import { type JsonObject } from '../json-object';
import { ULID } from '../request-limits';
import { IDEMPOTENCY_KEY_MAX_LENGTH, LIST_QUERY_SCHEMA } from '../requests';
import { EXAMPLE_ID } from './examples';

/** A parameter. The schema has the description as well, because openapi-python-client reads it there. */
function parameter(name: string, place: 'header' | 'path', description: string, schema: JsonObject): JsonObject {
  return { name, in: place, ...(place === 'path' && { required: true }), description, schema: { ...schema, description } };
}

const ID_SCHEMA: JsonObject = { type: 'string', pattern: `^${ULID}$` };

export const IMAGE_ID: JsonObject = { ...parameter('id', 'path', 'The id of the image.', ID_SCHEMA), example: EXAMPLE_ID };

export const BATCH_ID: JsonObject = { ...parameter('id', 'path', 'The id of the batch.', ID_SCHEMA), example: EXAMPLE_ID };

/** Has no example, because tools would send it with every request. A key is valid for one request body only. */
export const IDEMPOTENCY_KEY = parameter(
  'Idempotency-Key',
  'header',
  'A unique key for the request. For 24 hours, a retry with the same key and body returns the same images without a second charge. '
  + 'If the first request failed and may have been charged, the retry returns the same error with the header `Idempotency-Replayed: true`. '
  + 'If it failed and was not charged, the retry is a new request.',
  { type: 'string', minLength: 1, maxLength: IDEMPOTENCY_KEY_MAX_LENGTH, pattern: '\\S' },
);

export const PREFER: JsonObject = {
  ...parameter('Prefer', 'header', '`respond-async` enqueues the request and returns immediately. Other preferences are ignored (RFC 7240).', { type: 'string' }),
  example: 'respond-async',
};

const { limit, cursor } = LIST_QUERY_SCHEMA.properties;

/** `cursor` has no example, because tools would send it with every request. */
export const LIST_QUERY: readonly JsonObject[] = [
  { name: 'limit', in: 'query', description: limit.description, schema: limit, example: limit.default },
  { name: 'cursor', in: 'query', description: cursor.description, schema: cursor },
];

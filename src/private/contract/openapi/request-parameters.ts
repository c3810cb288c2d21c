import { type JsonObject } from '../json-object';
import { ULID } from '../request-limits';
import { IDEMPOTENCY_KEY_MAX_LENGTH, LIST_QUERY_SCHEMA } from '../requests';
import { EXAMPLE_ID } from './examples';

export const IMAGE_ID: JsonObject = {
  name: 'id', in: 'path', required: true, description: 'The id of the image.', schema: { type: 'string', pattern: `^${ULID}$` }, example: EXAMPLE_ID,
};

export const BATCH_ID: JsonObject = { ...IMAGE_ID, description: 'The id of the batch.' };

/** Has no example, because tools would send it with every request. A key is valid for one request body only. */
export const IDEMPOTENCY_KEY: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'A unique key for the request. For 24 hours, a retry with the same key and body returns the same images without a second charge. '
    + 'If the first request failed and may have been charged, the retry returns the same error with the header `Idempotency-Replayed: true`. '
    + 'If it failed and was not charged, the retry is a new request.',
  schema: { type: 'string', minLength: 1, maxLength: IDEMPOTENCY_KEY_MAX_LENGTH, pattern: '\\S' },
};

export const PREFER: JsonObject = {
  name: 'Prefer',
  in: 'header',
  description: '`respond-async` enqueues the request and returns immediately. Other preferences are ignored (RFC 7240).',
  schema: { type: 'string' },
  example: 'respond-async',
};

const { limit, cursor } = LIST_QUERY_SCHEMA.properties;

/** `cursor` has no example, because tools would send it with every request. */
export const LIST_QUERY: readonly JsonObject[] = [
  { name: 'limit', in: 'query', description: limit.description, schema: limit, example: limit.default },
  { name: 'cursor', in: 'query', description: cursor.description, schema: cursor },
];

/** Limits of request bodies that clients need as well as the API. The schemas are in `requests.ts`. */

/** Pattern of the ids of images, batches and uploads: ULIDs. */
export const ULID = '[0-9A-HJKMNP-TV-Z]{26}';

/** Maximum total size of inline images. A Lambda response has at most 6 MB, and base64 adds a third. */
export const INLINE_MAX_BYTES = 4 * 1024 * 1024;

export const COUNT = { type: 'integer', minimum: 1, maximum: 4, default: 1, description: 'The number of images. Each image is charged.' } as const;

/** Maximum number of requests of a batch. */
export const MAX_BATCH_REQUESTS = 100;

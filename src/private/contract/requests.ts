/**
 * JSON Schemas of what clients send. They say what any model could take; what one model takes stands in its catalog row.
 * `x-must` says in words what a pattern asks.
 */

/** `POST /images`. */
export const GENERATE_REQUEST_SCHEMA = {
  $id: 'GenerateRequest',
  type: 'object',
  additionalProperties: false,
  required: ['prompt'],
  // each of a pair needs the other
  dependentRequired: { width: ['height'], height: ['width'] },
  properties: {
    prompt: { 'type': 'string', 'minLength': 1, 'maxLength': 10_000, 'pattern': '\\S', 'x-must': 'not be blank', 'description': 'What to draw.' },
    negativePrompt: { type: 'string', minLength: 1, maxLength: 10_000, description: 'What to keep out of the picture.' },
    model: { type: 'string', minLength: 1, maxLength: 200, description: 'Id or alias of a model from GET /models.' },
    aspectRatio: { 'type': 'string', 'pattern': '^[1-9][0-9]?:[1-9][0-9]?$', 'x-must': 'look like 16:9', 'description': 'For example 16:9; the choices of a model stand in GET /models.' },
    width: { type: 'integer', minimum: 64, maximum: 4096, description: 'Pixels, with height; mapped to the nearest aspect ratio where the model only has those.' },
    height: { type: 'integer', minimum: 64, maximum: 4096, description: 'Pixels, with width.' },
    count: { type: 'integer', minimum: 1, maximum: 4, default: 1, description: 'Number of images, each charged.' },
    seed: { type: 'integer', minimum: 0, maximum: 4_294_967_295, description: 'Same seed, same request: same picture. 0 or absent: random.' },
    style: { type: 'string', minLength: 1, maxLength: 100, description: 'A style preset of the model.' },
    cfgScale: { type: 'number', minimum: 0, maximum: 35, description: 'How closely to follow the prompt.' },
    steps: { type: 'integer', minimum: 1, maximum: 150, description: 'Diffusion steps.' },
    outputFormat: { enum: ['png', 'jpeg', 'webp'], description: 'File format; the choices of a model stand in GET /models.' },
    response: { enum: ['url', 'base64'], default: 'url', description: 'Images by URL, or inline while they fit.' },
    enhancePrompt: { type: 'boolean', description: 'Let a text model elaborate the prompt first.' },
  },
} as const;

/** `GET /images`, query parameters. */
export const LIST_QUERY_SCHEMA = {
  $id: 'ListQuery',
  type: 'object',
  additionalProperties: false,
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'Page size.' },
    cursor: { 'type': 'string', 'pattern': '^[0-9A-HJKMNP-TV-Z]{26}$', 'x-must': 'be the cursor of an earlier answer', 'description': 'The cursor of the previous page.' },
  },
} as const;

/** Header `Idempotency-Key`: as in the IETF draft, an opaque string. */
export const IDEMPOTENCY_KEY_MAX_LENGTH = 255;

/** Images up to this size together travel inline: Lambda answers at most 6 MB, and base64 adds a third. */
export const INLINE_MAX_BYTES = 4 * 1024 * 1024;

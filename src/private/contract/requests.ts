/**
 * JSON Schemas of what clients send. They say what any model could take; what one model takes stands in its catalog row.
 * `x-must` says in words what a pattern asks.
 */

/** Ids of images and uploads: ULIDs, in Crockford's base 32. */
export const ULID = '[0-9A-HJKMNP-TV-Z]{26}';

export const PROMPT = {
  'type': 'string', 'minLength': 1, 'maxLength': 10_000, 'pattern': '\\S', 'x-must': 'not be blank', 'description': 'What to draw.',
} as const;
const NEGATIVE_PROMPT = { type: 'string', minLength: 1, maxLength: 10_000, description: 'What to keep out of the picture.' } as const;
const ASPECT_RATIO = {
  'type': 'string',
  'pattern': '^[1-9][0-9]?:[1-9][0-9]?$',
  'x-must': 'look like 16:9',
  'description': 'For example 16:9; the choices of a model stand in GET /models.',
} as const;
const SEED = { type: 'integer', minimum: 0, maximum: 4_294_967_295, description: 'Same seed, same request: same picture. 0 or absent: random.' } as const;
const STYLE = { type: 'string', minLength: 1, maxLength: 100, description: 'A style preset of the model.' } as const;
export const OUTPUT_FORMAT = { enum: ['png', 'jpeg', 'webp'], description: 'File format; the choices of a model stand in GET /models.' } as const;
const RESPONSE = { enum: ['url', 'base64'], default: 'url', description: 'Images by URL, or inline while they fit.' } as const;
export const COUNT = { type: 'integer', minimum: 1, maximum: 4, default: 1, description: 'Number of images, each charged.' } as const;
/** Base64 of the most that travels inline, and a data URL's head. */
const IMAGE_MAX_LENGTH = 6_000_000;
const IMAGE = {
  type: 'string', minLength: 1, maxLength: IMAGE_MAX_LENGTH, description: 'The id of an image or upload of yours, or base64 of a PNG, JPEG or WebP.',
} as const;

/** `POST /images`. */
export const GENERATE_REQUEST_SCHEMA = {
  $id: 'GenerateRequest',
  type: 'object',
  additionalProperties: false,
  required: ['prompt'],
  // each of a pair needs the other
  dependentRequired: { width: ['height'], height: ['width'] },
  properties: {
    prompt: PROMPT,
    negativePrompt: NEGATIVE_PROMPT,
    model: { type: 'string', minLength: 1, maxLength: 200, description: 'Id or alias of a model from GET /models.' },
    aspectRatio: ASPECT_RATIO,
    width: { type: 'integer', minimum: 64, maximum: 4096, description: 'Pixels, with height; mapped to the nearest aspect ratio where the model only has those.' },
    height: { type: 'integer', minimum: 64, maximum: 4096, description: 'Pixels, with width.' },
    count: COUNT,
    seed: SEED,
    style: STYLE,
    cfgScale: { type: 'number', minimum: 0, maximum: 35, description: 'How closely to follow the prompt.' },
    steps: { type: 'integer', minimum: 1, maximum: 150, description: 'Diffusion steps.' },
    quality: { enum: ['standard', 'premium'], description: 'Of models that draw in two qualities.' },
    image: IMAGE,
    strength: { type: 'number', minimum: 0, maximum: 1, description: 'With image: from 0, keep it, to 1, ignore it.' },
    outputFormat: OUTPUT_FORMAT,
    response: RESPONSE,
    enhancePrompt: { type: 'boolean', description: 'Let a text model elaborate the prompt first.' },
  },
} as const;

const STRENGTH = { type: 'number', minimum: 0, maximum: 1 } as const;
const SIDE = { type: 'integer', minimum: 0, maximum: 2000, description: 'Pixels to add on this side.' } as const;

/** `POST /images/edits`, as JSON; the fields of a multipart body are the same. */
export const EDIT_REQUEST_SCHEMA = {
  $id: 'EditRequest',
  type: 'object',
  additionalProperties: false,
  required: ['operation', 'image'],
  properties: {
    operation: { type: 'string', minLength: 1, maxLength: 50, description: 'One of the operations in GET /models.' },
    image: IMAGE,
    mask: {
      ...IMAGE,
      description: 'What to change: white is changed, black is kept; or, in a PNG with transparency that is not all white, what is transparent is changed. '
        + 'The id of an upload of yours, or base64 of a PNG, JPEG or WebP.',
    },
    styleImage: IMAGE,
    prompt: PROMPT,
    negativePrompt: NEGATIVE_PROMPT,
    searchPrompt: { ...PROMPT, description: 'What to replace.' },
    selectPrompt: { ...PROMPT, description: 'What to recolor.' },
    growMask: { type: 'integer', minimum: 0, maximum: 20, description: 'Pixels by which the mask is grown.' },
    left: SIDE,
    right: SIDE,
    up: SIDE,
    down: SIDE,
    creativity: { ...STRENGTH, description: 'How freely details are invented.' },
    controlStrength: { ...STRENGTH, description: 'How much the image governs the picture.' },
    fidelity: { ...STRENGTH, description: 'How closely the style is followed.' },
    compositionFidelity: { ...STRENGTH, description: 'How closely the composition is kept.' },
    styleStrength: { ...STRENGTH, description: 'How strongly the style is applied.' },
    changeStrength: { ...STRENGTH, description: 'How much the image may change.' },
    aspectRatio: ASPECT_RATIO,
    count: COUNT,
    seed: SEED,
    style: STYLE,
    outputFormat: OUTPUT_FORMAT,
    response: RESPONSE,
  },
} as const;

/** `POST /images/uploads`. */
export const UPLOAD_REQUEST_SCHEMA = {
  $id: 'UploadRequest',
  type: 'object',
  additionalProperties: false,
  required: ['contentType'],
  properties: {
    contentType: { enum: ['image/png', 'image/jpeg', 'image/webp'], description: 'Of the file that will be uploaded.' },
  },
} as const;

/** `POST /text`. */
export const TEXT_REQUEST_SCHEMA = {
  $id: 'TextRequest',
  type: 'object',
  additionalProperties: false,
  required: ['prompt'],
  properties: {
    prompt: { ...PROMPT, maxLength: 100_000, description: 'What to answer.' },
    system: { type: 'string', minLength: 1, maxLength: 100_000, description: 'How to answer, for the whole conversation.' },
    temperature: { type: 'number', minimum: 0, maximum: 1, description: 'Randomness.' },
    topP: { type: 'number', minimum: 0, maximum: 1, description: 'Share of the likeliest words to choose from.' },
    maxTokens: { type: 'integer', minimum: 1, maximum: 65_535, default: 1024, description: 'The most tokens of the answer.' },
    stopSequences: {
      type: 'array', minItems: 1, maxItems: 20, items: { type: 'string', minLength: 1, maxLength: 100 }, description: 'Texts at which the answer ends.',
    },
  },
} as const;

/** `POST /images/batches`: each is checked as a request of its own. */
export const BATCH_REQUEST_SCHEMA = {
  $id: 'BatchRequest',
  type: 'object',
  additionalProperties: false,
  required: ['requests'],
  properties: {
    requests: {
      type: 'array', minItems: 1, maxItems: 100, items: { type: 'object' }, description: 'Bodies as POST /images and POST /images/edits take them.',
    },
  },
} as const;

/** `GET /images`, query parameters. */
export const LIST_QUERY_SCHEMA = {
  $id: 'ListQuery',
  type: 'object',
  additionalProperties: false,
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'Page size.' },
    cursor: { 'type': 'string', 'pattern': `^${ULID}$`, 'x-must': 'be the cursor of an earlier answer', 'description': 'The cursor of the previous page.' },
  },
} as const;

/** Header `Idempotency-Key`: as in the IETF draft, an opaque string. */
export const IDEMPOTENCY_KEY_MAX_LENGTH = 255;

/** Images up to this size together travel inline: Lambda answers at most 6 MB, and base64 adds a third. */
export const INLINE_MAX_BYTES = 4 * 1024 * 1024;

/** The largest upload; it expires after a day. */
export const UPLOAD_MAX_BYTES = 25 * 1024 * 1024;
export const UPLOAD_EXPIRATION_DAYS = 1;
/** Folder of uploads below the prefix of images. */
export const UPLOAD_FOLDER = 'uploads/';
/** Folder of what jobs were asked, beside it. */
export const JOB_FOLDER = 'jobs/';

/** What a guardrail can look at (Bedrock's page on image content filters). A picture in another format would be paid for and then not pass. */
export const GUARDED_FORMATS = ['png', 'jpeg'] as const;

/**
 * JSON Schemas of requests. The limits cover all models; the limits of one model are in the catalog. `x-must` describes a pattern in words,
 * for the error detail.
 */

import { COUNT, MAX_BATCH_REQUESTS, ULID } from './request-limits';

export const PROMPT = {
  'type': 'string',
  'minLength': 1,
  'maxLength': 10_000,
  'pattern': '\\S',
  'x-must': 'not be blank',
  'description': 'The prompt that describes the image to generate.',
} as const;
const NEGATIVE_PROMPT = { type: 'string', minLength: 1, maxLength: 10_000, description: 'A description of what the image must not contain.' } as const;
const ASPECT_RATIO = {
  'type': 'string',
  'pattern': '^[1-9][0-9]?:[1-9][0-9]?$',
  'x-must': 'be a ratio such as 16:9',
  'description': 'The aspect ratio, for example 16:9. GET /models lists the ratios of each model.',
} as const;
const SEED = { type: 'integer', minimum: 0, maximum: 4_294_967_295, description: 'The seed. The same request with the same seed generates the same image. If absent or 0, the seed is random.' } as const;
const STYLE = { type: 'string', minLength: 1, maxLength: 100, description: 'The style preset. GET /models lists the presets of each model.' } as const;
export const OUTPUT_FORMAT = { enum: ['png', 'jpeg', 'webp'], description: 'The file format. GET /models lists the formats of each model.' } as const;
const RESPONSE = { enum: ['url', 'base64'], default: 'url', description: 'Whether to return URLs or base64 data. Images that are too large for the response are returned as URLs.' } as const;
/** Length of the largest inline image in base64, with the header of a data URL. */
const IMAGE_MAX_LENGTH = 6_000_000;
const IMAGE = {
  type: 'string',
  minLength: 1,
  maxLength: IMAGE_MAX_LENGTH,
  description: 'The input image: the ID of one of your images or uploads, or a PNG, JPEG or WebP file in base64.',
} as const;

/** `POST /images`. */
export const GENERATE_REQUEST_SCHEMA = {
  $id: 'GenerateRequest',
  type: 'object',
  additionalProperties: false,
  required: ['prompt'],
  dependentRequired: { width: ['height'], height: ['width'] },
  properties: {
    prompt: PROMPT,
    negativePrompt: NEGATIVE_PROMPT,
    model: { type: 'string', minLength: 1, maxLength: 200, description: 'The ID or alias of a model in GET /models.' },
    aspectRatio: ASPECT_RATIO,
    width: { type: 'integer', minimum: 64, maximum: 4096, description: 'The width in pixels. Requires height. If the model has only aspect ratios, the nearest one is used.' },
    height: { type: 'integer', minimum: 64, maximum: 4096, description: 'The height in pixels. Requires width.' },
    count: COUNT,
    seed: SEED,
    style: STYLE,
    cfgScale: { type: 'number', minimum: 0, maximum: 35, description: 'How closely the image follows the prompt. Higher values follow it more closely.' },
    steps: { type: 'integer', minimum: 1, maximum: 150, description: 'The number of diffusion steps.' },
    quality: { enum: ['standard', 'premium'], description: 'The image quality.' },
    image: IMAGE,
    strength: { type: 'number', minimum: 0, maximum: 1, description: 'How much the generated image differs from image: 0 keeps it, 1 ignores it.' },
    outputFormat: OUTPUT_FORMAT,
    response: RESPONSE,
    enhancePrompt: { type: 'boolean', description: 'Whether a text model adds detail to the prompt first.' },
  },
} as const;

const STRENGTH = { type: 'number', minimum: 0, maximum: 1 } as const;
const SIDE = { type: 'integer', minimum: 0, maximum: 2000, description: 'The number of pixels to add on this side.' } as const;

/** `POST /images/edits`. A multipart form has the same fields. */
export const EDIT_REQUEST_SCHEMA = {
  $id: 'EditRequest',
  type: 'object',
  additionalProperties: false,
  required: ['operation', 'image'],
  properties: {
    operation: { type: 'string', minLength: 1, maxLength: 50, description: 'An operation in GET /models.' },
    image: IMAGE,
    mask: {
      ...IMAGE,
      description: 'The area to edit: white is edited, black is kept. In a PNG with transparency, the transparent area is edited, or the white area if all visible pixels are white. '
        + 'The ID of one of your images or uploads, or a PNG, JPEG or WebP file in base64.',
    },
    styleImage: IMAGE,
    prompt: PROMPT,
    negativePrompt: NEGATIVE_PROMPT,
    searchPrompt: { ...PROMPT, description: 'A description of the objects to replace.' },
    selectPrompt: { ...PROMPT, description: 'A description of the objects to recolor.' },
    growMask: { type: 'integer', minimum: 0, maximum: 20, description: 'The number of pixels to grow the mask by.' },
    left: SIDE,
    right: SIDE,
    up: SIDE,
    down: SIDE,
    creativity: { ...STRENGTH, description: 'How much new detail the model adds.' },
    controlStrength: { ...STRENGTH, description: 'How closely the result follows the input image.' },
    fidelity: { ...STRENGTH, description: 'How closely the result follows the style of the input image.' },
    compositionFidelity: { ...STRENGTH, description: 'How closely the result follows the composition of the input image.' },
    styleStrength: { ...STRENGTH, description: 'How strongly the style is applied to the result.' },
    changeStrength: { ...STRENGTH, description: 'How much the input image can change.' },
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
    contentType: { enum: ['image/png', 'image/jpeg', 'image/webp'], description: 'The content type of the file to upload.' },
  },
} as const;

/** `POST /text`. */
export const TEXT_REQUEST_SCHEMA = {
  $id: 'TextRequest',
  type: 'object',
  additionalProperties: false,
  required: ['prompt'],
  properties: {
    prompt: { ...PROMPT, maxLength: 100_000, description: 'The prompt.' },
    system: { type: 'string', minLength: 1, maxLength: 100_000, description: 'The system prompt, with instructions for the model.' },
    temperature: { type: 'number', minimum: 0, maximum: 1, description: 'The randomness of the response.' },
    topP: { type: 'number', minimum: 0, maximum: 1, description: 'The share of most likely candidates that the model considers for the next token.' },
    maxTokens: { type: 'integer', minimum: 1, maximum: 65_535, default: 1024, description: 'The maximum number of tokens to generate.' },
    stopSequences: {
      type: 'array',
      minItems: 1,
      maxItems: 20,
      items: { type: 'string', minLength: 1, maxLength: 100 },
      description: 'The sequences at which the model stops generating.',
    },
  },
} as const;

/** `POST /images/batches`. The handler validates each item as its own request. */
export const BATCH_REQUEST_SCHEMA = {
  $id: 'BatchRequest',
  type: 'object',
  additionalProperties: false,
  required: ['requests'],
  properties: {
    requests: {
      type: 'array', minItems: 1, maxItems: MAX_BATCH_REQUESTS, items: { type: 'object' }, description: 'Request bodies of POST /images and POST /images/edits.',
    },
  },
} as const;

/** Query parameters of `GET /images`. */
export const LIST_QUERY_SCHEMA = {
  $id: 'ListQuery',
  type: 'object',
  additionalProperties: false,
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'The maximum number of items to return.' },
    cursor: { 'type': 'string', 'pattern': `^${ULID}$`, 'x-must': 'be the cursor of a previous response', 'description': 'The cursor in the response with the previous page.' },
  },
} as const;

/** Maximum length of the `Idempotency-Key` header. The key is an opaque string, as in the IETF draft. */
export const IDEMPOTENCY_KEY_MAX_LENGTH = 255;

/** Maximum size of an upload. */
export const UPLOAD_MAX_BYTES = 25 * 1024 * 1024;
export const UPLOAD_EXPIRATION_DAYS = 1;
/** Key prefix of uploads, below the prefix of images. */
export const UPLOAD_FOLDER = 'uploads/';
/** Key prefix of job requests, below the prefix of images. */
export const JOB_FOLDER = 'jobs/';

/**
 * Maximum number of characters that a guardrail checks in one call: 25 text units of 1,000 characters, the smallest quota of a Region (Amazon
 * Bedrock quotas: content policy maximum input size in text units).
 */
export const GUARDED_TEXT_MAX_LENGTH = 25_000;
/** Maximum number of tokens of a response that a guardrail checks. With six characters per token, the response has the maximum length. */
export const GUARDED_MAX_TOKENS = 4_096;

/** Image formats that a guardrail can check (Amazon Bedrock: image content filters). Images in other formats would be charged and then blocked. */
export const GUARDED_FORMATS = ['png', 'jpeg'] as const;

import { ULID } from '../../request-limits';
import { EDIT_REQUEST_SCHEMA, GENERATE_REQUEST_SCHEMA } from '../../requests';
import { ref } from '../refs';
import { ESTIMATED_COST } from './cost';

const ID = { type: 'string', pattern: `^${ULID}$` } as const;
const IMAGE_ID = { ...ID, description: 'The ID. Store the ID instead of a URL: `GET /images/{id}` returns a new URL.' } as const;
const TIME = { type: 'string', format: 'date-time' } as const;
const SEED = { type: 'integer', minimum: 0, description: 'The seed. Absent if the model does not support seeds.' } as const;

const IMAGE_VIEW = {
  type: 'object',
  additionalProperties: false,
  required: ['contentType', 'width', 'height'],
  dependentRequired: { url: ['expiresAt'], expiresAt: ['url'] },
  properties: {
    url: { type: 'string', format: 'uri', description: 'The presigned URL. Absent if the image has expired or is returned inline.' },
    expiresAt: { ...TIME, description: 'The time after which the URL is not valid. The URL can expire earlier.' },
    base64: { type: 'string', contentEncoding: 'base64', description: 'The image file. Present if the image is returned inline.' },
    seed: SEED,
    contentType: { type: 'string', pattern: '^image/' },
    width: { type: 'integer', minimum: 1 },
    height: { type: 'integer', minimum: 1 },
  },
} as const;

/** Fields of requests that are members of the response themselves, or not returned. */
const OTHER_FIELDS = ['prompt', 'model', 'operation', 'count', 'response', 'image', 'mask', 'styleImage'];
const REQUEST_FIELDS = { ...GENERATE_REQUEST_SCHEMA.properties, ...EDIT_REQUEST_SCHEMA.properties, seed: { ...SEED, description: 'The seed of the first image. Absent if the model does not support seeds.' } };

const IMAGE_PARAMETERS = {
  type: 'object',
  description: 'What the request sent to the model besides its prompt and images. `negativePrompt`, `searchPrompt` and `selectPrompt` are stored like the prompt: '
    + 'in later responses, they are the text, its hash or absent.',
  additionalProperties: false,
  properties: Object.fromEntries(Object.entries(REQUEST_FIELDS).filter(([name]) => !OTHER_FIELDS.includes(name))),
} as const;

const IMAGE_SOURCE = {
  type: 'object',
  description: 'An image of the caller. Requests name it `<id>/<index>`.',
  additionalProperties: false,
  required: ['id', 'index'],
  properties: { id: ID, index: { type: 'integer', minimum: 0, maximum: 3 } },
} as const;

const IMAGE_FAILURE = {
  type: 'object',
  description: 'An image that could not be generated or stored.',
  additionalProperties: false,
  required: ['code', 'detail'],
  properties: { seed: SEED, code: ref('ErrorCode'), detail: { type: 'string' }, charged: ref('ChargeStatus'), filtered: ref('FilteredContent') },
} as const;

const IMAGE_RESPONSE = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'status', 'model', 'createdAt', 'imageExpiresAt', 'images'],
  properties: {
    id: IMAGE_ID,
    status: { type: 'string', enum: ['queued', 'running', 'succeeded', 'failed', 'expired'] },
    model: { type: 'string' },
    operation: { type: 'string', description: 'The edit operation. Present for edits only.' },
    prompt: { type: 'string', description: 'The prompt. In later responses, it is the prompt, its hash (`sha256:...`) or absent, as the operator configured.' },
    enhancedPrompt: { type: 'string', description: 'The prompt that a text model enhanced and that the image is generated from.' },
    parameters: ref('ImageParameters'),
    source: { ...ref('ImageSource'), description: 'The image that the request named by its ID as `image`. Absent for uploads and files.' },
    createdAt: TIME,
    completedAt: { ...TIME, description: 'The time when the images were stored. Absent until a job succeeds.' },
    imageExpiresAt: { ...TIME, description: 'The time when the images expire.' },
    images: { type: 'array', maxItems: 4, items: ref('Image') },
    failures: { type: 'array', minItems: 1, maxItems: 4, items: ref('ImageFailure') },
    estimatedCostUsd: ESTIMATED_COST,
    ageSeconds: { type: 'integer', minimum: 0, description: 'The number of seconds since the job was enqueued. Absent after it succeeds.' },
    attempts: { type: 'integer', minimum: 0, description: 'How many times the job has been started. Absent after it succeeds.' },
    problem: { ...ref('Problem'), description: 'The error of a failed job.' },
    estimatedSeconds: { type: 'integer', minimum: 1, description: 'The estimated number of seconds until the job completes. Present in the response that enqueues it.' },
    warning: {
      type: 'string',
      enum: ['INLINE_TOO_LARGE', 'STORAGE_FAILED', 'RECORD_FAILED', 'SIZE_ADJUSTED'],
      description: '`INLINE_TOO_LARGE`: the images are too large for the response and are returned as URLs. '
        + '`STORAGE_FAILED`: some images could not be stored; only this response contains them. '
        + '`RECORD_FAILED`: the images are stored, but `GET /images/{id}` returns 404; use the URLs. '
        + '`SIZE_ADJUSTED`: the model has only aspect ratios, and the image does not have the requested `width` and `height`.',
    },
  },
} as const;

const IMAGE_LIST_RESPONSE = {
  type: 'object',
  additionalProperties: false,
  required: ['images'],
  properties: {
    images: { type: 'array', maxItems: 100, items: ref('ImageResponse') },
    cursor: { ...ID, description: 'The cursor of the next page. Absent on the last page.' },
  },
} as const;

const COUNT = { type: 'integer', minimum: 1 } as const;
const BATCH_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'expired', 'deleted'] as const;

const BATCH_IMAGE = {
  type: 'object',
  description: 'An item of a batch.',
  additionalProperties: false,
  required: ['id', 'status'],
  properties: {
    id: { ...ID, description: 'The ID of the image.' },
    status: { type: 'string', enum: BATCH_STATUSES },
    problem: { ...ref('Problem'), description: 'The error of a failed item.' },
  },
} as const;

const BATCH_IMAGES = { type: 'array', minItems: 1, maxItems: 100, items: ref('BatchImage'), description: 'The items, in the order of the requests.' } as const;

const BATCH_CREATED_RESPONSE = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'images', 'estimatedSeconds'],
  properties: {
    id: ID,
    images: BATCH_IMAGES,
    estimatedSeconds: { type: 'integer', minimum: 1, description: 'The estimated number of seconds until all jobs complete.' },
  },
} as const;

const BATCH_RESPONSE = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'createdAt', 'counts', 'images'],
  properties: {
    id: ID,
    createdAt: TIME,
    counts: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(BATCH_STATUSES.map((status) => [status, COUNT])),
      description: 'The number of items by status. A status without items is absent.',
    },
    images: BATCH_IMAGES,
  },
} as const;

const UPLOAD_RESPONSE = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'url', 'fields', 'maxBytes', 'expiresAt'],
  properties: {
    id: { ...ID, description: 'The ID to use in edit requests.' },
    url: { type: 'string', format: 'uri', description: 'The URL to post a multipart form to, with `fields` first and the file as `file` last.' },
    fields: { type: 'object', additionalProperties: { type: 'string' } },
    maxBytes: { type: 'integer', minimum: 1 },
    expiresAt: { ...TIME, description: 'The time when the form expires.' },
  },
} as const;

export const IMAGE_SCHEMAS = {
  Image: IMAGE_VIEW,
  ImageParameters: IMAGE_PARAMETERS,
  ImageSource: IMAGE_SOURCE,
  ImageFailure: IMAGE_FAILURE,
  ImageResponse: IMAGE_RESPONSE,
  ImageListResponse: IMAGE_LIST_RESPONSE,
  BatchImage: BATCH_IMAGE,
  BatchCreatedResponse: BATCH_CREATED_RESPONSE,
  BatchResponse: BATCH_RESPONSE,
  UploadResponse: UPLOAD_RESPONSE,
} as const;

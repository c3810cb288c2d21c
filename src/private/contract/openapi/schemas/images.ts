import { ULID } from '../../requests';
import { ref } from '../refs';

const ID = { type: 'string', pattern: `^${ULID}$`, description: 'Store this, never a URL: asked by it, the API signs a fresh one.' } as const;
const TIME = { type: 'string', format: 'date-time' } as const;
const SEED = { type: 'integer', minimum: 0, description: 'Absent where the model knows no seeds.' } as const;

const IMAGE_VIEW = {
  type: 'object',
  additionalProperties: false,
  required: ['contentType', 'width', 'height'],
  dependentRequired: { url: ['expiresAt'], expiresAt: ['url'] },
  properties: {
    url: { type: 'string', format: 'uri', description: 'Absent once the image expired, or where it travels inline.' },
    expiresAt: { ...TIME, description: 'The URL surely fails after this time; it can end sooner.' },
    base64: { type: 'string', contentEncoding: 'base64', description: 'The image itself, where it travels inline.' },
    seed: SEED,
    contentType: { type: 'string', pattern: '^image/' },
    width: { type: 'integer', minimum: 1 },
    height: { type: 'integer', minimum: 1 },
  },
} as const;

const IMAGE_FAILURE = {
  type: 'object',
  description: 'One image of several that the model did not deliver.',
  additionalProperties: false,
  required: ['code', 'detail'],
  properties: { seed: SEED, code: ref('ErrorCode'), detail: { type: 'string' } },
} as const;

const IMAGE_ANSWER = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'status', 'model', 'createdAt', 'imageExpiresAt', 'images'],
  properties: {
    id: ID,
    status: { type: 'string', enum: ['queued', 'running', 'succeeded', 'failed', 'expired'] },
    model: { type: 'string' },
    operation: { type: 'string', description: 'Of an edit.' },
    prompt: { type: 'string', description: 'Later, what the operator keeps of it: itself, its hash (`sha256:...`) or nothing.' },
    enhancedPrompt: { type: 'string', description: 'What a text model made of the prompt, and the picture was drawn from.' },
    createdAt: TIME,
    completedAt: { ...TIME, description: 'Of a job absent until it is done.' },
    imageExpiresAt: { ...TIME, description: 'The image is gone after this time.' },
    images: { type: 'array', maxItems: 4, items: ref('Image') },
    failures: { type: 'array', minItems: 1, maxItems: 4, items: ref('ImageFailure') },
    ageSeconds: { type: 'integer', minimum: 0, description: 'Of a job that is not done: since it was handed in.' },
    attempts: { type: 'integer', minimum: 0, description: 'Of a job that is not done: how often a worker has begun.' },
    problem: { ...ref('Problem'), description: 'Why a job failed.' },
    estimatedSeconds: { type: 'integer', minimum: 1, description: 'Of a job that was just handed in: roughly how long it takes.' },
    warning: {
      type: 'string',
      enum: ['INLINE_TOO_LARGE', 'STORAGE_FAILED', 'RECORD_FAILED'],
      description: 'Images are by URL because they are too large to travel inline; are in this answer only; or their id will not be found.',
    },
  },
} as const;

const IMAGE_LIST_ANSWER = {
  type: 'object',
  additionalProperties: false,
  required: ['images'],
  properties: {
    images: { type: 'array', maxItems: 100, items: ref('ImageAnswer') },
    cursor: { ...ID, description: 'Of the next page; absent on the last.' },
  },
} as const;

const COUNT = { type: 'integer', minimum: 1 } as const;
const BATCH_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'expired', 'deleted'] as const;

const BATCH_CREATED = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'images', 'estimatedSeconds'],
  properties: {
    id: ID,
    images: { type: 'array', minItems: 1, maxItems: 100, items: ID, description: 'In the order of the requests.' },
    estimatedSeconds: { type: 'integer', minimum: 1, description: 'Roughly how long all take.' },
  },
} as const;

const BATCH_ANSWER = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'createdAt', 'counts', 'images'],
  properties: {
    id: ID,
    createdAt: TIME,
    counts: {
      type: 'object', additionalProperties: false, properties: Object.fromEntries(BATCH_STATUSES.map((status) => [status, COUNT])), description: 'Statuses that none has are not there.',
    },
    images: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      description: 'In the order of the requests.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'status'],
        properties: { id: ID, status: { type: 'string', enum: BATCH_STATUSES }, problem: { ...ref('Problem'), description: 'Why it failed.' } },
      },
    },
  },
} as const;

const UPLOAD_ANSWER = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'url', 'fields', 'maxBytes', 'expiresAt'],
  properties: {
    id: { ...ID, description: 'What edits call the uploaded picture.' },
    url: { type: 'string', format: 'uri', description: 'Where to send a form with the fields and, last, the picture as `file`.' },
    fields: { type: 'object', additionalProperties: { type: 'string' } },
    maxBytes: { type: 'integer', minimum: 1 },
    expiresAt: { ...TIME, description: 'The form is not taken after this time.' },
  },
} as const;

export const IMAGE_SCHEMAS = {
  Image: IMAGE_VIEW,
  ImageFailure: IMAGE_FAILURE,
  ImageAnswer: IMAGE_ANSWER,
  ImageListAnswer: IMAGE_LIST_ANSWER,
  BatchCreated: BATCH_CREATED,
  BatchAnswer: BATCH_ANSWER,
  UploadAnswer: UPLOAD_ANSWER,
} as const;

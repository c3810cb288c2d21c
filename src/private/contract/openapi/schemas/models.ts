import { ref } from '../refs';

const NAME = { type: 'string' } as const;
const NAMES = { type: 'array', items: NAME } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const LIMIT = { type: 'number' } as const;
const DAY = { type: 'string', format: 'date' } as const;
const PRICE = { type: 'number', minimum: 0 } as const;

const PARAMETER = {
  type: 'object',
  description: 'What a field takes: all that is needed to build an input form.',
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: { type: 'string', enum: ['text', 'texts', 'choice', 'integer', 'number', 'boolean', 'size', 'image'] },
    required: { type: 'boolean', const: true },
    default: { type: ['string', 'number', 'boolean'] },
    values: { ...NAMES, description: 'Of a choice, or of a size as `1024x768`.' },
    minLength: { ...COUNT, description: 'In characters, an emoji counting as one.' },
    maxLength: COUNT,
    maxItems: COUNT,
    minimum: { ...LIMIT, description: 'Of a size: of each side, in pixels.' },
    maximum: LIMIT,
    multipleOf: COUNT,
    formats: NAMES,
    minSide: { ...COUNT, description: 'Pixels.' },
    maxSide: COUNT,
    minPixels: COUNT,
    maxPixels: COUNT,
    maxRatio: { ...LIMIT, description: 'The longer side is at most so many times the shorter.' },
  },
} as const;

const PARAMETERS = { type: 'object', description: 'By the fields of a request; what is absent is refused.', additionalProperties: ref('ModelParameter') } as const;

const FIELDS = { type: 'object', additionalProperties: NAMES } as const;

const RULES = {
  type: 'object',
  description: 'What holds between fields.',
  additionalProperties: false,
  properties: {
    oneOf: { ...NAMES, description: 'At least one of them is more than 0.' },
    needs: { ...FIELDS, description: 'A field and those that must come with it.' },
    excludes: { ...FIELDS, description: 'A field and those that must not come with it.' },
  },
} as const;

const LIFECYCLE = {
  type: 'object',
  additionalProperties: false,
  required: ['status'],
  properties: {
    status: { type: 'string', enum: ['active', 'legacy', 'ended'] },
    legacySince: DAY,
    endOfLife: DAY,
    replacement: NAME,
  },
} as const;

/** Of models and edits alike. */
const OFFER = { id: NAME, name: NAME, priceUsd: PRICE, region: NAME, lifecycle: ref('ModelLifecycle'), parameters: PARAMETERS, rules: ref('ModelRules') } as const;
const REQUIRED = ['id', 'region', 'lifecycle', 'parameters'] as const;

const MODEL = {
  type: 'object',
  additionalProperties: false,
  required: [...REQUIRED, 'default', 'imagesPerCall'],
  properties: {
    ...OFFER,
    alias: { ...NAME, description: 'What may be written instead of the id.' },
    provider: NAME,
    default: { type: 'boolean', description: 'Of requests that name none.' },
    imagesPerCall: { type: 'integer', minimum: 1 },
  },
} as const;

const EDIT = {
  type: 'object', additionalProperties: false, required: [...REQUIRED, 'operation', 'name', 'priceUsd'], properties: { ...OFFER, operation: NAME },
} as const;

const TOKEN_PRICE = {
  type: 'object', additionalProperties: false, required: ['input', 'output'], properties: { input: PRICE, output: PRICE },
} as const;

const TEXT = {
  type: 'object',
  additionalProperties: false,
  required: REQUIRED,
  properties: {
    id: NAME,
    name: NAME,
    provider: NAME,
    region: NAME,
    lifecycle: ref('ModelLifecycle'),
    parameters: PARAMETERS,
    priceUsdPerMillionTokens: TOKEN_PRICE,
  },
} as const;

const MODELS_ANSWER = {
  type: 'object',
  additionalProperties: false,
  required: ['models'],
  properties: {
    models: { type: 'array', minItems: 1, items: ref('Model') },
    edits: { type: 'array', minItems: 1, items: ref('EditModel') },
    text: ref('TextModel'),
  },
} as const;

export const MODEL_SCHEMAS = {
  ModelParameter: PARAMETER,
  ModelRules: RULES,
  ModelLifecycle: LIFECYCLE,
  Model: MODEL,
  EditModel: EDIT,
  TextModel: TEXT,
  ModelsAnswer: MODELS_ANSWER,
} as const;

import { ref } from '../refs';

const NAME = { type: 'string' } as const;
const NAMES = { type: 'array', items: NAME } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const LIMIT = { type: 'number' } as const;
const DAY = { type: 'string', format: 'date' } as const;
const PRICE = { type: 'number', minimum: 0 } as const;
const SECONDS = { type: 'integer', minimum: 1, description: 'The estimated duration of one request in seconds. It is not measured.' } as const;

const PARAMETER = {
  type: 'object',
  description: 'The type and limits of a field, from which a client can build an input form.',
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: { type: 'string', enum: ['text', 'texts', 'choice', 'integer', 'number', 'boolean', 'size', 'image'] },
    required: { type: 'boolean', const: true },
    default: { type: ['string', 'number', 'boolean'] },
    values: { ...NAMES, description: 'The allowed values of a choice or a size, such as `1024x768`.' },
    minLength: { ...COUNT, description: 'The minimum length in Unicode code points.' },
    maxLength: COUNT,
    maxItems: COUNT,
    minimum: { ...LIMIT, description: 'The minimum value. For a size, the minimum width and height in pixels.' },
    maximum: LIMIT,
    multipleOf: COUNT,
    formats: NAMES,
    minSide: { ...COUNT, description: 'The minimum width and height in pixels.' },
    maxSide: COUNT,
    minPixels: COUNT,
    maxPixels: COUNT,
    maxRatio: { ...LIMIT, description: 'The maximum ratio of the longer to the shorter side.' },
  },
} as const;

const PARAMETERS = {
  type: 'object',
  description: 'The parameters by request field. The API rejects fields that are absent here.',
  additionalProperties: ref('ModelParameter'),
} as const;

const FIELDS = { type: 'object', additionalProperties: NAMES } as const;

const RULES = {
  type: 'object',
  description: 'The dependencies between fields.',
  additionalProperties: false,
  properties: {
    oneOf: { ...NAMES, description: 'The fields of which at least one must be greater than 0.' },
    needs: { ...FIELDS, description: 'The fields that each field requires.' },
    excludes: { ...FIELDS, description: 'The fields that each field excludes.' },
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

/** Common properties of models and edits. */
const COMMON = { id: NAME, name: NAME, priceUsd: PRICE, region: NAME, lifecycle: ref('ModelLifecycle'), parameters: PARAMETERS, rules: ref('ModelRules') } as const;
const REQUIRED = ['id', 'region', 'lifecycle', 'parameters'] as const;

const MODEL = {
  type: 'object',
  additionalProperties: false,
  required: [...REQUIRED, 'default', 'imagesPerCall', 'typicalSeconds'],
  properties: {
    ...COMMON,
    alias: { ...NAME, description: 'The alias that requests can use in place of the ID.' },
    provider: NAME,
    default: { type: 'boolean', description: 'Whether the model is used by requests without `model`.' },
    imagesPerCall: { type: 'integer', minimum: 1 },
    typicalSeconds: SECONDS,
  },
} as const;

const EDIT = {
  type: 'object',
  additionalProperties: false,
  required: [...REQUIRED, 'operation', 'name', 'priceUsd', 'typicalSeconds'],
  properties: { ...COMMON, operation: NAME, typicalSeconds: SECONDS },
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

const BUDGET = {
  type: 'object',
  description: 'What the caller can still spend today. A day begins at midnight UTC.',
  additionalProperties: false,
  required: ['remainingUsd', 'limitUsd', 'resetsAt'],
  properties: {
    remainingUsd: PRICE,
    limitUsd: { ...PRICE, description: 'The daily budget of which least remains: that of the caller, or that of the API.' },
    resetsAt: { type: 'string', format: 'date-time' },
  },
} as const;

const MODELS_RESPONSE = {
  type: 'object',
  additionalProperties: false,
  required: ['models'],
  properties: {
    models: { type: 'array', minItems: 1, items: ref('Model') },
    edits: { type: 'array', minItems: 1, items: ref('EditModel') },
    text: ref('TextModel'),
    budget: { ...ref('Budget'), description: 'Present if the API has a daily budget.' },
  },
} as const;

export const MODEL_SCHEMAS = {
  ModelParameter: PARAMETER,
  ModelRules: RULES,
  ModelLifecycle: LIFECYCLE,
  Model: MODEL,
  EditModel: EDIT,
  TextModel: TEXT,
  Budget: BUDGET,
  ModelsResponse: MODELS_RESPONSE,
} as const;

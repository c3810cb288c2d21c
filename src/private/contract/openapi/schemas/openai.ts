/** The wire format of OpenAI's image API, as far as it has a meaning here. What is unknown is ignored there, and here. */

const TEXT = { type: 'string' } as const;
const TIME = { type: 'integer', description: 'Seconds since 1970.' } as const;

/** Fields that generations and edits have in common. */
const COMMON = {
  prompt: { type: 'string', minLength: 1, description: 'What to draw.' },
  model: { ...TEXT, description: 'Id or alias of a model from GET /v1/models.' },
  n: { type: ['integer', 'null'], minimum: 1, maximum: 4, default: 1, description: 'Number of images, each charged.' },
  size: { type: ['string', 'null'], pattern: '^(auto|[0-9]+x[0-9]+)$', description: '`auto`, or pixels as `1024x1024`; mapped to the nearest aspect ratio.' },
  quality: { type: ['string', 'null'], description: 'Taken where the model knows qualities.' },
  response_format: { type: ['string', 'null'], enum: ['url', 'b64_json', null], description: 'Images by URL or inline.' },
  output_format: { type: ['string', 'null'], enum: ['png', 'jpeg', 'webp', null] },
  background: { type: ['string', 'null'], enum: ['auto', 'opaque', 'transparent', null] },
  user: { ...TEXT, description: 'Ignored: callers are known by their credentials.' },
} as const;

const GENERATION_REQUEST = {
  type: 'object',
  required: ['prompt'],
  properties: { ...COMMON, stream: { type: ['boolean', 'null'], description: 'Images are not streamed.' } },
} as const;

const FILE = { type: 'string', format: 'binary' } as const;

const EDIT_FORM = {
  type: 'object',
  required: ['image', 'prompt'],
  properties: { ...COMMON, image: { ...FILE, description: 'A PNG, JPEG or WebP.' }, mask: { ...FILE, description: 'A PNG: what is transparent is changed.' } },
} as const;

const IMAGES_ANSWER = {
  type: 'object',
  required: ['created', 'data'],
  properties: {
    created: TIME,
    data: {
      type: 'array',
      items: { type: 'object', properties: { b64_json: TEXT, url: { ...TEXT, format: 'uri' }, revised_prompt: TEXT } },
    },
  },
} as const;

const MODELS_ANSWER = {
  type: 'object',
  required: ['object', 'data'],
  properties: {
    object: { type: 'string', const: 'list' },
    data: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'object', 'created', 'owned_by'],
        properties: { id: TEXT, object: { type: 'string', const: 'model' }, created: TIME, owned_by: TEXT },
      },
    },
  },
} as const;

export const OPENAI_SCHEMAS = {
  OpenAiGenerationRequest: GENERATION_REQUEST, OpenAiEditForm: EDIT_FORM, OpenAiImages: IMAGES_ANSWER, OpenAiModels: MODELS_ANSWER,
} as const;

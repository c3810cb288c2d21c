import { COUNT, OUTPUT_FORMAT, PROMPT } from './requests';

/**
 * What clients of OpenAI's image API send: JSON Schemas of the fields that are heeded. Other fields are passed over, as such clients
 * leak their own into bodies, and `null` is as good as absent.
 */

/** From quick to good; OpenAI's names of several years. Which model each is drawn by: `QUALITY_MODELS`. */
const QUALITIES = ['auto', 'low', 'standard', 'medium', 'high', 'hd', 'xhigh', 'max'] as const;
export type OpenAiQuality = typeof QUALITIES[number];

const CORE = 'stability.stable-image-core-v1:1';
const SD3_5 = 'stability.sd3-5-large-v1:0';
const ULTRA = 'stability.stable-image-ultra-v1:1';

/**
 * The models of a quality, the best fitting first: the first that the API allows draws. Where it allows none of them, and for
 * `auto`, its default model does.
 */
export const QUALITY_MODELS: Readonly<Record<OpenAiQuality, readonly string[]>> = {
  auto: [],
  low: [CORE],
  standard: [CORE],
  medium: [SD3_5],
  high: [ULTRA, SD3_5],
  hd: [ULTRA, SD3_5],
  xhigh: [ULTRA, SD3_5],
  max: [ULTRA, SD3_5],
};

/** What OpenAI's answers call the quality of a model. */
export const MODEL_QUALITY: Readonly<Record<string, 'low' | 'medium' | 'high'>> = { [CORE]: 'low', [SD3_5]: 'medium', [ULTRA]: 'high' };

/** Names of OpenAI's own models: clients send them without having been told to, so they mean the default model. */
export const OPENAI_MODELS = /^(openai\/)?(gpt-image-|chatgpt-image-|dall-e-)/;
/** Of these, clients expect URLs unless they ask for more. */
export const OPENAI_URL_MODELS = /^(openai\/)?dall-e-/;

const FIELDS = {
  prompt: PROMPT,
  model: {
    type: 'string', minLength: 1, maxLength: 200, description: 'Id or alias of a model from GET /v1/models; names of OpenAI\'s models mean the default model.',
  },
  n: { ...COUNT },
  size: {
    'type': 'string',
    'pattern': '^(auto|[1-9][0-9]{1,3}x[1-9][0-9]{1,3})$',
    'x-must': 'be auto or look like 1024x1536',
    'description': 'Mapped to the nearest size that the model draws, which the answer tells. An edit keeps the size that its operation makes.',
  },
  quality: { enum: QUALITIES, default: 'auto', description: 'Chooses the model where none is named.' },
  response_format: { enum: ['b64_json', 'url'], description: 'Default: b64_json, and url where the model is called dall-e-*.' },
  output_format: { ...OUTPUT_FORMAT, description: 'Default: png for one image, jpeg for several.' },
  background: { enum: ['auto', 'opaque', 'transparent'], default: 'auto', description: 'transparent is a second, charged call: the edit remove-background.' },
  stream: { type: 'boolean', default: false, description: 'Answer with an event stream of the completed images.' },
} as const;

/** `POST /v1/images/generations`. */
export const OPENAI_GENERATE_REQUEST_SCHEMA = {
  $id: 'OpenAiGenerateRequest',
  type: 'object',
  required: ['prompt'],
  properties: FIELDS,
} as const;

/** `POST /v1/images/edits`, a form. */
export const OPENAI_EDIT_REQUEST_SCHEMA = {
  $id: 'OpenAiEditRequest',
  type: 'object',
  required: ['prompt', 'image'],
  properties: {
    ...FIELDS,
    image: { type: 'string', description: 'A PNG, JPEG or WebP file.' },
    mask: { type: 'string', description: 'A PNG whose transparent part is edited; or white what is edited, black what is kept.' },
  },
} as const;

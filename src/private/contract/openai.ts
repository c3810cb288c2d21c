import { COUNT } from './request-limits';
import { GENERATE_REQUEST_SCHEMA, OUTPUT_FORMAT, PROMPT } from './requests';

/**
 * JSON Schemas of OpenAI requests, with the fields that the API uses. Other fields are ignored, because OpenAI clients send fields of their
 * own. `null` and `""` have the same meaning as an absent field.
 */

/** Quality values of all OpenAI API versions, lowest first. `QUALITY_MODELS` maps them to models. */
const QUALITIES = ['auto', 'low', 'standard', 'medium', 'high', 'hd', 'xhigh', 'max'] as const;
export type OpenAiQuality = typeof QUALITIES[number];

const CORE = 'stability.stable-image-core-v1:1';
const SD3_5 = 'stability.sd3-5-large-v1:0';
const ULTRA = 'stability.stable-image-ultra-v1:1';

/**
 * Models for each quality, in order of preference. The first one that the API allows is used. For `auto`, or if the API allows none of
 * them, the default model is used.
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

/** Value of `quality` in OpenAI responses, by model. */
export const MODEL_QUALITY: Readonly<Record<string, 'low' | 'medium' | 'high'>> = { [CORE]: 'low', [SD3_5]: 'medium', [ULTRA]: 'high' };

/** Names of OpenAI models. OpenAI clients send them by default, so they select the default model. */
export const OPENAI_MODELS = /^(openai\/)?(gpt-image-|chatgpt-image-|dall-e-)/;
/** OpenAI models for which URLs are the default response format. */
export const OPENAI_URL_MODELS = /^(openai\/)?dall-e-/;

const { seed, negativePrompt } = GENERATE_REQUEST_SCHEMA.properties;

const FIELDS = {
  prompt: PROMPT,
  model: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description: 'The ID or alias of a model in GET /v1/models. Without it, or with the name of an OpenAI model, quality selects the model.',
  },
  n: { ...COUNT },
  size: {
    'type': 'string',
    'pattern': '^(auto|[1-9][0-9]{1,3}x[1-9][0-9]{1,3})$',
    'x-must': 'be auto or a size such as 1024x1536',
    'description': 'The image size. The nearest supported size is used; `size` in the response is the size of the image. An edit ignores the size.',
  },
  quality: { enum: QUALITIES, default: 'auto', description: 'The image quality. Selects the model if `model` is absent or the name of an OpenAI model.' },
  response_format: { enum: ['b64_json', 'url'], description: 'The response format. Default: url if model is dall-e-*, otherwise b64_json.' },
  output_format: { ...OUTPUT_FORMAT, description: 'The file format. Default: png for one image, jpeg for several images.' },
  background: { enum: ['auto', 'opaque', 'transparent'], default: 'auto', description: 'The background. transparent removes it with a second model call, which is charged.' },
  stream: { type: 'boolean', default: false, description: 'Whether to return the images as an event stream.' },
  seed: { ...seed, description: `${seed.description} Not a field of OpenAI's API.` },
  negative_prompt: { ...negativePrompt, description: `${negativePrompt.description} Not a field of OpenAI's API.` },
} as const;

/** `POST /v1/images/generations`. */
export const OPENAI_GENERATE_REQUEST_SCHEMA = {
  $id: 'OpenAiGenerateRequest',
  type: 'object',
  required: ['prompt'],
  properties: FIELDS,
} as const;

/** `POST /v1/images/edits`. A multipart form has the same fields. */
export const OPENAI_EDIT_REQUEST_SCHEMA = {
  $id: 'OpenAiEditRequest',
  type: 'object',
  required: ['prompt', 'image'],
  properties: {
    ...FIELDS,
    image: { type: 'string', description: 'The input image: a PNG, JPEG or WebP file.' },
    mask: { type: 'string', description: 'The area to edit: the transparent area of a PNG, or white on black.' },
  },
} as const;

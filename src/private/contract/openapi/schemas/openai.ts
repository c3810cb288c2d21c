import { defaultsInWords } from './defaults';
import { IMAGE_SCHEMAS } from './images';
import { OPENAI_EDIT_REQUEST_SCHEMA, OPENAI_GENERATE_REQUEST_SCHEMA } from '../../openai';
import { Json } from '../types';

/** The wire format of OpenAI's image API, as far as it has a meaning here. What is unknown is ignored there, and here. */

const TEXT = { type: 'string' } as const;
const TIME = { type: 'integer', description: 'Seconds since 1970.' } as const;
const COUNT = { type: 'integer', const: 0 } as const;

interface ObjectSchema {
  readonly $id: string;
  readonly properties: object;
  readonly required: readonly string[];
}

/** What the handler validates with; to it, `null` is as good as absent. */
function nullable({ $id, properties, required, ...schema }: ObjectSchema): Json {
  const fields = (Object.entries(defaultsInWords(properties)) as [string, Json][])
    .map(([name, field]) => [name, required.includes(name) ? field : orNull(field)]);
  return { ...schema, required, properties: Object.fromEntries(fields) as Json };
}

function orNull(field: Json): Json {
  return Array.isArray(field.enum) ? { ...field, enum: [...field.enum, null] } : { ...field, type: [field.type, 'null'] };
}

const EDIT = nullable(OPENAI_EDIT_REQUEST_SCHEMA);
const FILE = { type: 'string', format: 'binary' } as const;
const { image, mask } = OPENAI_EDIT_REQUEST_SCHEMA.properties;

const IMAGES_ANSWER = {
  type: 'object',
  required: ['created', 'data', 'output_format', 'size', 'background', 'usage', 'id'],
  additionalProperties: false,
  properties: {
    created: TIME,
    data: {
      type: 'array',
      items: {
        type: 'object', additionalProperties: false, properties: { b64_json: TEXT, url: { ...TEXT, format: 'uri', description: 'As asked for, or too large to be inline.' } },
      },
    },
    output_format: { type: 'string', enum: ['png', 'jpeg', 'webp'] },
    size: { type: 'string', pattern: '^[0-9]+x[0-9]+$', description: 'Of the first image, as it was drawn.' },
    quality: { type: 'string', enum: ['low', 'medium', 'high'], description: 'Of the model, where it is ranked.' },
    background: { type: 'string', enum: ['opaque', 'transparent'] },
    usage: {
      type: 'object',
      description: 'Models of this API are paid by the image: all counts are 0.',
      properties: {
        input_tokens: COUNT,
        output_tokens: COUNT,
        total_tokens: COUNT,
        input_tokens_details: { type: 'object', properties: { image_tokens: COUNT, text_tokens: COUNT } },
      },
    },
    id: { ...TEXT, description: 'What GET /images/{id} finds it by, where that route is.' },
    failures: IMAGE_SCHEMAS.ImageAnswer.properties.failures,
    warning: { ...TEXT, description: 'Why an image came by URL, or how long it will be there.' },
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
  OpenAiGenerateRequest: nullable(OPENAI_GENERATE_REQUEST_SCHEMA),
  OpenAiEditForm: {
    ...EDIT,
    properties: { ...EDIT.properties as Json, image: { ...FILE, description: image.description }, mask: { ...FILE, description: mask.description } },
  },
  OpenAiEditRequest: EDIT,
  OpenAiImages: IMAGES_ANSWER,
  OpenAiModels: MODELS_ANSWER,
} as const;

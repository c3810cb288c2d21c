import { describeDefaults } from './describe-defaults';
import { IMAGE_SCHEMAS } from './image-schemas';
import { type JsonObject } from '../../json-object';
import { OPENAI_EDIT_REQUEST_SCHEMA, OPENAI_GENERATE_REQUEST_SCHEMA } from '../../openai';

/** Requests and responses of the OpenAI image API, with the fields that this API supports. */

const TEXT = { type: 'string' } as const;
const TIME = { type: 'integer', description: 'The time in seconds since 1970.' } as const;
const COUNT = { type: 'integer', const: 0 } as const;

interface ObjectSchema {
  readonly $id: string;
  readonly properties: object;
  readonly required: readonly string[];
}

/** Returns the schema that the handler validates requests with, in which optional fields can be `null`. */
function nullableSchema({ $id, properties, required, ...schema }: ObjectSchema): JsonObject {
  const fields = (Object.entries(describeDefaults(properties)) as [string, JsonObject][])
    .map(([name, field]) => [name, required.includes(name) ? field : nullable(field)]);
  return { ...schema, required, properties: Object.fromEntries(fields) as JsonObject };
}

/** On these routes an empty text has the meaning of `null`. */
function nullable({ minLength: _, ...field }: JsonObject): JsonObject {
  return Array.isArray(field.enum) ? { ...field, enum: [...field.enum, null] } : { ...field, type: [field.type, 'null'] };
}

const EDIT = nullableSchema(OPENAI_EDIT_REQUEST_SCHEMA);
const IMAGE_OBJECT = {
  type: 'object',
  required: ['image_url'],
  properties: { image_url: { ...TEXT, pattern: '^data:', description: 'The image as a data URL.' } },
} as const;
/** A JSON body has `image` or `images`. */
const EDIT_JSON: JsonObject = {
  ...EDIT,
  required: ['prompt'],
  properties: {
    ...EDIT.properties as JsonObject,
    images: { type: ['array', 'null'], minItems: 1, maxItems: 1, items: IMAGE_OBJECT, description: 'The input image, in place of `image`.' },
    mask: { description: OPENAI_EDIT_REQUEST_SCHEMA.properties.mask.description, anyOf: [{ type: ['string', 'null'] }, IMAGE_OBJECT] },
  },
};
const FILE = { type: 'string', format: 'binary' } as const;
const { image, mask } = OPENAI_EDIT_REQUEST_SCHEMA.properties;

const IMAGES_RESPONSE = {
  type: 'object',
  required: ['created', 'data', 'output_format', 'size', 'background', 'usage', 'id'],
  additionalProperties: false,
  properties: {
    created: TIME,
    data: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: {
          b64_json: TEXT,
          url: { ...TEXT, format: 'uri', description: 'The presigned URL, if it is requested or if the image is too large for the response.' },
        },
      },
    },
    output_format: { type: 'string', enum: ['png', 'jpeg', 'webp'] },
    size: { type: 'string', pattern: '^[0-9]+x[0-9]+$', description: 'The size of the first image.' },
    quality: { type: 'string', enum: ['low', 'medium', 'high'], description: 'The quality of the model. Absent if the model has none.' },
    background: { type: 'string', enum: ['opaque', 'transparent'] },
    usage: {
      type: 'object',
      description: 'The token counts. All are 0, because models of this API are charged by image.',
      properties: {
        input_tokens: COUNT,
        output_tokens: COUNT,
        total_tokens: COUNT,
        input_tokens_details: { type: 'object', properties: { image_tokens: COUNT, text_tokens: COUNT } },
      },
    },
    id: { ...TEXT, description: 'The ID for `GET /images/{id}`, if this API has that route.' },
    failures: IMAGE_SCHEMAS.ImageResponse.properties.failures,
    warning: { ...TEXT, description: 'A warning code, such as `INLINE_TOO_LARGE` for an image that is returned as a URL.' },
  },
} as const;

const MODELS_RESPONSE = {
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
  OpenAiGenerateRequest: nullableSchema(OPENAI_GENERATE_REQUEST_SCHEMA),
  OpenAiEditForm: {
    ...EDIT,
    properties: {
      ...EDIT.properties as JsonObject,
      image: { ...FILE, description: image.description },
      mask: { ...FILE, description: mask.description },
    },
  },
  OpenAiEditRequest: EDIT_JSON,
  OpenAiImages: IMAGES_RESPONSE,
  OpenAiModels: MODELS_RESPONSE,
} as const;

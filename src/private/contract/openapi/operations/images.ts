import { asExamples, jsonContent } from '../content';
import { EXAMPLE_ID, EXAMPLE_PROMPT, EXPIRED_EXAMPLE, FAILED_EXAMPLE, IMAGE_EXAMPLE, INLINE_EXAMPLE, LIST_EXAMPLE, QUEUED_EXAMPLE } from '../examples';
import { ID, IDEMPOTENCY_KEY, LIST_QUERY, PREFER } from '../parameters';
import { BODY_ERRORS, IDEMPOTENCY_ERRORS, MODEL_ERRORS } from '../problems';
import { DescribedApi, Describe, Json, Operation } from '../types';

/** What any request that makes images can run into. An image that it starts from may not be found. */
export const MAKING_ERRORS = ['NOT_FOUND', ...BODY_ERRORS, ...IDEMPOTENCY_ERRORS, ...MODEL_ERRORS] as const;

export const LOCATION = {
  description: 'Where the images will be. Absent where that is nowhere.', schema: { type: 'string' }, examples: asExamples({ path: `/prod/images/${EXAMPLE_ID}` }),
} as const;

/** How images can be asked for, and what then is answered, on all routes that make them. */
export function making({ queued }: DescribedApi, examples: Json): Pick<Operation, 'parameters' | 'answers'> {
  return {
    parameters: [IDEMPOTENCY_KEY, ...(queued ? [PREFER] : [])],
    answers: queued ? { 201: madeAnswer(examples), 202: LATER } : { 201: madeAnswer(examples) },
  };
}

const LATER: Json = {
  description: 'With `Prefer: respond-async`: the images will be drawn.',
  headers: { 'Location': LOCATION, 'Preference-Applied': { description: 'The preference.', schema: { type: 'string', const: 'respond-async' } } },
  content: jsonContent('ImageAnswer', { queued: QUEUED_EXAMPLE }),
};

/** The answer to any request that makes images. */
function madeAnswer(examples: Json): Json {
  const bytes = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } };
  return {
    description: 'The images; with `Accept: image/*` before any other type, the picture itself.',
    headers: {
      Location: LOCATION,
    },
    content: { ...jsonContent('ImageAnswer', examples), 'image/png': bytes, 'image/jpeg': bytes, 'image/webp': bytes },
  };
}

const createImages: Describe = (api) => ({
  operationId: 'createImages',
  tag: 'Images',
  summary: 'Draw images',
  description: 'Each image is charged. What the model cannot honour is refused before anything is spent.',
  requestBody: {
    required: true,
    content: jsonContent('GenerateRequest', {
      smallest: { prompt: EXAMPLE_PROMPT },
      inline: { prompt: EXAMPLE_PROMPT, ...(api.models && { model: api.models[0] }), count: 2, seed: 7, response: 'base64' },
    }),
  },
  ...making(api, { url: IMAGE_EXAMPLE, inline: INLINE_EXAMPLE }),
  errors: MAKING_ERRORS,
});

const listImages: Describe = () => ({
  operationId: 'listImages',
  tag: 'Images',
  summary: 'List the caller\'s images',
  description: 'Newest first.',
  parameters: LIST_QUERY,
  answers: { 200: { description: 'A page of images.', content: jsonContent('ImageListAnswer', { page: LIST_EXAMPLE, none: { images: [] } }) } },
  errors: [],
});

const getImage: Describe = ({ queued }) => ({
  operationId: 'getImage',
  tag: 'Images',
  summary: 'Get images with fresh URLs',
  description: 'Those that one request made.',
  parameters: [ID],
  answers: {
    200: { description: 'The images, or that they expired.', content: jsonContent('ImageAnswer', { succeeded: IMAGE_EXAMPLE, expired: EXPIRED_EXAMPLE, ...(queued && { failed: FAILED_EXAMPLE }) }) },
  },
  errors: ['NOT_FOUND'],
});

const deleteImage: Describe = ({ queued }) => ({
  operationId: 'deleteImage',
  tag: 'Images',
  summary: 'Delete images',
  description: 'Those that one request made, and all that was recorded of them.',
  parameters: [ID],
  answers: { 204: { description: 'They are gone.' } },
  // a job is being drawn
  errors: ['NOT_FOUND', ...(queued ? ['IN_PROGRESS' as const] : [])],
});

export const IMAGE_OPERATIONS: Readonly<Record<string, Describe>> = {
  'POST /images': createImages,
  'GET /images': listImages,
  'GET /images/{id}': getImage,
  'DELETE /images/{id}': deleteImage,
};

import { type JsonObject } from '../../json-object';
import { jsonContent } from '../content';
import { type DescribedApi, type DescribeOperation, type Operation } from '../described-api';
import { EXAMPLE_PROMPT, EXPIRED_EXAMPLE, FAILED_EXAMPLE, IMAGE_EXAMPLE, INLINE_EXAMPLE, LIST_EXAMPLE, QUEUED_EXAMPLE } from '../examples';
import { BODY_ERRORS, IDEMPOTENCY_ERRORS, MODEL_ERRORS } from '../problem-responses';
import { IDEMPOTENCY_KEY, IMAGE_ID, LIST_QUERY, PREFER } from '../request-parameters';
import { BUDGET_REMAINING, LOCATION, PREFERENCE_APPLIED, SPEND_HEADERS } from '../response-headers';

/** Errors of operations that create images. NOT_FOUND is for a missing input image. */
export const CREATE_ERRORS = ['NOT_FOUND', ...BODY_ERRORS, ...IDEMPOTENCY_ERRORS, ...MODEL_ERRORS] as const;

/** Returns the parameters and responses of operations that create images. */
export function createOperation({ queued }: DescribedApi, examples: JsonObject): Pick<Operation, 'parameters' | 'responses' | 'replaysErrors'> {
  return {
    replaysErrors: true,
    parameters: [IDEMPOTENCY_KEY, ...(queued ? [PREFER] : [])],
    responses: queued ? { 201: createdResponse(examples), 202: ENQUEUED_RESPONSE } : { 201: createdResponse(examples) },
  };
}

const ENQUEUED_RESPONSE: JsonObject = {
  description: 'The request is enqueued. Returned for `Prefer: respond-async`.',
  headers: { 'Location': LOCATION, 'Preference-Applied': PREFERENCE_APPLIED, ...BUDGET_REMAINING },
  content: jsonContent('ImageResponse', { queued: QUEUED_EXAMPLE }),
};

/** Has JSON content only, because generated clients would otherwise return either JSON or a file for each request. */
function createdResponse(examples: JsonObject): JsonObject {
  return {
    'description': 'The images. If `image/*` is the first type in `Accept`, the body is the image file instead of JSON.',
    'headers': { Location: LOCATION, ...SPEND_HEADERS },
    'content': jsonContent('ImageResponse', examples),
    'x-binary-content': ['image/png', 'image/jpeg', 'image/webp'],
  };
}

const createImages: DescribeOperation = (api) => ({
  operationId: 'createImages',
  tag: 'Images',
  summary: 'Generate images',
  description: 'Generates images from a prompt. Each image is charged. Parameters that the model does not support are rejected before the model is called.',
  requestBody: {
    required: true,
    content: jsonContent('GenerateRequest', {
      minimal: { prompt: EXAMPLE_PROMPT },
      inline: { prompt: EXAMPLE_PROMPT, ...(api.models && { model: api.models[0] }), count: 2, seed: 7, response: 'base64' },
    }),
  },
  ...createOperation(api, { url: IMAGE_EXAMPLE, inline: INLINE_EXAMPLE }),
  errors: CREATE_ERRORS,
});

const listImages: DescribeOperation = () => ({
  operationId: 'listImages',
  tag: 'Images',
  summary: 'List images',
  description: 'Lists the images of the caller, newest first.',
  parameters: LIST_QUERY,
  responses: { 200: { description: 'A page of images.', content: jsonContent('ImageListResponse', { page: LIST_EXAMPLE, empty: { images: [] } }) } },
  errors: [],
});

const getImage: DescribeOperation = ({ queued }) => ({
  operationId: 'getImage',
  tag: 'Images',
  summary: 'Get images',
  description: 'Returns the images of one request, with new URLs, or the status of a job.',
  parameters: [IMAGE_ID],
  responses: {
    200: {
      description: 'The images and their status.',
      content: jsonContent('ImageResponse', { succeeded: IMAGE_EXAMPLE, expired: EXPIRED_EXAMPLE, ...(queued && { failed: FAILED_EXAMPLE }) }),
    },
  },
  errors: ['NOT_FOUND'],
});

const deleteImage: DescribeOperation = ({ queued }) => ({
  operationId: 'deleteImage',
  tag: 'Images',
  summary: 'Delete images',
  description: `Deletes the images and the record of one request${queued ? ', and cancels a queued job' : ''}.`,
  parameters: [IMAGE_ID],
  responses: { 204: { description: 'The images are deleted.' } },
  // IN_PROGRESS: the job is running.
  errors: ['NOT_FOUND', ...(queued ? ['IN_PROGRESS' as const] : [])],
});

export const IMAGE_OPERATIONS: Readonly<Record<string, DescribeOperation>> = {
  'POST /images': createImages,
  'GET /images': listImages,
  'GET /images/{id}': getImage,
  'DELETE /images/{id}': deleteImage,
};

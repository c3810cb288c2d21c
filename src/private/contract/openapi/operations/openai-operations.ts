import { type JsonObject } from '../../json-object';
import { asExamples, formContent, jsonContent } from '../content';
import { type DescribeOperation, type Operation } from '../described-api';
import { EXAMPLE_PNG, EXAMPLE_PROMPT, OPENAI_IMAGES_EXAMPLE, OPENAI_MODELS_EXAMPLE } from '../examples';
import { BODY_ERRORS, IDEMPOTENCY_ERRORS, MODEL_ERRORS } from '../problem-responses';
import { IDEMPOTENCY_KEY } from '../request-parameters';
import { IGNORED_PARAMETERS, SPEND_HEADERS } from '../response-headers';

/** OpenAI clients expect status 400 for filtered content. */
const STATUSES: Operation['statuses'] = { CONTENT_FILTERED: 400 };
const ERRORS = ['NOT_FOUND', ...BODY_ERRORS, ...IDEMPOTENCY_ERRORS, ...MODEL_ERRORS] as const;
const DESCRIPTION = 'Fields that this API or the model does not support are ignored and named in the header `X-Ignored-Parameters`. A retry of an OpenAI SDK (`X-Stainless-Retry-Count`) returns the images of the first request.';

function responses(event: string): Operation['responses'] {
  // Has no type: some tools apply it to the whole body, others to each event.
  const schema: JsonObject = { description: 'Server-sent events. The last event contains the image.' };
  const stream: JsonObject = { schema, examples: asExamples({ completed: `event: ${event}.completed\ndata: {"type":"${event}.completed"}\n\n` }) };
  return {
    200: {
      description: 'The images. If `stream` is true, they are returned as events.',
      headers: { ...IGNORED_PARAMETERS, ...SPEND_HEADERS },
      content: { ...jsonContent('OpenAiImages', { inline: OPENAI_IMAGES_EXAMPLE }), 'text/event-stream': stream },
    },
  };
}

const createOpenAiImages: DescribeOperation = () => ({
  operationId: 'createOpenAiImages',
  tag: 'OpenAI',
  summary: 'Generate images (OpenAI)',
  description: `Generates images from a prompt. ${DESCRIPTION}`,
  parameters: [IDEMPOTENCY_KEY],
  requestBody: {
    required: true, content: jsonContent('OpenAiGenerateRequest', { inline: { prompt: EXAMPLE_PROMPT, n: 1, size: '1024x1024', response_format: 'b64_json' } }),
  },
  responses: responses('image_generation'),
  errors: ERRORS,
  statuses: STATUSES,
  replaysErrors: true,
});

const editOpenAiImages: DescribeOperation = () => ({
  operationId: 'editOpenAiImages',
  tag: 'OpenAI',
  summary: 'Edit an image (OpenAI)',
  description: `Edits an image. ${DESCRIPTION}`,
  parameters: [IDEMPOTENCY_KEY],
  requestBody: {
    required: true,
    content: {
      ...formContent('OpenAiEditForm', { file: { prompt: 'a boat', image: 'the bytes of a PNG' } }),
      ...jsonContent('OpenAiEditRequest', {
        base64: { prompt: 'a boat', image: EXAMPLE_PNG },
        dataUrl: { prompt: 'a boat', images: [{ image_url: `data:image/png;base64,${EXAMPLE_PNG}` }] },
      }),
    },
  },
  responses: responses('image_edit'),
  errors: ERRORS,
  statuses: STATUSES,
  replaysErrors: true,
});

const listOpenAiModels: DescribeOperation = () => ({
  operationId: 'listOpenAiModels',
  tag: 'OpenAI',
  summary: 'List models (OpenAI)',
  description: 'Lists the models that requests can use. The name of an OpenAI model selects the default model.',
  responses: { 200: { description: 'The models.', content: jsonContent('OpenAiModels', { models: OPENAI_MODELS_EXAMPLE }) } },
  errors: [],
});

export const OPENAI_OPERATIONS: Readonly<Record<string, DescribeOperation>> = {
  'POST /v1/images/generations': createOpenAiImages,
  'POST /v1/images/edits': editOpenAiImages,
  'GET /v1/models': listOpenAiModels,
};

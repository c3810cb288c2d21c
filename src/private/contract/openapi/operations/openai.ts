import { asExamples, formContent, jsonContent } from '../content';
import { EXAMPLE_PICTURE, EXAMPLE_PROMPT, OPENAI_IMAGES_EXAMPLE, OPENAI_MODELS_EXAMPLE } from '../examples';
import { IDEMPOTENCY_KEY } from '../parameters';
import { BODY_ERRORS, IDEMPOTENCY_ERRORS, MODEL_ERRORS } from '../problems';
import { Describe, Json, Operation } from '../types';

/** OpenAI's clients know what is filtered as 400. */
const STATUSES: Operation['statuses'] = { CONTENT_FILTERED: 400 };
const ERRORS = ['NOT_FOUND', ...BODY_ERRORS, ...IDEMPOTENCY_ERRORS, ...MODEL_ERRORS] as const;
const DESCRIPTION = 'Fields that mean nothing here are ignored, as such clients send their own. A request that OpenAI\'s SDKs repeat (`X-Stainless-Retry-Count`) '
  + 'is answered with the images of the first.';

function answers(event: string): Operation['answers'] {
  // without a type: to some tools it is of the whole text, to others of each event
  const schema: Json = { description: 'Server-sent events, the last of which has the image.' };
  const stream: Json = { schema, examples: asExamples({ completed: `event: ${event}.completed\ndata: {"type":"${event}.completed"}\n\n` }) };
  return {
    200: { description: 'The images; with `stream`, as events.', content: { ...jsonContent('OpenAiImages', { inline: OPENAI_IMAGES_EXAMPLE }), 'text/event-stream': stream } },
  };
}

const createOpenAiImages: Describe = () => ({
  operationId: 'createOpenAiImages',
  tag: 'OpenAI',
  summary: 'Draw images for a client of OpenAI',
  description: DESCRIPTION,
  parameters: [IDEMPOTENCY_KEY],
  requestBody: {
    required: true, content: jsonContent('OpenAiGenerateRequest', { inline: { prompt: EXAMPLE_PROMPT, n: 1, size: '1024x1024', response_format: 'b64_json' } }),
  },
  answers: answers('image_generation'),
  errors: ERRORS,
  statuses: STATUSES,
});

const editOpenAiImages: Describe = () => ({
  operationId: 'editOpenAiImages',
  tag: 'OpenAI',
  summary: 'Edit an image for a client of OpenAI',
  description: DESCRIPTION,
  parameters: [IDEMPOTENCY_KEY],
  requestBody: {
    required: true,
    content: {
      ...formContent('OpenAiEditForm', { file: { prompt: 'a boat', image: 'the bytes of a PNG' } }),
      ...jsonContent('OpenAiEditRequest', { base64: { prompt: 'a boat', image: EXAMPLE_PICTURE } }),
    },
  },
  answers: answers('image_edit'),
  errors: ERRORS,
  statuses: STATUSES,
});

const listOpenAiModels: Describe = () => ({
  operationId: 'listOpenAiModels',
  tag: 'OpenAI',
  summary: 'List models for a client of OpenAI',
  description: 'Those that requests may name. Names of OpenAI\'s own models mean the default model.',
  answers: { 200: { description: 'The models.', content: jsonContent('OpenAiModels', { one: OPENAI_MODELS_EXAMPLE }) } },
  errors: [],
});

export const OPENAI_OPERATIONS: Readonly<Record<string, Describe>> = {
  'POST /v1/images/generations': createOpenAiImages,
  'POST /v1/images/edits': editOpenAiImages,
  'GET /v1/models': listOpenAiModels,
};

import { formContent, jsonContent } from '../content';
import { EXAMPLE_PROMPT, OPENAI_IMAGES_EXAMPLE, OPENAI_MODELS_EXAMPLE } from '../examples';
import { BODY_ERRORS, MODEL_ERRORS } from '../problems';
import { Describe, Operation } from '../types';

/** OpenAI's clients know what is filtered as 400. */
const STATUSES: Operation['statuses'] = { CONTENT_FILTERED: 400 };
/** A repeated request of a client may meet its first, which is still running. */
const ERRORS = ['NOT_FOUND', 'IN_PROGRESS', ...BODY_ERRORS, ...MODEL_ERRORS] as const;
const ANSWERS = { 200: { description: 'The images.', content: jsonContent('OpenAiImages', { inline: OPENAI_IMAGES_EXAMPLE }) } };

const createOpenAiImages: Describe = () => ({
  operationId: 'createOpenAiImages',
  tag: 'OpenAI',
  summary: 'Draw images for a client of OpenAI',
  description: 'Fields that mean nothing here are ignored, as such clients send their own.',
  requestBody: {
    required: true, content: jsonContent('OpenAiGenerationRequest', { inline: { prompt: EXAMPLE_PROMPT, n: 1, size: '1024x1024', response_format: 'b64_json' } }),
  },
  answers: ANSWERS,
  errors: ERRORS,
  statuses: STATUSES,
});

const editOpenAiImages: Describe = () => ({
  operationId: 'editOpenAiImages',
  tag: 'OpenAI',
  summary: 'Edit an image for a client of OpenAI',
  description: 'Fields that mean nothing here are ignored, as such clients send their own.',
  requestBody: { required: true, content: formContent('OpenAiEditForm', { file: { prompt: 'a boat', image: 'the bytes of a PNG' } }) },
  answers: ANSWERS,
  errors: ERRORS,
  statuses: STATUSES,
});

const listOpenAiModels: Describe = () => ({
  operationId: 'listOpenAiModels',
  tag: 'OpenAI',
  summary: 'List models for a client of OpenAI',
  description: 'Those of `GET /models`.',
  answers: { 200: { description: 'The models.', content: jsonContent('OpenAiModels', { one: OPENAI_MODELS_EXAMPLE }) } },
  errors: [],
});

export const OPENAI_OPERATIONS: Readonly<Record<string, Describe>> = {
  'POST /v1/images/generations': createOpenAiImages,
  'POST /v1/images/edits': editOpenAiImages,
  'GET /v1/models': listOpenAiModels,
};

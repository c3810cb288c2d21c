import { jsonContent } from '../content';
import { MODELS_EXAMPLE, TEXT_EXAMPLE } from '../examples';
import { BODY_ERRORS, MODEL_ERRORS } from '../problems';
import { Describe } from '../types';

const writeText: Describe = () => ({
  operationId: 'writeText',
  tag: 'Text',
  summary: 'Write text',
  description: 'Charged by the token.',
  requestBody: {
    required: true,
    content: jsonContent('TextRequest', {
      smallest: { prompt: 'Name a lighthouse.' },
      brief: { prompt: 'Name a lighthouse.', system: 'Be brief.', temperature: 0.2, maxTokens: 20, stopSequences: ['\n'] },
    }),
  },
  answers: { 200: { description: 'The text.', content: jsonContent('TextAnswer', { text: TEXT_EXAMPLE }) } },
  errors: [...BODY_ERRORS, ...MODEL_ERRORS],
});

const listModels: Describe = () => ({
  operationId: 'listModels',
  tag: 'Models',
  summary: 'List models, edits and the text model',
  description: 'With all that a client needs to build a form: parameters, ranges, defaults, prices as far as they are known.',
  answers: { 200: { description: 'What this API allows.', content: jsonContent('ModelsAnswer', { one: MODELS_EXAMPLE }) } },
  errors: [],
});

const DOCUMENT = {
  type: 'object',
  required: ['openapi', 'info', 'servers', 'paths'],
  properties: { openapi: { type: 'string' }, info: { type: 'object' }, servers: { type: 'array', items: { type: 'object' } }, paths: { type: 'object' } },
} as const;

const describeApi: Describe = () => ({
  operationId: 'describeApi',
  tag: 'Description',
  summary: 'Get this document',
  description: 'OpenAPI 3.1, about this very API.',
  answers: {
    200: {
      description: 'This document.',
      content: {
        'application/json': {
          schema: DOCUMENT,
          examples: { start: { value: { openapi: '3.1.1', info: {}, servers: [], paths: {} } } },
        },
      },
    },
  },
  errors: [],
});

export const OTHER_OPERATIONS: Readonly<Record<string, Describe>> = {
  'POST /text': writeText,
  'GET /models': listModels,
  'GET /openapi.json': describeApi,
};

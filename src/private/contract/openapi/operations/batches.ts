import { LOCATION, MAKING_ERRORS } from './images';
import { jsonContent } from '../content';
import { BATCH_CREATED_EXAMPLE, BATCH_EXAMPLE, EXAMPLE_PROMPT } from '../examples';
import { ID, IDEMPOTENCY_KEY } from '../parameters';
import { Describe } from '../types';

const createBatch: Describe = () => ({
  operationId: 'createBatch',
  tag: 'Images',
  summary: 'Have many images drawn later',
  description: 'If any of the requests is not valid, none is drawn. Send an `Idempotency-Key`: a repetition hands in what an interrupted request did not.',
  parameters: [IDEMPOTENCY_KEY],
  requestBody: {
    required: true, content: jsonContent('BatchRequest', { two: { requests: [{ prompt: EXAMPLE_PROMPT }, { prompt: 'the same at night', count: 2 }] } }),
  },
  answers: { 202: { description: 'They will be drawn.', headers: { Location: LOCATION }, content: jsonContent('BatchCreated', { two: BATCH_CREATED_EXAMPLE }) } },
  errors: MAKING_ERRORS,
});

const getBatch: Describe = () => ({
  operationId: 'getBatch',
  tag: 'Images',
  summary: 'See how far a batch is',
  description: 'Each image by itself: `GET /images/{id}`.',
  parameters: [ID],
  answers: { 200: { description: 'Counts by status, and each image with its own.', content: jsonContent('BatchAnswer', { two: BATCH_EXAMPLE }) } },
  errors: ['NOT_FOUND'],
});

export const BATCH_OPERATIONS: Readonly<Record<string, Describe>> = {
  'POST /images/batches': createBatch,
  'GET /images/batches/{id}': getBatch,
};

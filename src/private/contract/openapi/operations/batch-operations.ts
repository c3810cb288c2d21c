import { CREATE_ERRORS } from './image-operations';
import { jsonContent } from '../content';
import { type DescribeOperation } from '../described-api';
import { BATCH_CREATED_EXAMPLE, BATCH_EXAMPLE, EXAMPLE_PROMPT } from '../examples';
import { BATCH_ID, IDEMPOTENCY_KEY } from '../request-parameters';
import { BUDGET_REMAINING, LOCATION } from '../response-headers';

const createBatch: DescribeOperation = () => ({
  operationId: 'createBatch',
  tag: 'Images',
  summary: 'Create a batch',
  description: 'Enqueues up to 100 requests. If one request is not valid, no request is enqueued. '
    + 'With an `Idempotency-Key`, a retry enqueues only the requests that an interrupted call did not enqueue.',
  parameters: [IDEMPOTENCY_KEY],
  requestBody: {
    required: true,
    content: jsonContent('BatchRequest', { batch: { requests: [{ prompt: EXAMPLE_PROMPT }, { prompt: 'the same at night', count: 2 }] } }),
  },
  responses: {
    202: {
      description: 'The requests are enqueued.',
      headers: { Location: LOCATION, ...BUDGET_REMAINING },
      content: jsonContent('BatchCreatedResponse', { batch: BATCH_CREATED_EXAMPLE }),
    },
  },
  errors: CREATE_ERRORS,
});

const getBatch: DescribeOperation = () => ({
  operationId: 'getBatch',
  tag: 'Images',
  summary: 'Get the status of a batch',
  description: 'Returns the status of each item. Use `GET /images/{id}` to get the images.',
  parameters: [BATCH_ID],
  responses: {
    200: { description: 'The number of items by status, and the status of each item.', content: jsonContent('BatchResponse', { batch: BATCH_EXAMPLE }) },
  },
  errors: ['NOT_FOUND'],
});

export const BATCH_OPERATIONS: Readonly<Record<string, DescribeOperation>> = {
  'POST /images/batches': createBatch,
  'GET /images/batches/{id}': getBatch,
};

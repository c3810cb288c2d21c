import { jsonContent } from '../content';
import { type DescribeOperation } from '../described-api';
import { MODELS_EXAMPLE } from '../examples';

const listModels: DescribeOperation = () => ({
  operationId: 'listModels',
  tag: 'Models',
  summary: 'List models',
  description: 'Lists the image models, edit operations and text model of this API, with their parameters, ranges, defaults and known prices.',
  responses: { 200: { description: 'The models of this API.', content: jsonContent('ModelsResponse', { models: MODELS_EXAMPLE }) } },
  errors: [],
});

const DOCUMENT = {
  type: 'object',
  required: ['openapi', 'info', 'servers', 'paths'],
  properties: { openapi: { type: 'string' }, info: { type: 'object' }, servers: { type: 'array', items: { type: 'object' } }, paths: { type: 'object' } },
} as const;

const describeApi: DescribeOperation = () => ({
  operationId: 'describeApi',
  tag: 'Description',
  summary: 'Get the OpenAPI document',
  description: 'Returns this document: OpenAPI 3.1, with the routes and models of this API.',
  responses: {
    200: {
      description: 'The OpenAPI document.',
      content: {
        'application/json': {
          schema: DOCUMENT,
          examples: { document: { value: { openapi: '3.1.1', info: {}, servers: [], paths: {} } } },
        },
      },
    },
  },
  errors: [],
});

/** Operations that describe the API. */
export const API_OPERATIONS: Readonly<Record<string, DescribeOperation>> = {
  'GET /models': listModels,
  'GET /openapi.json': describeApi,
};

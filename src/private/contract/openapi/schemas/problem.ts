import { ERRORS } from '../../errors';
import { ref } from '../refs';

const TEXT = { type: 'string' } as const;

const ERROR_CODE = { type: 'string', enum: Object.keys(ERRORS), description: 'Stable: what programs look at.' } as const;

const FAULT = {
  type: 'object',
  additionalProperties: false,
  required: ['pointer', 'detail'],
  properties: {
    pointer: { ...TEXT, description: 'Where: a JSON pointer into the body, or the name of a header or query parameter.' },
    detail: { ...TEXT, description: 'What to do about it.' },
  },
} as const;

const PROBLEM = {
  type: 'object',
  description: 'A problem document (RFC 9457). `error` repeats it in the form that OpenAI\'s clients read.',
  additionalProperties: false,
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId', 'error'],
  properties: {
    type: { ...TEXT, format: 'uri' },
    title: TEXT,
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { ...TEXT, description: 'For people.' },
    code: ref('ErrorCode'),
    requestId: { ...TEXT, description: 'By which the operator finds out more.' },
    errors: { type: 'array', minItems: 1, maxItems: 50, items: ref('Fault') },
    error: {
      type: 'object',
      additionalProperties: false,
      required: ['message', 'type', 'code', 'param'],
      properties: { message: TEXT, type: TEXT, code: TEXT, param: { type: ['string', 'null'] } },
    },
  },
} as const;

export const PROBLEM_SCHEMAS = { ErrorCode: ERROR_CODE, Fault: FAULT, Problem: PROBLEM } as const;

import { CHARGE_STATUSES, ERRORS, FILTERED_CONTENTS } from '../../errors';
import { ref } from '../refs';

const TEXT = { type: 'string' } as const;

const ERROR_CODE = { type: 'string', enum: Object.keys(ERRORS), description: 'The error code. It does not change between versions.' } as const;

const CHARGE_STATUS = {
  type: 'string',
  enum: CHARGE_STATUSES,
  description: 'Whether a model call was charged for the request, or for an earlier one that it repeats. `maybe`: AWS does not report it, or the outcome of a call is unknown.',
} as const;

const FILTERED_CONTENT = {
  type: 'string',
  enum: FILTERED_CONTENTS,
  description: 'What was filtered: a text of the request, an input image, or the generated image or text. Present with `CONTENT_FILTERED`, if the filter reports it.',
} as const;

const FIELD_ERROR = {
  type: 'object',
  additionalProperties: false,
  required: ['pointer', 'detail'],
  properties: {
    pointer: { ...TEXT, description: 'The field: a JSON pointer into the body, or the name of a header or query parameter.' },
    detail: { ...TEXT, description: 'The error and how to correct it.' },
  },
} as const;

const PROBLEM = {
  type: 'object',
  description: 'Problem details (RFC 9457). `error` has the same information in the format of OpenAI.',
  additionalProperties: false,
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId', 'charged', 'error'],
  properties: {
    type: { ...TEXT, format: 'uri' },
    title: TEXT,
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { ...TEXT, description: 'A description of the error. The text can change between versions.' },
    code: ref('ErrorCode'),
    requestId: { ...TEXT, description: 'The request ID, with which the operator can find the request in the logs.' },
    charged: ref('ChargeStatus'),
    filtered: ref('FilteredContent'),
    errors: { type: 'array', minItems: 1, maxItems: 50, items: ref('FieldError') },
    error: {
      type: 'object',
      additionalProperties: false,
      required: ['message', 'type', 'code', 'param'],
      properties: { message: TEXT, type: TEXT, code: TEXT, param: { type: ['string', 'null'] } },
    },
  },
} as const;

export const PROBLEM_SCHEMAS = {
  ErrorCode: ERROR_CODE, ChargeStatus: CHARGE_STATUS, FilteredContent: FILTERED_CONTENT, FieldError: FIELD_ERROR, Problem: PROBLEM,
} as const;

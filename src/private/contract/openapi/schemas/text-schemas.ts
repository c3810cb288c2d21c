import { ESTIMATED_COST } from './cost';

const TOKENS = { type: 'integer', minimum: 0 } as const;

const TEXT_RESPONSE = {
  type: 'object',
  additionalProperties: false,
  required: ['text', 'stopReason', 'usage', 'model'],
  properties: {
    text: { type: 'string', description: 'The generated text.' },
    stopReason: { type: 'string', description: 'The reason why the model stopped. `max_tokens` if the text reached the maximum length.' },
    usage: { type: 'object', additionalProperties: false, required: ['inputTokens', 'outputTokens'], properties: { inputTokens: TOKENS, outputTokens: TOKENS } },
    model: { type: 'string' },
    estimatedCostUsd: ESTIMATED_COST,
  },
} as const;

export const TEXT_SCHEMAS = { TextResponse: TEXT_RESPONSE } as const;

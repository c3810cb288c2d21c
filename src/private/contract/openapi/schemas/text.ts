const TOKENS = { type: 'integer', minimum: 0 } as const;

const TEXT_ANSWER = {
  type: 'object',
  additionalProperties: false,
  required: ['text', 'stopReason', 'usage', 'model'],
  properties: {
    text: { type: 'string' },
    stopReason: { type: 'string', description: 'Why the text ends; `max_tokens` where it was cut off.' },
    usage: { type: 'object', additionalProperties: false, required: ['inputTokens', 'outputTokens'], properties: { inputTokens: TOKENS, outputTokens: TOKENS } },
    model: { type: 'string' },
  },
} as const;

export const TEXT_SCHEMAS = { TextAnswer: TEXT_ANSWER } as const;

import { type JsonObject } from '../schema/schema-validation';

export const CHARACTERS_PER_TOKEN = 4;
const BLOCKED = 'The generated text has been blocked by our content filters.';
/** The reasoning text is billed but redacted. */
const REASONING_BLOCK: JsonObject = { reasoningContent: { reasoningText: { text: '[REDACTED]' } } };
const REASONING_TOKENS = 64;
/** Output tokens of an image. */
const IMAGE_TOKENS = 4096;

/** Creates a Converse response. */
export function converseResponse(prompt: string, content: readonly JsonObject[], stopReason = 'end_turn'): JsonObject {
  const inputTokens = tokensOf(prompt);
  const outputTokens = content.reduce((sum, block) => sum + blockTokens(block), 0);
  return {
    output: { message: { role: 'assistant', content } },
    stopReason,
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: 1 },
  };
}

/** Creates a Converse response of a filtered call. */
export function blockedResponse(prompt: string): JsonObject {
  return converseResponse(prompt, [{ text: BLOCKED }], 'content_filtered');
}

/** Creates a Converse response with reasoning content first. */
export function reasoningResponse(prompt: string, content: readonly JsonObject[], stopReason?: string): JsonObject {
  return converseResponse(prompt, [REASONING_BLOCK, ...content], stopReason);
}

function blockTokens(block: JsonObject): number {
  if (typeof block.text === 'string') return tokensOf(block.text);
  return 'image' in block ? IMAGE_TOKENS : REASONING_TOKENS;
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

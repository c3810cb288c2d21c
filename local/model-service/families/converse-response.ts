import { JsonObject } from '../schema/schema-validation';

export const CHARACTERS_PER_TOKEN = 4;
const BLOCKED = 'The generated text has been blocked by our content filters.';
/** What is thought of is billed but not shown. */
const REASONING_BLOCK: JsonObject = { reasoningContent: { reasoningText: { text: '[REDACTED]' } } };
const REASONING_TOKENS = 64;
/** What an image counts for. */
const IMAGE_TOKENS = 4096;

export function converseAnswer(prompt: string, content: readonly JsonObject[], stopReason = 'end_turn'): JsonObject {
  const inputTokens = tokensOf(prompt);
  const outputTokens = content.reduce((sum, block) => sum + blockTokens(block), 0);
  return {
    output: { message: { role: 'assistant', content } },
    stopReason,
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: 1 },
  };
}

export function blockedAnswer(prompt: string): JsonObject {
  return converseAnswer(prompt, [{ text: BLOCKED }], 'content_filtered');
}

/** The answer with reasoning before all else. */
export function withReasoning(prompt: string, content: readonly JsonObject[], stopReason?: string): JsonObject {
  return converseAnswer(prompt, [REASONING_BLOCK, ...content], stopReason);
}

function blockTokens(block: JsonObject): number {
  if (typeof block.text === 'string') return tokensOf(block.text);
  return 'image' in block ? IMAGE_TOKENS : REASONING_TOKENS;
}

function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

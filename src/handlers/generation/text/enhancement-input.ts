import type { TextInput } from '../ports';

const INSTRUCTIONS = 'You write prompts for a text-to-image model. Rewrite the user\'s idea as one vivid prompt: subject, setting, composition, light, '
  + 'color, medium. Preserve the requested content, add nothing that contradicts it, and use the user\'s language. Return only the prompt, '
  + 'without quotation marks or a preamble, in at most';
/** Image models ignore the rest of longer prompts. */
const MAX_ENHANCED_LENGTH = 1_000;
const MAX_TOKENS = 512;

/** Returns the maximum length of an enhanced prompt, in characters. `maxLength`: the limit of the image model. */
export function enhancedLength(maxLength: number): number {
  return Math.min(maxLength, MAX_ENHANCED_LENGTH);
}

/** Returns the request to the text model that enhances a prompt. */
export function enhancementInput(prompt: string, maxLength: number): TextInput {
  return { prompt, system: `${INSTRUCTIONS} ${enhancedLength(maxLength)} characters.`, maxTokens: MAX_TOKENS };
}

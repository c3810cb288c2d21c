import type { GenerationInput } from '../ports';

type Texts = Pick<GenerationInput, 'prompt' | 'negativePrompt' | 'searchPrompt' | 'selectPrompt'>;

/** Returns the client's texts, which the guardrail checks. */
export function promptTexts(...inputs: readonly Texts[]): string[] {
  return inputs.flatMap((input) => [input.prompt, input.searchPrompt, input.selectPrompt, input.negativePrompt]).flatMap((text) => text ?? []);
}

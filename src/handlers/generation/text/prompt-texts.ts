import type { GenerationInput } from '../ports';

type Texts = Pick<GenerationInput, 'prompt' | 'negativePrompt' | 'searchPrompt' | 'selectPrompt'>;

/** Returns the client's texts, which the guardrail checks. */
export function promptTexts({ prompt, searchPrompt, selectPrompt, negativePrompt }: Texts): string[] {
  return [prompt, searchPrompt, selectPrompt, negativePrompt].flatMap((text) => text ?? []);
}

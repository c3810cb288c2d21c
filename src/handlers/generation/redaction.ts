import type { GenerationInput } from './ports';

type Texts = Pick<GenerationInput, 'prompt' | 'negativePrompt' | 'searchPrompt' | 'selectPrompt'>;

/** What the client said: a service may echo it, and no log may hold it. */
export function promptTexts(...inputs: readonly Texts[]): string[] {
  return inputs.flatMap((input) => [input.prompt, input.searchPrompt, input.selectPrompt, input.negativePrompt]).flatMap((text) => text ?? []);
}

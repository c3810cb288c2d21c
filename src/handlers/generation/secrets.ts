import type { DrawInput } from './ports';

type Texts = Pick<DrawInput, 'prompt' | 'negativePrompt' | 'searchPrompt' | 'selectPrompt'>;

/** What the client said: a service may echo it, and no log may hold it. */
export function secretsOf(...inputs: readonly Texts[]): string[] {
  return longestFirst(inputs.flatMap((input) => [input.prompt, input.negativePrompt, input.searchPrompt, input.selectPrompt]));
}

/** One text can be part of another: removed before it, it would leave the rest of the longer one. */
export function longestFirst(texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text) => text ?? []).sort((a, b) => b.length - a.length);
}

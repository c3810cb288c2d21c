import type { DrawInput } from './ports';

type Texts = Pick<DrawInput, 'prompt' | 'negativePrompt' | 'searchPrompt' | 'selectPrompt'>;

/** What the client said: a service may echo it, and no log may hold it. */
export function secretsOf(...inputs: readonly Texts[]): string[] {
  return inputs.flatMap((input) => [input.prompt, input.searchPrompt, input.selectPrompt, input.negativePrompt]).flatMap((text) => text ?? []);
}

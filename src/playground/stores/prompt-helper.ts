/** Help with the prompt: ideas, and a better prompt by the text model. It never replaces the prompt by itself. */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { type Draft } from './draft';
import { type Api } from '../api/api';
import { IDEAS } from '../words/ideas';

export type Help =
  | { readonly kind: 'none' | 'improving' | 'failed' }
  | { readonly kind: 'ideas'; readonly ideas: readonly string[] }
  /** A better prompt, beside the one of the user. */
  | { readonly kind: 'suggestion'; readonly text: string }
  /** The suggestion was taken. */
  | { readonly kind: 'used'; readonly before: string };

export interface PromptHelper {
  readonly help: ReadonlySignal<Help>;
  showIdeas(): void;
  improve(): Promise<void>;
  /** Takes an idea or a suggestion as the prompt. */
  use(text: string): void;
  /** Brings the prompt back that a suggestion replaced. */
  undo(): void;
  close(): void;
}

const IDEAS_SHOWN = 3;
const NONE: Help = { kind: 'none' };
const INSTRUCTION = 'You improve prompts for an image model. Add concrete details of the subject, the light, the materials and the composition. '
  + 'Keep what the prompt says, and its language. Return only the improved prompt, in at most 60 words, without quotation marks.';

export function createPromptHelper(draft: Draft, api: Pick<Api, 'generateText'>): PromptHelper {
  const help = signal<Help>(NONE);
  let nextIdea = 0;
  return {
    help,
    showIdeas() {
      const ideas = Array.from({ length: IDEAS_SHOWN }, (_, index) => IDEAS[(nextIdea + index) % IDEAS.length]);
      nextIdea = (nextIdea + IDEAS_SHOWN) % IDEAS.length;
      help.value = { kind: 'ideas', ideas };
    },
    async improve() {
      const prompt = draft.prompt.peek().trim();
      if (prompt === '' || help.peek().kind === 'improving') return;
      help.value = { kind: 'improving' };
      const result = await api.generateText({ prompt, system: INSTRUCTION });
      // closed in the meantime
      if (help.peek().kind !== 'improving') return;
      const text = result.ok ? result.value.text.trim() : '';
      help.value = text === '' ? { kind: 'failed' } : { kind: 'suggestion', text };
    },
    use(text) {
      const before = draft.prompt.peek();
      draft.set('prompt', text);
      help.value = before.trim() === '' ? NONE : { kind: 'used', before };
    },
    undo() {
      const current = help.peek();
      if (current.kind === 'used') draft.set('prompt', current.before);
      help.value = NONE;
    },
    close() { help.value = NONE; },
  };
}

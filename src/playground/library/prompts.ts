/** Prompts of images. An API can keep only their hashes, or nothing; the page knows those of its own tab. */
import { type ImageResponse } from '../../private/contract/responses';

/** Prompts that this tab sent, by the id of their image. */
export type TabPrompts = ReadonlyMap<string, string>;

const PROMPT_NOT_KEPT = 'Prompt not kept by this API';

export type ShownPrompt =
  | { readonly kept: true; readonly text: string }
  | { readonly kept: false };

const HASH = /^sha256:[0-9a-f]{64}$/;

/** Returns whether a text of a record is the hash of the text that was sent. */
export function isHash(text: string): boolean {
  return HASH.test(text);
}

/** Returns the prompt of an image, from this tab or from the record. */
export function promptOfImage({ id, prompt }: Pick<ImageResponse, 'id' | 'prompt'>, tab: TabPrompts): ShownPrompt {
  const text = tab.get(id) ?? (prompt !== undefined && !isHash(prompt) ? prompt : undefined);
  return text === undefined ? { kept: false } : { kept: true, text };
}

/** Returns the prompt as text, or the sentence that it is not kept. */
export function promptText(shown: ShownPrompt): string {
  return shown.kept ? shown.text : PROMPT_NOT_KEPT;
}

const ALT_LENGTH = 150;

/** Returns the alternative text of an image: its prompt with the seed, cut at 150 characters. */
export function altText(shown: ShownPrompt, { seed, operation }: { readonly seed?: number; readonly operation?: string }): string {
  const text = operation === undefined ? promptText(shown) : `Edit (${operation}): ${promptText(shown)}`;
  const end = seed === undefined ? '' : `, seed ${seed}`;
  const characters = [...text];
  const space = ALT_LENGTH - end.length;
  return `${characters.length <= space ? text : `${characters.slice(0, space - 1).join('').trimEnd()}…`}${end}`;
}

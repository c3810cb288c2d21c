/** Length of prompts as the API counts it: Unicode code points in normalization form C. */
import { withStyleWords } from '../words/styles';

/** Returns the number of characters of a text. */
export function textLength(text: string): number {
  return [...text.normalize('NFC')].length;
}

/** Returns how many characters are left. It is negative over the limit. Words that a style adds count too. */
export function charactersLeft(prompt: string, maxLength: number, wordStyleValue?: unknown): number {
  return maxLength - textLength(withStyleWords(prompt, wordStyleValue));
}

export type LengthState = 'ok' | 'low' | 'over';

/** Returns the state of the counter: `low` below 10 percent, `over` above the limit. */
export function lengthState(left: number, maxLength: number): LengthState {
  if (left < 0) return 'over';
  return left < maxLength / 10 ? 'low' : 'ok';
}

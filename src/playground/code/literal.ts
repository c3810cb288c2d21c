/**
 * Characters that a reader cannot see or that change the direction of the text. They are escaped in code, so that it shows what it sends. JSON
 * escapes the control characters below U+0020 by itself.
 */
const INVISIBLE = /[\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Returns a value as JSON, with two blanks for each level, that is valid JavaScript as well. */
export function jsonLiteral(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replaceAll(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Returns the text with blanks before each line but the first. */
export function indent(text: string, blanks: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(blanks)}`);
}

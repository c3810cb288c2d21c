import { createHash } from 'node:crypto';
import { ApiError } from './api-error';
import type { ConfiguredPolicy } from '../../private/contract/configuration';
import type { FieldError } from '../../private/contract/errors';
import type { JsonObject } from '../../private/contract/json-object';
import type { ImageParameters } from '../../private/contract/responses';

// In shared, because requests checks the prompts of clients, and generation those of the text model.

/** Fields that describe what to generate. Denied words are searched in these only. */
const PROMPT_FIELDS = ['prompt', 'searchPrompt', 'selectPrompt', 'system'] as const;
const TEXT_FIELDS = [...PROMPT_FIELDS, 'negativePrompt'] as const;
/** Fields that must not be blank. */
const REQUIRED_VISIBLE: readonly string[] = ['prompt', 'searchPrompt', 'selectPrompt'];

/** Control characters except line breaks and tabs. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;
const LONE_SURROGATE = /\p{Cs}/u;
/** Decoders write U+FFFD in place of bytes that are not valid in their charset. The other two are no characters: U+FFFE is a byte order mark in the wrong order. */
const UNDECODED = /[\ufffd-\uffff]/;
/** Line breaks of slides and PDF files. */
const OTHER_LINE_BREAKS = /[\v\f]/g;

const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Neither invisible nor a blank. */
const VISIBLE = /[^\p{Cf}\p{Default_Ignorable_Code_Point}\s\p{Z}\u2800]/u;
/** The limit of UAX 15 (stream-safe text format). Normalization sorts combining marks, which takes minutes for long sequences. */
const MAX_MARKS = 30;
/** The halfwidth sound marks are letters that become combining marks in NFKC. */
const TOO_MANY_MARKS = new RegExp(`[\\p{M}\\uff9e\\uff9f]{${MAX_MARKS + 1}}`, 'u');

/** No valid text is longer, in UTF-16 code units: four per character of the longest prompt. Longer texts are not examined; the schema rejects them. */
const MAX_TEXT_LENGTH = 400_000;

/** The prompt policy of an API: validation, denied words and retention of prompts. */
export class PromptPolicy {
  /** Absent without a deny list. */
  private readonly denied?: DeniedWords;

  constructor(private readonly policy: ConfiguredPolicy = {}) {
    this.denied = policy.deny && new DeniedWords(policy.deny.map(comparable).filter((word) => word !== ''));
  }

  /** Returns a request body with its texts in Unicode normalization form C, and with line breaks that models know. */
  public normalize(data: JsonObject): JsonObject {
    const texts = TEXT_FIELDS.flatMap((field) => {
      const value = data[field];
      // fieldErrors or the schema reject the others
      return isShort(value) && !hasTooManyMarks(value) ? [[field, value.normalize('NFC').replace(OTHER_LINE_BREAKS, '\n')]] : [];
    });
    return { ...data, ...Object.fromEntries(texts) as JsonObject };
  }

  /** Returns the validation errors of the texts of a request body. */
  public fieldErrors(data: JsonObject): FieldError[] {
    return TEXT_FIELDS.flatMap((field) => textErrors(field, data[field]));
  }

  /** Throws if a prompt contains a denied word. The error does not contain the word. */
  public rejectDenied(data: JsonObject): void {
    const denied = PROMPT_FIELDS.find((field) => typeof data[field] === 'string' && !this.allows(String(data[field])));
    if (denied) throw new ApiError('CONTENT_FILTERED', `the ${denied} contains words that this API does not allow; change the request`, { filtered: 'prompt' });
  }

  /** Returns whether a text contains no denied word. */
  public allows(text: string): boolean {
    const { denied } = this;
    if (!denied) return true;
    const withBlanks = text.replace(IGNORABLE_BLANKS, ' ');
    return !denied.isIn(comparable(text)) && (withBlanks === text || !denied.isIn(comparable(withBlanks)));
  }

  /** Returns whether a prompt of the text model would be valid in a request. */
  public accepts(prompt: string): boolean {
    return isShort(prompt) && textErrors('prompt', prompt).length === 0 && this.allows(prompt);
  }

  /** Returns a prompt as records contain it. */
  public retain(prompt: string): string | undefined {
    switch (this.policy.retention) {
      case 'none': return undefined;
      case 'hash': return `sha256:${createHash('sha256').update(prompt).digest('hex')}`;
      default: return prompt;
    }
  }

  /** Returns the parameters of a request as records contain them. */
  public retainTexts(parameters: ImageParameters): ImageParameters {
    const texts = TEXT_FIELDS.flatMap((field) => {
      const text = parameters[field];
      return typeof text === 'string' ? [[field, this.retain(text)]] : [];
    });
    return { ...parameters, ...Object.fromEntries(texts) as ImageParameters };
  }
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT_LENGTH;
}

/** Removes invisible characters first, which separate marks until the deny list removes them. */
function hasTooManyMarks(text: string): boolean {
  return TOO_MANY_MARKS.test(text.replace(INVISIBLE, ''));
}

function textErrors(field: typeof TEXT_FIELDS[number], value: unknown): FieldError[] {
  if (!isShort(value)) return [];
  const pointer = `/${field}`;
  const fieldErrors = encodingErrors(pointer, value);
  if (fieldErrors.length > 0) return fieldErrors;
  const control = CONTROL.exec(value);
  if (control) return [{ pointer, detail: `must not contain control characters, got ${codePoint(control)} at ${control.index}` }];
  if (hasTooManyMarks(value)) return [{ pointer, detail: `must not have more than ${MAX_MARKS} combining marks in a row` }];
  // the schema rejects a prompt that is empty or of spaces
  const isInvisible = REQUIRED_VISIBLE.includes(field) && value.trim() !== '' && !VISIBLE.test(value);
  return isInvisible ? [{ pointer, detail: 'must not consist of invisible characters' }] : [];
}

/** Returns the first character of a match, for example U+0000. */
function codePoint([character]: RegExpExecArray): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Returns the error of a text that was not decoded correctly before it was sent or received. */
export function encodingErrors(pointer: string, value: string): FieldError[] {
  const undecoded = UNDECODED.exec(value);
  if (undecoded) {
    return [{ pointer, detail: `must not contain ${codePoint(undecoded)}, got it at ${undecoded.index}; it stands for bytes that could not be decoded, so send the text in UTF-8` }];
  }
  return LONE_SURROGATE.test(value) ? [{ pointer, detail: 'must be valid Unicode' }] : [];
}

const MARKS = /\p{M}/gu;
/** All blanks of Unicode. The Braille blank is a symbol. */
const BLANKS = /[\s\p{Z}\u0085\u2800]+/gu;
/** Hangul fillers and the zero width space: invisible within a word, and a blank between two words. */
const IGNORABLE_BLANKS = /[\u115f\u1160\u3164\uffa0\u200b]/g;

/**
 * Removes differences that could hide a word: invisible characters, width, case, combining marks and spacing. Case mappings add marks, so
 * marks are removed after them. Upper case first, because several lower-case letters have the same upper case.
 */
function comparable(text: string): string {
  return text.replace(INVISIBLE, '').normalize('NFKC').toUpperCase().toLowerCase().replace(MARKS, '').replace(BLANKS, ' ').trim();
}

/** Words that texts must not contain. Words and texts are `comparable`. */
class DeniedWords {
  private readonly patterns: { ascii?: RegExp; unicode?: RegExp } = {};

  constructor(private readonly words: readonly string[]) {}

  /** Compiling a pattern of Unicode classes takes longer than the rest of the validation, so ASCII texts are compared with a pattern of their own. */
  public isIn(text: string): boolean {
    const { words, patterns } = this;
    if (words.length === 0) return false;
    if (!ASCII.test(text)) return (patterns.unicode ??= anyOf(words)).test(text);
    return (patterns.ascii ??= anyOfAscii(words)).test(text);
  }
}

const ASCII = /^[\x00-\x7f]*$/;

/** Returns a pattern of whole words, as `anyOf`, for ASCII texts, which contain no word with other characters. */
function anyOfAscii(words: readonly string[]): RegExp {
  return new RegExp(`(?<![a-z0-9])(?:${words.map(escapeRegExp).join('|')})(?![a-z0-9])`);
}

/** Scripts without spaces between words. */
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'].map((script) => `\\p{scx=${script}}`).join('');
/** Characters that continue a word. */
const WORD = `[[\\p{L}\\p{M}\\p{N}]--[${UNSPACED}]]`;

/** Returns a pattern of whole words. In scripts without spaces, it also matches within a text. */
function anyOf(words: readonly string[]): RegExp {
  const unspacedStart = new RegExp(`^[${UNSPACED}]`, 'u');
  const unspacedEnd = new RegExp(`[${UNSPACED}]$`, 'u');
  // words with the same boundaries share one lookaround, because one per word takes seconds for long prompts
  const groups = ['', `(?<!${WORD})`].flatMap((before) => ['', `(?!${WORD})`].flatMap((after) => {
    const group = words.filter((word) => unspacedStart.test(word) === (before === '') && unspacedEnd.test(word) === (after === ''));
    return group.length > 0 ? [`${before}(?:${group.map(escapeRegExp).join('|')})${after}`] : [];
  }));
  return new RegExp(groups.join('|'), 'v');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

import { createHash } from 'node:crypto';
import type { ConfiguredPolicy } from '../../private/contract/configuration';
import type { FieldError } from '../../private/contract/errors';
import { ApiError } from '../shared/errors';

/** Fields of requests that say what to draw or write. */
const PROMPTS = ['prompt', 'searchPrompt', 'selectPrompt', 'system'] as const;
const TEXTS = [...PROMPTS, 'negativePrompt'] as const;

/** Line breaks and tabs are fine, all other control characters are accidents or attacks. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;
/** Half of a pair: no model can read it. */
const LONE_SURROGATE = /\p{Cs}/u;
/** More marks than any language puts on a letter (UAX 15, stream-safe text). Normalising long runs of them takes minutes: it sorts them. */
const MOST_MARKS = 30;
const PILED_MARKS = new RegExp(`\\p{M}{${MOST_MARKS + 1}}`, 'u');

type Data = Readonly<Record<string, unknown>>;

/** What the operator allows prompts to be. */
export class PromptPolicy {
  private readonly denied?: RegExp;

  constructor(private readonly policy: ConfiguredPolicy = {}) {
    const words = (policy.deny ?? []).map(comparable).filter((word) => word !== '');
    if (words.length > 0) this.denied = anyOf(words);
  }

  /** The request with its texts in one Unicode form: what looks the same is the same. */
  public normalize(data: Data): Data {
    const texts = TEXTS.flatMap((field) => {
      const value = data[field];
      // what has too many marks is refused as it is
      return typeof value === 'string' && !PILED_MARKS.test(value) ? [[field, value.normalize('NFC')]] : [];
    });
    return { ...data, ...Object.fromEntries(texts) as Data };
  }

  public fieldErrors(data: Data): FieldError[] {
    return TEXTS.flatMap((field) => textErrors(field, data[field]));
  }

  /** Throws where a prompt holds what the operator denies. Which word it was stays unsaid. */
  public refuseDenied(data: Data): void {
    const denied = PROMPTS.find((field) => typeof data[field] === 'string' && !this.allows(String(data[field])));
    if (denied) throw new ApiError('CONTENT_FILTERED', `the ${denied} contains words that this API does not allow; change the request`);
  }

  public allows(text: string): boolean {
    return !this.denied?.test(comparable(text));
  }

  /** Whether a prompt that no caller wrote is one that a caller could have sent. */
  public accepts(prompt: string): boolean {
    return textErrors('prompt', prompt).length === 0 && this.allows(prompt);
  }

  /** What of a prompt goes into the record. */
  public retain(prompt: string): string | undefined {
    switch (this.policy.retention) {
      case 'none': return undefined;
      case 'hash': return `sha256:${createHash('sha256').update(prompt).digest('hex')}`;
      default: return prompt;
    }
  }
}

function textErrors(field: string, value: unknown): FieldError[] {
  if (typeof value !== 'string') return [];
  const fault = (detail: string) => [{ pointer: `/${field}`, detail }];
  const control = CONTROL.exec(value);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return fault(`must not contain control characters, got U+${code} at ${control.index}`);
  }
  if (LONE_SURROGATE.test(value)) return fault('must be valid Unicode');
  return PILED_MARKS.test(value) ? fault(`must not put more than ${MOST_MARKS} marks on one letter`) : [];
}

/** What does not show. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Marks that are part of no letter: struck through, a word is the same word. */
const DECORATION = /\p{Script=Inherited}/gu;

/** Without the differences of width, case, spacing, decoration and invisible characters by which a word could slip through. */
function comparable(text: string): string {
  return text.replace(INVISIBLE, '').normalize('NFKC').replace(DECORATION, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Scripts that put no space between words. */
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'].map((script) => `\\p{scx=${script}}`).join('');
/** What goes on with a word. */
const WORD = `[[\\p{L}\\p{M}\\p{N}]--[${UNSPACED}]]`;
const UNSPACED_START = new RegExp(`^[${UNSPACED}]`, 'u');
const UNSPACED_END = new RegExp(`[${UNSPACED}]$`, 'u');

/** A word inside another is another word, except where no space tells them apart. */
function anyOf(words: readonly string[]): RegExp {
  // one look at the edges for all words that have the same, or long prompts take seconds
  const groups = ['', `(?<!${WORD})`].flatMap((before) => ['', `(?!${WORD})`].flatMap((after) => {
    const group = words.filter((word) => UNSPACED_START.test(word) === (before === '') && UNSPACED_END.test(word) === (after === ''));
    return group.length > 0 ? [`${before}(?:${group.map(escapeRegExp).join('|')})${after}`] : [];
  }));
  return new RegExp(groups.join('|'), 'v');
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

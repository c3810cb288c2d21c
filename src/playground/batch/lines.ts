/** A batch has one prompt a line. */
import { MAX_BATCH_REQUESTS } from '../../private/contract/request-limits';
import { fieldNamed, type Form } from '../models/form';
import { valueFits } from '../models/limits';
import { textLength } from '../models/prompt-length';
import { promptOf } from '../models/request-body';
import { type FormValues } from '../models/values';

/** Maximum number of prompts of a batch. */
export const MAX_PROMPTS = MAX_BATCH_REQUESTS;

export interface PromptLine {
  /** Number of the line in the text, from 1. */
  readonly number: number;
  readonly prompt: string;
}

/** Returns the prompts of a text. Blank lines are ignored. */
export function promptLines(text: string): readonly PromptLine[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map((line, index) => ({ number: index + 1, prompt: line.trim() })).filter(({ prompt }) => prompt !== '');
}

export interface LineIssue {
  readonly number: number;
  readonly text: string;
}

/** Returns the lines that the model does not take, and those above the maximum. */
export function lineIssues(lines: readonly PromptLine[], form: Form, values: FormValues): readonly LineIssue[] {
  const field = fieldNamed(form, 'prompt');
  return lines.flatMap(({ number, prompt }, index): LineIssue[] => {
    if (index >= MAX_PROMPTS) return [{ number, text: `A batch has at most ${MAX_PROMPTS} prompts.` }];
    const sent = promptOf(form, { ...values, prompt });
    if (!field || valueFits(field, sent)) return [];
    const over = field.parameter.type === 'text' ? textLength(sent) - field.parameter.maxLength : 0;
    return [{ number, text: over > 0 ? `${over} ${over === 1 ? 'character' : 'characters'} too long.` : 'Too short.' }];
  });
}

/** Returns "14 of 100 prompts". */
export function countText(lines: readonly PromptLine[]): string {
  return `${lines.length} of ${MAX_PROMPTS} prompts`;
}

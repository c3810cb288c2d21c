import { Token } from 'aws-cdk-lib';
import { numberInRange, unknownLength } from './rules';
import { type PromptPolicyOptions } from '../../prompt-policy';

export function promptPolicyProblems({ maxChars, deny }: PromptPolicyOptions = {}): string[] {
  return [
    ...numberInRange('promptPolicy.maxChars', maxChars, { min: 1, max: 10_000, integer: true }),
    ...denyProblems(deny),
  ];
}

function denyProblems(words: readonly string[] | undefined): string[] {
  if (words === undefined) return [];
  if (Token.isUnresolved(words)) return [unknownLength('promptPolicy.deny')];
  return words.some(isBlank) ? ["'promptPolicy.deny' must contain words and phrases, got an empty one, which every prompt contains"] : [];
}

/** The handler ignores invisible characters when it compares prompts with denied words. */
function isBlank(word: string): boolean {
  return word.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').trim() === '';
}

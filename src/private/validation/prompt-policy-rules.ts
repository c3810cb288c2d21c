import { Token } from 'aws-cdk-lib';
import { numberInRange } from './rules';
import { type PromptPolicyOptions, PromptRetention } from '../../prompt-policy';
import { type ConfiguredPolicy } from '../contract/configuration';

export function promptPolicyProblems({ maxChars, deny }: PromptPolicyOptions = {}): string[] {
  return [
    ...numberInRange('promptPolicy.maxChars', maxChars, { min: 1, max: 10_000, integer: true }),
    ...denyProblems(deny),
  ];
}

/** Returns the configuration of the handler, or undefined if all options have their defaults. The guardrail is in the region of the model. */
export function configuredPolicy(
  { maxChars, deny, guardrail, retention }: PromptPolicyOptions = {}, modelRegion: string,
): ConfiguredPolicy | undefined {
  const evaluated = guardrail?._bind();
  const policy: ConfiguredPolicy = {
    ...(maxChars !== undefined && { maxChars }),
    ...(deny?.length && { deny }),
    ...(evaluated && { guardrail: { id: evaluated.id, version: evaluated.version, region: modelRegion } }),
    ...(retention !== undefined && retention !== PromptRetention.STORE && { retention }),
  };
  return Object.keys(policy).length > 0 ? policy : undefined;
}

function denyProblems(words: readonly string[] | undefined): string[] {
  if (words === undefined) return [];
  if (Token.isUnresolved(words)) return ["'promptPolicy.deny' must be a list whose length is known at synthesis; pass tokens as items of the list"];
  return words.some(isBlank) ? ["'promptPolicy.deny' must contain words and phrases, got an empty one, which every prompt contains"] : [];
}

/** The handler ignores invisible characters when it compares prompts with denied words. */
function isBlank(word: string): boolean {
  return word.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '').trim() === '';
}

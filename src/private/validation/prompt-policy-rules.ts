import { Token } from 'aws-cdk-lib';
import { numberInRange } from './rules';
import { type GuardrailReference, type PromptPolicyOptions, PromptRetention } from '../../prompt-policy';
import { type ConfiguredPolicy } from '../contract/configuration';

export function promptPolicyProblems({ maxChars, deny, guardrail }: PromptPolicyOptions = {}): string[] {
  return [
    ...numberInRange('promptPolicy.maxChars', maxChars, { min: 1, max: 10_000, integer: true }),
    ...denyProblems(deny),
    ...(guardrail ? guardrailProblems(guardrail) : []),
  ];
}

/** Returns the configuration of the handler, or undefined if all options have their defaults. The guardrail is in the region of the model. */
export function configuredPolicy(
  { maxChars, deny, guardrail, retention }: PromptPolicyOptions = {}, modelRegion: string,
): ConfiguredPolicy | undefined {
  const policy: ConfiguredPolicy = {
    ...(maxChars !== undefined && { maxChars }),
    ...(deny?.length && { deny }),
    ...(guardrail && { guardrail: { id: guardrail.guardrailId, version: guardrail.guardrailVersion, region: modelRegion } }),
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

const GUARDRAIL_ID = /^[a-z0-9]+$/;
const GUARDRAIL_VERSION = /^(DRAFT|[1-9][0-9]{0,7})$/;

function guardrailProblems({ guardrailId, guardrailVersion }: GuardrailReference): string[] {
  const problems: string[] = [];
  if (!Token.isUnresolved(guardrailId) && !GUARDRAIL_ID.test(guardrailId)) {
    problems.push(`'promptPolicy.guardrail.guardrailId' must be the id of a guardrail, lower-case letters and digits, got '${guardrailId}'`);
  }
  if (!Token.isUnresolved(guardrailVersion) && !GUARDRAIL_VERSION.test(guardrailVersion)) {
    problems.push(`'promptPolicy.guardrail.guardrailVersion' must be a number or 'DRAFT', got '${guardrailVersion}'`);
  }
  return problems;
}

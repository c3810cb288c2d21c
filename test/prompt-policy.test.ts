import { CfnParameter, Lazy, Token } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import { GuardrailReference, ImageModel, PromptPolicyOptions, PromptRetention } from '../src';
import { HOME, imageApi, only, synth, testStack, textOf } from './helpers/stack';
import { PROMPT_RETENTIONS } from '../src/private/contract/configuration';

const GUARDRAIL: GuardrailReference = { guardrailId: 'abc123', guardrailVersion: '3', region: 'us-west-2' };

describe('configuration', () => {
  it.each<[PromptPolicyOptions, object | undefined]>([
    [{}, undefined],
    [{ retention: PromptRetention.STORE, deny: [] }, undefined],
    [{ maxChars: 500 }, { maxChars: 500 }],
    [{ retention: PromptRetention.HASH }, { retention: 'hash' }],
    [{ retention: PromptRetention.NONE, deny: ['a b', 'c'] }, { retention: 'none', deny: ['a b', 'c'] }],
    [{ guardrail: GUARDRAIL }, { guardrail: { id: 'abc123', version: '3', region: 'us-west-2' } }],
  ])('of %j', (options, expected) => expect(options._configuration()).toEqual(expected));

  it('of deny', () => expect({ deny: ['x'] }._configuration()).toEqual({ deny: ['x'] }._configuration()));

  it('knows the retentions of the contract', () => expect(Object.values(PromptRetention).sort()).toEqual([...PROMPT_RETENTIONS].sort()));
});

describe('problems', () => {
  it.each<[PromptPolicyOptions, string]>([
    [{ maxChars: 0 }, "'promptPolicy.maxChars' must be a whole number from 1 to 10000, got 0"],
    [{ maxChars: 10_001 }, "'promptPolicy.maxChars' must be a whole number from 1 to 10000, got 10001"],
    [{ maxChars: 1.5 }, "'promptPolicy.maxChars' must be a whole number from 1 to 10000, got 1.5"],
    [{ deny: ['a', ' '] }, "'promptPolicy.deny' must hold words and phrases, got an empty one, which every prompt contains"],
    [{ deny: ['\u200b'] }, "'promptPolicy.deny' must hold words and phrases, got an empty one"],
    [{ deny: Lazy.list({ produce: () => ['a'] }) }, "'promptPolicy.deny' must be a list whose length is known at synthesis"],
    [{ guardrail: { ...GUARDRAIL, guardrailId: 'arn:aws:bedrock:us-west-2:111122223333:guardrail/abc123' } }, "'promptPolicy.guardrail.guardrailId' must be the id of a guardrail"],
    [{ guardrail: { ...GUARDRAIL, guardrailVersion: 'latest' } }, "'promptPolicy.guardrail.guardrailVersion' must be a number or 'DRAFT', got 'latest'"],
    [{ guardrail: { ...GUARDRAIL, region: 'eu-west-1' } }, "'promptPolicy.guardrail' must live in the region of the model, us-west-2, got one in eu-west-1; create it there"],
  ])('of %j', (options, problem) => {
    expect(() => imageApi({ promptPolicy: options })).toThrow(`cannot create GenAiImageApi 'Stack/Images':\n- ${problem}`);
  });

  it.each([1, 10_000, Token.asNumber({ Ref: 'Later' })])('has none of a length of %p', (maxChars) => {
    expect({ maxChars }._problems('us-west-2')).toEqual([]);
  });
});

describe('guardrail', () => {
  it('is checked against the region of the model, which may be that of the stack', () => {
    const promptPolicy = { guardrail: GUARDRAIL };
    const model = ImageModel.sageMakerEndpoint('painter');
    expect(() => imageApi({ model, promptPolicy })).not.toThrow();
    expect(() => imageApi({ model, promptPolicy }, testStack({ account: '111122223333', region: 'eu-west-1' }))).toThrow('the region of the model, eu-west-1, got one in us-west-2');
    expect(() => imageApi({ model, promptPolicy }, testStack())).not.toThrow();
  });

  it('may be made in the same stack', () => {
    const stack = testStack(HOME);
    const guardrail = new bedrock.CfnGuardrail(stack, 'Guardrail', { name: 'g', blockedInputMessaging: 'no', blockedOutputsMessaging: 'no' });
    const reference = { guardrailId: guardrail.attrGuardrailId, guardrailVersion: guardrail.attrVersion, region: stack.region };
    const template = synth({ promptPolicy: { guardrail: reference, deny: [new CfnParameter(stack, 'Word').valueAsString] } }, stack);
    const { Environment } = only<{ Environment: { Variables: Record<string, unknown> } }>(template, 'AWS::Lambda::Function');
    expect(JSON.parse(textOf(Environment.Variables.GENAI_IMAGE_API)).policy).toEqual({
      guardrail: { id: '<Guardrail.GuardrailId>', version: '<Guardrail.Version>', region: 'us-west-2' }, deny: ['<Word>'],
    });
  });
});

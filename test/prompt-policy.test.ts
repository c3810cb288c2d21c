import { CfnParameter, Lazy, Token } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import { ContentGuardrail, ImageModel, type PromptPolicyOptions, PromptRetention } from '../src';
import { asList, handlerConfiguration, HOME, imageApi, roleStatements, synth, testStack, textOf } from './helpers/stack';
import { type ConfiguredPolicy, PROMPT_RETENTIONS } from '../src/private/contract/configuration';

const GUARDRAIL = ContentGuardrail.existing('abc123', { version: '3' });

describe('promptPolicy', () => {
  it.each<[PromptPolicyOptions | undefined, ConfiguredPolicy | undefined]>([
    [undefined, undefined],
    [{}, undefined],
    [{ retention: PromptRetention.STORE, deny: [] }, undefined],
    [{ maxChars: 500 }, { maxChars: 500 }],
    [{ deny: ['x'] }, { deny: ['x'] }],
    [{ retention: PromptRetention.HASH }, { retention: 'hash' }],
    [{ retention: PromptRetention.NONE, deny: ['a b', 'c'] }, { retention: 'none', deny: ['a b', 'c'] }],
    [{ guardrail: GUARDRAIL }, { guardrail: { id: 'abc123', version: '3', region: 'us-west-2' } }],
  ])('%j configures the handler with %j', (promptPolicy, expected) => {
    expect(handlerConfiguration(synth({ promptPolicy })).policy).toEqual(expected);
  });

  it('has the retentions of the contract', () => expect(Object.values(PromptRetention).sort()).toEqual([...PROMPT_RETENTIONS].sort()));

  it.each<[PromptPolicyOptions, string]>([
    [{ maxChars: 0 }, "'promptPolicy.maxChars' must be a whole number from 1 to 10000, got 0"],
    [{ maxChars: 10_001 }, "'promptPolicy.maxChars' must be a whole number from 1 to 10000, got 10001"],
    [{ maxChars: 1.5 }, "'promptPolicy.maxChars' must be a whole number from 1 to 10000, got 1.5"],
    [{ deny: ['a', ' '] }, "'promptPolicy.deny' must contain words and phrases, got an empty one, which every prompt contains"],
    [{ deny: ['\u200b'] }, "'promptPolicy.deny' must contain words and phrases, got an empty one"],
    [{ deny: Lazy.list({ produce: () => ['a'] }) }, "'promptPolicy.deny' must be a list whose length is known at synthesis"],
  ])('fails for the options %j', (promptPolicy, problem) => {
    expect(() => imageApi({ promptPolicy })).toThrow(`cannot create GenAiImageApi 'Stack/Images':\n- ${problem}`);
  });

  it.each([1, 10_000])('accepts a maximum length of %p', (maxChars) => {
    expect(handlerConfiguration(synth({ promptPolicy: { maxChars } })).policy).toEqual({ maxChars });
  });

  it('accepts a maximum length that is only known at deployment', () => {
    expect(imageApi({ promptPolicy: { maxChars: Token.asNumber({ Ref: 'Later' }) } }).node.path).toBe('Stack/Images');
  });
});

describe('the Region of the guardrail', () => {
  const [LONDON, OREGON] = ['eu-west-2', 'us-west-2'].map((region) => ({ account: HOME.account, region }));
  const endpoint = ImageModel.sageMakerEndpoint('painter');

  it.each([
    ['the Region of a model that is called elsewhere', LONDON, ImageModel.STABLE_IMAGE_CORE, 'us-west-2'],
    ['the Region of the stack for a model that is called there', LONDON, endpoint, 'eu-west-2'],
    ['the Region of the stack, if it is that of the model', OREGON, ImageModel.STABLE_IMAGE_CORE, 'us-west-2'],
  ])('is %s', (_case, env, model, region) => {
    const template = synth({ model, promptPolicy: { guardrail: GUARDRAIL } }, testStack(env));
    expect(handlerConfiguration(template).policy?.guardrail).toEqual({ id: 'abc123', version: '3', region });
    const [{ Resource }] = roleStatements(template).filter(({ Action }) => asList(Action).includes('bedrock:ApplyGuardrail'));
    expect(textOf(Resource)).toBe(`arn:<AWS::Partition>:bedrock:${region}:111122223333:guardrail/abc123`);
  });

  it('is not affected by the Regions of additional models', () => {
    const props = { model: endpoint, additionalModels: [ImageModel.STABLE_IMAGE_CORE], promptPolicy: { guardrail: GUARDRAIL } };
    const template = synth(props, testStack(LONDON));
    expect(handlerConfiguration(template).policy?.guardrail?.region).toBe('eu-west-2');
  });

  it('is only known at deployment if the Region of the stack is', () => {
    const template = synth({ model: endpoint, promptPolicy: { guardrail: GUARDRAIL } }, testStack());
    expect(handlerConfiguration(template).policy?.guardrail?.region).toBe('<AWS::Region>');
  });
});

describe('a guardrail of the same stack', () => {
  it('can be used, and denied words can be parameters', () => {
    const stack = testStack(HOME);
    const guardrail = new bedrock.CfnGuardrail(stack, 'Guardrail', { name: 'g', blockedInputMessaging: 'no', blockedOutputsMessaging: 'no' });
    const reference = ContentGuardrail.of(guardrail, { version: guardrail.attrVersion });
    const template = synth({ promptPolicy: { guardrail: reference, deny: [new CfnParameter(stack, 'Word').valueAsString] } }, stack);
    expect(handlerConfiguration(template).policy).toEqual({
      guardrail: { id: '<Guardrail.GuardrailId>', version: '<Guardrail.Version>', region: 'us-west-2' }, deny: ['<Word>'],
    });
  });
});

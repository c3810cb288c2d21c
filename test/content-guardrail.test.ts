import { Lazy, type Stack } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ContentGuardrail, type ExistingContentGuardrailOptions } from '../src';
import { asList, handlerConfiguration, HOME, imageApi, roleStatements, synth, testApp, testStack, textOf } from './helpers/stack';

const MESSAGES = { name: 'g', blockedInputMessaging: 'no', blockedOutputsMessaging: 'no' };
const profileArn = (id: string) => `arn:aws:bedrock:us-west-2:111122223333:guardrail-profile/${id}`;

function allowed(guardrail: ContentGuardrail, stack = testStack(HOME), action = 'bedrock:ApplyGuardrail'): string[] {
  const statements = roleStatements(synth({ promptPolicy: { guardrail } }, stack)).filter(({ Action }) => asList(Action).includes(action));
  return statements.flatMap(({ Resource }) => asList(Resource)).map(textOf);
}

describe('a guardrail with cross-Region inference', () => {
  const PROFILES = ['us-east-1', 'us-east-2', 'us-west-2'].map((region) => `arn:<AWS::Partition>:bedrock:${region}:111122223333:guardrail-profile/us.guardrail.v1:0`);

  it('can be called with its profile in the destination regions', () => {
    const guardrail = ContentGuardrail.existing('abc123', { version: '1', profileId: 'us.guardrail.v1:0' });
    expect(allowed(guardrail)).toEqual(['arn:<AWS::Partition>:bedrock:us-west-2:111122223333:guardrail/abc123', ...PROFILES]);
  });

  it('has its profile read from a guardrail of this app', () => {
    const stack = testStack(HOME);
    const crossRegionConfig = { guardrailProfileArn: profileArn('us.guardrail.v1:0') };
    const guardrail = ContentGuardrail.of(new bedrock.CfnGuardrail(stack, 'Guardrail', { ...MESSAGES, crossRegionConfig }));
    expect(allowed(guardrail, stack)).toEqual(['arn:<AWS::Partition>:bedrock:us-west-2:111122223333:guardrail/<Guardrail.GuardrailId>', ...PROFILES]);
  });

  it('can have other destination regions', () => {
    const guardrail = ContentGuardrail.existing('abc123', { version: '1', profileId: 'us.guardrail.v1:0', destinationRegions: ['us-west-1'] });
    expect(allowed(guardrail).slice(1)).toEqual(['arn:<AWS::Partition>:bedrock:us-west-1:111122223333:guardrail-profile/us.guardrail.v1:0']);
  });

  it('fails if its profile is only known at deployment', () => {
    const stack = testStack(HOME);
    const crossRegionConfig = Lazy.any({ produce: () => ({ guardrailProfileArn: profileArn('us.guardrail.v1:0') }) });
    const guardrail = new bedrock.CfnGuardrail(stack, 'Guardrail', { ...MESSAGES, crossRegionConfig });
    expect(() => ContentGuardrail.of(guardrail)).toThrow("the guardrail profile of 'Stack/Guardrail' is only known at deployment");
  });
});

describe('a guardrail with a customer managed key', () => {
  const KEY = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd';

  it('can be decrypted by the functions', () => {
    expect(allowed(ContentGuardrail.existing('abc123', { version: '1', kmsKeyArn: KEY }), testStack(HOME), 'kms:Decrypt')).toEqual([KEY]);
  });

  it('has its key read from a guardrail of this app', () => {
    const stack = testStack(HOME);
    const { keyArn: kmsKeyArn } = new kms.Key(stack, 'Key');
    const guardrail = ContentGuardrail.of(new bedrock.CfnGuardrail(stack, 'Guardrail', { ...MESSAGES, kmsKeyArn }));
    expect(allowed(guardrail, stack, 'kms:Decrypt')).toEqual([expect.stringMatching(/^<Key\w+\.Arn>$/)]);
  });
});

describe('a guardrail of this app', () => {
  it('is its working draft by default', () => {
    const stack = testStack(HOME);
    const guardrail = ContentGuardrail.of(new bedrock.CfnGuardrail(stack, 'Guardrail', MESSAGES));
    expect(handlerConfiguration(synth({ promptPolicy: { guardrail } }, stack)).policy?.guardrail?.version).toBe('DRAFT');
  });

  it('fails in another Region than the model', () => {
    const stack = testStack({ account: HOME.account, region: 'eu-west-1' }, testApp());
    const guardrail = ContentGuardrail.of(new bedrock.CfnGuardrail(stack, 'Guardrail', MESSAGES));
    expect(() => imageApi({ promptPolicy: { guardrail } }, stack)).toThrow("'promptPolicy.guardrail' must be in the Region of 'model', us-west-2, got one in eu-west-1");
  });
});

describe('ContentGuardrail.existing()', () => {
  it.each<[string, ExistingContentGuardrailOptions, string]>([
    ['arn:aws:bedrock:us-west-2:111122223333:guardrail/abc123', { version: '1' }, "'guardrailId' of 'promptPolicy.guardrail' must be lower-case letters and digits, not the ARN, got 'arn:"],
    ['abc123', { version: 'latest' }, "'version' of 'promptPolicy.guardrail' must be a number or 'DRAFT', got 'latest'"],
    ['abc123', { version: '1', kmsKeyArn: 'alias/guardrails' }, "'kmsKeyArn' of 'promptPolicy.guardrail' must be the ARN of a key, not of an alias"],
    ['abc123', { version: '1', profileId: 'us' }, "'profileId' of 'promptPolicy.guardrail' must be an ID such as 'us.guardrail.v1:0', got 'us'"],
    ['abc123', { version: '1', profileId: 'eu.guardrail.v1:0' }, "'promptPolicy.guardrail' with the 'profileId' 'eu.guardrail.v1:0' needs 'destinationRegions'"],
    ['abc123', { version: '1', destinationRegions: ['us-east-1'] }, "'promptPolicy.guardrail' has 'destinationRegions', but no guardrail profile"],
  ])('fails for the ID %s and the options %j', (id, options, problem) => {
    expect(() => imageApi({ promptPolicy: { guardrail: ContentGuardrail.existing(id, options) } })).toThrow(problem);
  });
});

describe('a guardrail with a KMS key', () => {
  const KEY_ARN = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const decrypting = (create: (stack: Stack) => ContentGuardrail) => {
    const stack = testStack(HOME);
    return roleStatements(synth({ promptPolicy: { guardrail: create(stack) } }, stack)).filter(({ Action }) => asList(Action).includes('kms:Decrypt'));
  };

  it.each<[string, (stack: Stack) => ContentGuardrail]>([
    ['of this app', (stack) => ContentGuardrail.of(new bedrock.CfnGuardrail(stack, 'Guardrail', { ...MESSAGES, kmsKeyArn: KEY_ARN }))],
    ['that exists', () => ContentGuardrail.existing('abc123', { version: '1', kmsKeyArn: KEY_ARN })],
  ])('lets the functions decrypt with it, for a guardrail %s', (_case, create) => {
    expect(decrypting(create)).toEqual([{ Action: 'kms:Decrypt', Effect: 'Allow', Resource: KEY_ARN }]);
  });

  it('is the only reason for the permission', () => {
    expect(decrypting(() => ContentGuardrail.existing('abc123', { version: '1' }))).toEqual([]);
  });
});

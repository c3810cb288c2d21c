import { type Template } from 'aws-cdk-lib/assertions';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { ContentGuardrail, type GenAiImageApiProps, ImageEdit, ImageEdits, ImageModel, ModelFamily, TextModel } from '../../../src';
import { EDIT_MODELS } from '../../../src/private/contract/models';
import { asList, HOME, ofType, resources, roleStatements, type Statement, synth, testStack, textOf } from '../../helpers/stack';

const ALWAYS = ['logs:', 's3:', 'dynamodb:'];

/** Returns the statements of all roles except those for logs, objects and records, with ARNs as text. */
function calls(props: GenAiImageApiProps, stack = testStack(HOME)): Statement[] {
  return statements(synth(props, stack));
}

function statements(template: Template): Statement[] {
  return roleStatements(template).filter(({ Action }) => !ALWAYS.some((prefix) => asList(Action)[0].startsWith(prefix))).map((statement) => ({
    ...statement,
    Resource: asList(statement.Resource).map(textOf),
    ...(statement.Condition !== undefined && { Condition: texts(statement.Condition) }),
  }));
}

/** Returns a condition, whose operators contain keys, with ARNs as text. */
function texts(condition: unknown): unknown {
  return Object.fromEntries(Object.entries(condition as Record<string, Record<string, unknown>>).map(([operator, keys]) =>
    [operator, Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, asList(value).map(textOf)]))]));
}

const allow = (Action: string, ...Resource: string[]): Statement => ({ Effect: 'Allow', Action, Resource });
const through = (profiles: string[], ...Resource: string[]): Statement => ({
  Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource, Condition: { StringLike: { 'bedrock:InferenceProfileArn': profiles } },
});
const model = (region: string, id: string) => `arn:<AWS::Partition>:bedrock:${region}::foundation-model/${id}`;
const profile = (region: string, id: string) => `arn:<AWS::Partition>:bedrock:${region}:111122223333:inference-profile/${id}`;
const CORE = model('us-west-2', 'stability.stable-image-core-v1:1');
const PROVISIONED = 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456';
const OMNI = 'amazon.nova-2-omni-v1:0';
const LITE = 'amazon.nova-2-lite-v1:0';
const EU = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const US = ['us-east-1', 'us-east-2', 'us-west-2'];

describe('the handler can call an image model', () => {
  it.each<[string, ImageModel, Statement[]]>([
    ['by its id, in its Region', ImageModel.SD3_5_LARGE, [allow('bedrock:InvokeModel', model('us-west-2', 'stability.sd3-5-large-v1:0'))]],
    [
      'by a geographic profile, and in its destination regions through the profile only',
      ImageModel.inferenceProfile(`us.${OMNI}`, { region: 'us-east-1', destinationRegions: ['us-east-1', 'us-west-2'] }),
      [
        allow('bedrock:InvokeModel', profile('us-east-1', `us.${OMNI}`)),
        through([profile('us-east-1', `us.${OMNI}`)], model('us-east-1', OMNI), model('us-west-2', OMNI)),
      ],
    ],
    [
      'by a global profile, and in the source region and without a Region through the profile only',
      ImageModel.inferenceProfile(`global.${OMNI}`, { region: 'eu-west-1' }),
      [
        allow('bedrock:InvokeModel', profile('eu-west-1', `global.${OMNI}`)),
        through([profile('eu-west-1', `global.${OMNI}`)], model('eu-west-1', OMNI), model('', OMNI)),
      ],
    ],
    [
      'by the ARN of Provisioned Throughput',
      ImageModel.provisioned(PROVISIONED, { modelId: 'amazon.nova-canvas-v1:0' }),
      [allow('bedrock:InvokeModel', PROVISIONED)],
    ],
    [
      'on a SageMaker endpoint, whose ARN has the name in lower case',
      ImageModel.sageMakerEndpoint('Painter-1'),
      [allow('sagemaker:InvokeEndpoint', 'arn:<AWS::Partition>:sagemaker:us-west-2:111122223333:endpoint/painter-1')],
    ],
    [
      'on a SageMaker endpoint of another Region',
      ImageModel.sageMakerEndpoint('painter', { region: 'eu-west-1' }),
      [allow('sagemaker:InvokeEndpoint', 'arn:<AWS::Partition>:sagemaker:eu-west-1:111122223333:endpoint/painter')],
    ],
  ])('%s, and nothing else', (_kind, imageModel, expected) => {
    expect(calls({ model: imageModel })).toEqual(expected);
  });

  it('on an endpoint of the same stack, by its ARN', () => {
    const stack = testStack(HOME);
    const endpoint = new sagemaker.CfnEndpoint(stack, 'Painter', { endpointConfigName: 'config' });
    const imageModel = ImageModel.sageMakerEndpoint(endpoint.attrEndpointName, { endpointArn: endpoint.ref });
    expect(calls({ model: imageModel }, stack)).toEqual([allow('sagemaker:InvokeEndpoint', '<Painter>')]);
  });
});

describe('the permissions of several models', () => {
  it('share a statement if they have the same action and condition', () => {
    expect(calls({
      additionalModels: [
        ImageModel.STABLE_IMAGE_ULTRA,
        ImageModel.inferenceProfile(`us.${OMNI}`, { region: 'us-east-1', destinationRegions: ['us-east-2'] }),
        ImageModel.sageMakerEndpoint('painter'),
        ImageModel.of('vendor.new-v1:0', { region: 'eu-west-1', family: ModelFamily.CONVERSE }),
      ],
      textModel: TextModel.NOVA_LITE,
    })).toEqual([
      allow(
        'bedrock:InvokeModel',
        CORE,
        model('us-west-2', 'stability.stable-image-ultra-v1:1'),
        profile('us-east-1', `us.${OMNI}`),
        model('eu-west-1', 'vendor.new-v1:0'),
        model('us-west-2', 'amazon.nova-lite-v1:0'),
      ),
      through([profile('us-east-1', `us.${OMNI}`)], model('us-east-2', OMNI)),
      allow('sagemaker:InvokeEndpoint', 'arn:<AWS::Partition>:sagemaker:us-west-2:111122223333:endpoint/painter'),
    ]);
  });
});

describe('the handler can call the edit models', () => {
  const ERASE = 'stability.stable-image-erase-object-v1:0';
  const OUTPAINT = 'stability.stable-outpaint-v1:0';

  it.each([
    ['us-east-1', 'us-east-1'], ['us-east-2', 'us-east-2'], ['us-west-2', 'us-west-2'], ['us-west-1', 'us-west-2'], ['eu-west-1', 'us-west-2'],
  ])('from a stack in %s in the Region %s, the given ones only', (region, called) => {
    const profiles = [profile(called, `us.${ERASE}`), profile(called, `us.${OUTPAINT}`)];
    expect(calls({ edits: ImageEdits.of(ImageEdit.ERASE, ImageEdit.OUTPAINT) }, testStack({ account: '111122223333', region }))).toEqual([
      allow('bedrock:InvokeModel', CORE, ...profiles),
      through(profiles, ...US.map((each) => model(each, ERASE)), ...US.map((each) => model(each, OUTPAINT))),
    ]);
  });

  it('of all operations', () => {
    const profiles = EDIT_MODELS.map(({ id }) => profile('us-west-2', `us.${id}`));
    const [direct, conditional, ...others] = calls({ edits: ImageEdits.all() });
    expect(others).toEqual([]);
    expect([...direct.Resource as string[]].sort()).toEqual([CORE, ...profiles].sort());
    expect([...conditional.Resource as string[]].sort()).toEqual(EDIT_MODELS.flatMap(({ id }) => US.map((region) => model(region, id))).sort());
    expect(conditional.Condition).toEqual({ StringLike: { 'bedrock:InferenceProfileArn': expect.arrayContaining(profiles) } });
  });
});

describe('the handler can call a text model', () => {
  const nova2Lite = (id: string, region: string, destinations: string[]) => [
    allow('bedrock:InvokeModel', CORE, profile(region, id)),
    through([profile(region, id)], ...destinations.map((each) => model(each, LITE))),
  ];

  it.each<[string, TextModel, string, Statement[]]>([
    ['Nova 2 Lite in the EU', TextModel.NOVA_2_LITE, 'eu-west-3', nova2Lite(`eu.${LITE}`, 'eu-west-3', EU)],
    ['Nova 2 Lite in Canada', TextModel.NOVA_2_LITE, 'ca-central-1', nova2Lite(`us.${LITE}`, 'ca-central-1', ['ca-central-1', ...US])],
    ['Nova 2 Lite in Japan', TextModel.NOVA_2_LITE, 'ap-northeast-1', nova2Lite(`jp.${LITE}`, 'ap-northeast-1', ['ap-northeast-1', 'ap-northeast-3'])],
    ['Nova 2 Lite in London', TextModel.NOVA_2_LITE, 'eu-west-2', nova2Lite(`global.${LITE}`, 'eu-west-2', ['eu-west-2', ''])],
    [
      'Nova Lite by its id', TextModel.NOVA_LITE, 'eu-north-1',
      [allow('bedrock:InvokeModel', CORE, model('eu-north-1', 'amazon.nova-lite-v1:0'))],
    ],
    [
      'a model in another Region', TextModel.of('vendor.talks-v1', { region: 'us-east-1' }), 'sa-east-1',
      [allow('bedrock:InvokeModel', CORE, model('us-east-1', 'vendor.talks-v1'))],
    ],
    [
      'any inference profile', TextModel.inferenceProfile('apac.vendor.talks-v1', { destinationRegions: ['ap-south-1'] }), 'ap-south-1',
      [
        allow('bedrock:InvokeModel', CORE, profile('ap-south-1', 'apac.vendor.talks-v1')),
        through([profile('ap-south-1', 'apac.vendor.talks-v1')], model('ap-south-1', 'vendor.talks-v1')),
      ],
    ],
  ])('%s, and nothing else', (_kind, textModel, region, expected) => {
    expect(calls({ textModel }, testStack({ account: '111122223333', region }))).toEqual(expected);
  });
});

describe('the handler', () => {
  it('can apply the guardrail in the Region of the model, and no other guardrail', () => {
    const promptPolicy = { guardrail: ContentGuardrail.existing('abc123', { version: '1' }) };
    expect(calls({ promptPolicy }, testStack({ account: '111122223333', region: 'eu-west-1' }))).toEqual([
      allow('bedrock:InvokeModel', CORE),
      allow('bedrock:ApplyGuardrail', 'arn:<AWS::Partition>:bedrock:us-west-2:111122223333:guardrail/abc123'),
    ]);
  });
});

describe('all models together', () => {
  const everything: GenAiImageApiProps = {
    additionalModels: [
      ImageModel.STABLE_IMAGE_ULTRA,
      ImageModel.SD3_5_LARGE,
      ImageModel.sageMakerEndpoint('painter'),
      ImageModel.provisioned(PROVISIONED, { modelId: 'amazon.nova-canvas-v1:0' }),
      ImageModel.inferenceProfile(`us.${OMNI}`, { region: 'us-east-1', destinationRegions: US }),
    ],
    edits: ImageEdits.all(),
    textModel: TextModel.NOVA_2_LITE,
    promptPolicy: { guardrail: ContentGuardrail.existing('abc123', { version: '1' }) },
  };

  it('fit into the 10,240 characters that IAM allows for the inline policies of a role', () => {
    const [policy] = ofType(synth(everything), 'AWS::IAM::Policy');
    const document = JSON.stringify(policy.Properties.PolicyDocument, (_key, value: unknown) => (isIntrinsic(value) ? textOf(value).replace(/<[^>]+>/g, 'aws') : value));
    // the names of bucket, table and log group are longer than this placeholder
    expect(document.length).toBeLessThan(10_240 - 600);
  });

  it('need no wildcard in actions and resources', () => {
    for (const { Action, Resource } of calls(everything)) {
      expect(JSON.stringify([Action, Resource])).not.toContain('*');
    }
  });

  it('synthesize in an unknown partition without an ARN of a fixed partition', () => {
    const inRegion = everything.additionalModels!.filter(({ pricePerImageUsd, modelId }) => pricePerImageUsd ?? modelId === 'painter');
    const template = synth({ ...everything, additionalModels: inRegion, textModel: TextModel.of('vendor.talks-v1') }, testStack());
    expect(JSON.stringify(template.toJSON())).not.toContain('arn:aws:');
    expect(Object.keys(resources(template)).length).toBeGreaterThan(35);
    expect(JSON.stringify(statements(template))).toContain('arn:<AWS::Partition>:bedrock:us-west-2::foundation-model/stability.stable-image-ultra-v1:1');
  });
});

function isIntrinsic(value: unknown): boolean {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

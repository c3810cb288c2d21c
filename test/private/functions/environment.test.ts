import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { ApiAuth, ContentGuardrail, type GenAiImageApiProps, ImageEdit, ImageEdits, ImageModel, ModelFamily, PromptRetention, TextModel } from '../../../src';
import { CONFIGURATION_MAX_BYTES, CONFIGURATION_VARIABLE, type HandlerConfiguration } from '../../../src/private/contract/configuration';
import { configurationSizeProblems } from '../../../src/private/functions/environment';
import { HANDLER_CONFIGURATION_SCHEMA, parseConfiguration } from '../../helpers/configuration-schemas';
import { handlerConfiguration, HOME, imageApi, only, synth, testStack } from '../../helpers/stack';

const CONFIGURATION: HandlerConfiguration = {
  api: 'a', bucket: 'b', prefix: 'images/', table: 't', expirationDays: 30, presignTtlSeconds: 3600, corsOrigins: [], routes: ['standard'], auth: { mode: 'iam' }, models: [{ id: 'm', region: 'r' }],
};

const MODELS: GenAiImageApiProps = {
  model: ImageModel.SD3_5_LARGE,
  additionalModels: [
    ImageModel.STABLE_IMAGE_CORE,
    ImageModel.of('vendor.new-v1:0', { family: ModelFamily.CONVERSE, region: 'eu-west-1' }),
    ImageModel.inferenceProfile('global.amazon.nova-2-omni-v1:0', { region: 'us-east-1' }),
    ImageModel.provisioned('arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456', { modelId: 'amazon.nova-canvas-v1:0' }),
    ImageModel.sageMakerEndpoint('Painter'),
  ],
  edits: ImageEdits.of(ImageEdit.ERASE, ImageEdit.OUTPAINT),
  textModel: TextModel.NOVA_2_LITE,
  promptPolicy: {
    maxChars: 500, deny: ['secret'], retention: PromptRetention.HASH, guardrail: ContentGuardrail.existing('abc123', { version: 'DRAFT' }),
  },
};

describe('the configuration of the handler', () => {
  it.each<GenAiImageApiProps>([
    {}, { auth: ApiAuth.none(), corsOrigins: ['*'] }, { auth: ApiAuth.apiKey({ clients: ['alice', 'bob'] }), corsOrigins: ['https://a.example', 'https://b.example'] },
    MODELS,
  ])('is valid for the handler (%#)', (props) => {
    expect(() => handlerConfiguration(synth(props))).not.toThrow();
  });

  it.each([
    [{ presignTtlSeconds: 0 }, '/presignTtlSeconds'], [{ auth: { mode: 'magic' } }, '/auth/mode'], [{ models: [] }, '/models'], [{ extra: 1 }, 'additional properties'],
    [{ bucket: undefined }, "required property 'bucket'"],
  ])('is compared with its schema in each test that reads it: %j', (invalid, message) => {
    expect(() => parseConfiguration(JSON.stringify({ ...CONFIGURATION, ...invalid }), HANDLER_CONFIGURATION_SCHEMA)).toThrow(message);
  });

  it('is the only environment variable', () => {
    const { Environment } = only<{ Environment: { Variables: object } }>(synth(), 'AWS::Lambda::Function');
    expect(Object.keys(Environment.Variables)).toEqual([CONFIGURATION_VARIABLE]);
  });

  it('contains resources, times, origins, routes and models', () => {
    expect(handlerConfiguration(synth({ corsOrigins: ['https://a.example'] }))).toEqual({
      api: expect.stringMatching(/^<ImagesApi\w+>$/),
      bucket: expect.stringMatching(/^<ImagesBucket\w+>$/),
      prefix: 'images/',
      table: expect.stringMatching(/^<ImagesTable\w+>$/),
      expirationDays: 30,
      presignTtlSeconds: 3600,
      corsOrigins: ['https://a.example'],
      routes: ['standard'],
      auth: { mode: 'iam' },
      models: [{ id: 'stability.stable-image-core-v1:1', region: 'us-west-2' }],
    });
  });

  it('contains models, edits, text model and prompt policy', () => {
    const { models, edits, textModel, policy } = handlerConfiguration(synth(MODELS));
    expect({ models, edits, textModel, policy }).toEqual({
      models: [
        { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' },
        { id: 'stability.stable-image-core-v1:1', region: 'us-west-2' },
        { id: 'vendor.new-v1:0', region: 'eu-west-1', family: 'converse' },
        { id: 'amazon.nova-2-omni-v1:0', region: 'us-east-1', call: 'global.amazon.nova-2-omni-v1:0' },
        { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1', call: 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456' },
        { id: 'Painter', region: 'us-west-2', family: 'sagemaker-stable-diffusion', service: 'sagemaker' },
      ],
      edits: { region: 'us-west-2', operations: ['erase', 'outpaint'] },
      textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-west-2', call: 'us.amazon.nova-2-lite-v1:0' },
      policy: { maxChars: 500, deny: ['secret'], retention: 'hash', guardrail: { id: 'abc123', version: 'DRAFT', region: 'us-west-2' } },
    });
  });

  it('contains API clients that are added later', () => {
    const stack = testStack(HOME);
    imageApi({ auth: ApiAuth.apiKey({ clients: ['alice'] }) }, stack).addApiClient('bob');
    const key = (name: string) => [expect.stringMatching(new RegExp(`^<ImagesClients${name}Key1`))];
    expect(handlerConfiguration(Template.fromStack(stack)).auth).toEqual({
      mode: 'apiKey', clients: [{ name: 'alice', keyIds: key('alice') }, { name: 'bob', keyIds: key('bob') }],
    });
  });
});

describe('the size of the configuration', () => {
  const clients = (count: number) => Array.from({ length: count }, (_, index) => `client-${index}`);

  it('is sufficient for 40 clients', () => {
    const stack = testStack(HOME);
    imageApi({ auth: ApiAuth.apiKey({ clients: clients(40) }) }, stack);
    (stack.node.root as App).synth();
    expect(handlerConfiguration(Template.fromStack(stack)).auth.clients).toHaveLength(40);
  });

  it('fails synthesis above the limit, and names the largest part', () => {
    const stack = testStack(HOME);
    imageApi({ auth: ApiAuth.apiKey({ clients: clients(120) }) }, stack);
    expect(() => (stack.node.root as App).synth()).toThrow(/but must be at most 3500, because Lambda limits the environment to 4 KB; its largest part is 'auth\.clients' with \d+ bytes/);
  });

  it('is reported with the name of the prop that uses the most bytes', () => {
    const word = 'x'.repeat(CONFIGURATION_MAX_BYTES);
    expect(configurationSizeProblems({ ...CONFIGURATION, policy: { deny: [word] } })).toEqual([expect.stringContaining("its largest part is 'promptPolicy'")]);
    expect(configurationSizeProblems({ ...CONFIGURATION, models: [{ id: word, region: 'r' }] })).toEqual([expect.stringContaining("its largest part is 'additionalModels'")]);
  });

  it('counts bytes, and for tokens the probable length of their values', () => {
    const origin = (length: number) => configurationSizeProblems({ ...CONFIGURATION, corsOrigins: ['x'.repeat(length)] });
    const base = JSON.stringify({ ...CONFIGURATION, corsOrigins: [''] }).length;
    expect(origin(CONFIGURATION_MAX_BYTES - base)).toEqual([]);
    expect(origin(CONFIGURATION_MAX_BYTES - base + 1)).toEqual([expect.stringContaining("largest part is 'corsOrigins'")]);
    const table = new dynamodb.Table(new Stack(), 'Table', { partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING } });
    const withToken = { ...CONFIGURATION, corsOrigins: ['x'.repeat(CONFIGURATION_MAX_BYTES - base)], table: table.tableName };
    expect(configurationSizeProblems(withToken)).toEqual([expect.stringContaining(`is ${CONFIGURATION_MAX_BYTES + 99} bytes`)]);
  });
});

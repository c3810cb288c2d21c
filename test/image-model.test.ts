import * as fs from 'node:fs';
import * as path from 'node:path';
import { CfnParameter, Lazy } from 'aws-cdk-lib';
import { ImageModel, ModelFamily, ModelLifecycle } from '../src';
import { ACTIVE_MODELS } from './fixtures/active-models';
import { handlerConfiguration, HOME, imageApi, roleStatements, synth, testStack, textOf } from './helpers/stack';
import { type ConfiguredModel } from '../src/private/contract/configuration';
import { catalogModel, MODEL_FAMILIES } from '../src/private/contract/models';

const CONSTANTS = Object.entries(ImageModel).filter((entry): entry is [string, ImageModel] => entry[1] instanceof ImageModel);

/** The families of models in Amazon Bedrock, as errors list them. */

/** Returns the configuration of the handler for a model. */
const configuration = (model: ImageModel, stack = testStack(HOME)): ConfiguredModel => model._bind(stack).configuration;

describe('the constants of ImageModel', () => {
  it('are the models of the catalog without an end of life that can be called by their id', () => {
    expect(CONSTANTS.map(([, model]) => model.modelId).sort()).toEqual(ACTIVE_MODELS.map(({ id }) => id).sort());
  });

  it.each(CONSTANTS)('name %s like the alias of the model in requests', (name, { modelId }) => {
    expect(name.toLowerCase().replace(/_/g, '-')).toBe(catalogModel(modelId)?.alias);
  });

  it('get their attributes from the catalog', () => {
    expect(ImageModel.STABLE_IMAGE_CORE).toMatchObject({
      modelId: 'stability.stable-image-core-v1:1',
      region: 'us-west-2',
      family: ModelFamily.STABILITY_V2,
      pricePerImageUsd: 0.04,
      marketplaceProductId: 'prod-eacdrmv7zfc5e',
      endOfLife: undefined,
      replacement: undefined,
    });
  });

  const source = fs.readFileSync(path.join(__dirname, '..', 'src', 'image-model.ts'), 'utf8');

  it.each(CONSTANTS)('document price and region of %s', (name, model) => {
    const [comment] = /\/\*\*(?:(?!\*\/)[^])*\*\/\s*$/.exec(source.slice(0, source.indexOf(`public static readonly ${name} =`))) ?? [];
    expect(comment).toContain(`${model.pricePerImageUsd} US dollars an image`);
    expect(comment).toContain(`Called in ${model.region}.`);
  });
});

describe('ModelFamily', () => {
  it('has the families of the handler as members, except the one of edits', () => {
    expect(Object.values(ModelFamily).sort()).toEqual(MODEL_FAMILIES.filter((family) => family !== 'stability-services').sort());
  });
});

describe('ImageModel.of()', () => {
  it('gets the attributes of a known model from the catalog', () => {
    const { modelId, region, family, pricePerImageUsd } = ImageModel.SD3_5_LARGE;
    expect(ImageModel.of('stability.sd3-5-large-v1:0')).toMatchObject({ modelId, region, family, pricePerImageUsd });
  });

  it('has the dates of the catalog for a model with an end of life', () => {
    expect(ImageModel.of('amazon.nova-canvas-v1:0')).toMatchObject({ endOfLife: '2026-09-30', replacement: 'stability.stable-image-core-v1:1' });
  });

  it('overrides the catalog by options', () => {
    expect(ImageModel.of('stability.sd3-5-large-v1:0', { region: 'us-east-1', family: ModelFamily.STABILITY_V2 }).region).toBe('us-east-1');
    expect(ImageModel.of('stability.sd3-5-large-v1:0', { lifecycle: ModelLifecycle.LEGACY }).lifecycleIn(testStack())).toBe(ModelLifecycle.LEGACY);
  });

  it('accepts an unknown model with family and region', () => {
    const model = ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' });
    expect(model).toMatchObject({
      modelId: 'vendor.new-v1:0', region: 'eu-west-1', family: ModelFamily.STABILITY_V2, marketplaceProductId: undefined, pricePerImageUsd: undefined,
    });
    expect(model.lifecycleIn(testStack())).toBe(ModelLifecycle.ACTIVE);
  });

  it.each([{}, { region: 'eu-west-1' }, { family: ModelFamily.STABILITY_V2 }])('fails for an unknown model with the options %p, and lists families and models', (options) => {
    expect(() => ImageModel.of('vendor.new-v1:0', options))
      .toThrow(/^unknown image model 'vendor\.new-v1:0'.*\{ family, region \}.*one of ModelFamily\.STABILITY_V2, .*; the catalog contains stability\.stable-image-core-v1:1,/);
  });

  it.each([
    ['dall-e', "'family' must be a member of ModelFamily, got 'dall-e'; for example ModelFamily.STABILITY_V2, ModelFamily.AMAZON_IMAGE,"],
    ['stability-services', "'family' must be a member of ModelFamily"],
    [ModelFamily.SAGEMAKER_STABLE_DIFFUSION, 'write ImageModel.sageMakerEndpoint(endpointName)'],
  ])('fails for the family %s', (family, problem) => {
    expect(() => ImageModel.of('vendor.new-v1:0', { family: family as ModelFamily, region: 'eu-west-1' })).toThrow(problem);
  });

  it('accepts an id that is only known at deployment, with family and region', () => {
    const id = Lazy.string({ produce: () => 'vendor.new-v1:0' });
    expect(ImageModel.of(id, { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' }).modelId).toBe(id);
    expect(() => ImageModel.of(id)).toThrow('unknown image model a value only known at deployment');
  });

  it('fails for a model that can be called through inference profiles only, unless a Region is given', () => {
    expect(() => ImageModel.of('amazon.nova-2-omni-v1:0')).toThrow("write ImageModel.inferenceProfile('us.amazon.nova-2-omni-v1:0', { region, destinationRegions })");
    expect(ImageModel.of('amazon.nova-2-omni-v1:0', { region: 'us-east-1' }).region).toBe('us-east-1');
  });
});

describe('ImageModel.inferenceProfile()', () => {
  const OMNI = 'us.amazon.nova-2-omni-v1:0';

  it('has the name of its model, and is called by the id of the profile', () => {
    const model = ImageModel.inferenceProfile(OMNI, { region: 'us-east-1', destinationRegions: ['us-east-1', 'us-west-2'] });
    expect(model).toMatchObject({ modelId: 'amazon.nova-2-omni-v1:0', region: 'us-east-1', family: ModelFamily.CONVERSE });
    expect(configuration(model)).toEqual({ id: 'amazon.nova-2-omni-v1:0', region: 'us-east-1', call: OMNI });
  });

  it('accepts an unknown model with its family', () => {
    const options = { region: 'eu-west-1', destinationRegions: ['eu-west-1'], family: ModelFamily.CONVERSE };
    expect(configuration(ImageModel.inferenceProfile('eu.vendor.new-v1:0', options)))
      .toEqual({ id: 'vendor.new-v1:0', region: 'eu-west-1', call: 'eu.vendor.new-v1:0', family: 'converse' });
    expect(() => ImageModel.inferenceProfile('eu.vendor.new-v1:0', { ...options, family: undefined }))
      .toThrow("the model 'vendor.new-v1:0' behind the inference profile is not in the catalog; set 'family' to one of ModelFamily.STABILITY_V2,");
  });

  it('accepts unknown geographies', () => {
    expect(ImageModel.inferenceProfile('moon.amazon.nova-2-omni-v1:0', { region: 'moon-north-1', destinationRegions: ['moon-north-1'] }).modelId)
      .toBe('amazon.nova-2-omni-v1:0');
  });

  it('requires destination regions, except for global profiles', () => {
    expect(() => ImageModel.inferenceProfile(OMNI, { region: 'us-east-1' })).toThrow(`'destinationRegions' must contain the Regions that '${OMNI}' sends requests to`);
    expect(() => ImageModel.inferenceProfile(OMNI, { region: 'us-east-1', destinationRegions: [] })).toThrow("'destinationRegions' must contain at least one Region");
    expect(configuration(ImageModel.inferenceProfile('global.amazon.nova-2-omni-v1:0', { region: 'us-east-1' })))
      .toEqual({ id: 'amazon.nova-2-omni-v1:0', region: 'us-east-1', call: 'global.amazon.nova-2-omni-v1:0' });
  });

  it('fails for a profile id or a list of regions that is only known at deployment', () => {
    const list = Lazy.list({ produce: () => ['us-east-1'] });
    expect(() => ImageModel.inferenceProfile(OMNI, { region: 'us-east-1', destinationRegions: list })).toThrow('known at synthesis');
    expect(() => ImageModel.inferenceProfile(Lazy.string({ produce: () => OMNI }), { region: 'us-east-1' })).toThrow('got a value only known at deployment');
  });

  it.each([
    'amazon.nova-2-omni-v1:0', 'stability.stable-image-core-v1:1', 'us', 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.a.b',
  ])('fails for %s, which is no id of an inference profile', (id) => {
    expect(() => ImageModel.inferenceProfile(id, { region: 'us-east-1' }))
      .toThrow(`'profileId' must be a prefix and the ID of a model, like 'us.amazon.nova-2-omni-v1:0', got '${id}'`);
  });
});

describe('ImageModel.provisioned()', () => {
  const ARN = 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456';

  it('gets the Region from the ARN and the family from the base model', () => {
    const model = ImageModel.provisioned(ARN, { modelId: 'amazon.titan-image-generator-v2:0' });
    expect(model).toMatchObject({
      modelId: 'amazon.titan-image-generator-v2:0', region: 'us-east-1', family: ModelFamily.AMAZON_IMAGE, pricePerImageUsd: undefined, endOfLife: undefined,
    });
    expect(model.lifecycleIn(testStack())).toBe(ModelLifecycle.ACTIVE);
    expect(configuration(model)).toEqual({ id: 'amazon.titan-image-generator-v2:0', region: 'us-east-1', call: ARN });
  });

  it('is named by its ARN without a base model', () => {
    expect(configuration(ImageModel.provisioned(ARN, { family: ModelFamily.AMAZON_IMAGE }))).toEqual({ id: ARN, region: 'us-east-1', family: 'amazon-image' });
  });

  it('accepts an ARN that is only known at deployment, with its Region', () => {
    const arn = Lazy.string({ produce: () => ARN });
    expect(ImageModel.provisioned(arn, { modelId: 'amazon.nova-canvas-v1:0', region: 'eu-west-1' }).region).toBe('eu-west-1');
    expect(() => ImageModel.provisioned(arn, { modelId: 'amazon.nova-canvas-v1:0' })).toThrow("set 'region'");
  });

  it.each([
    [ARN, {}, "the provisioned model is not in the catalog; set 'modelId' to a model of the catalog, or 'family' to one of"],
    [ARN, { modelId: 'vendor.new-v1:0' }, "or 'family' to one of"],
    [ARN, { modelId: 'amazon.nova-canvas-v1:0', region: 'us-west-2' }, `'region' must be that of '${ARN}', got 'us-west-2'`],
    ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-canvas-v1:0', {}, 'the ARN of a provisioned model must be like'],
    ['abcdef123456', {}, "got 'abcdef123456'"],
  ])('fails for %s with the options %p', (arn, options, problem) => {
    expect(() => ImageModel.provisioned(arn, options)).toThrow(problem);
  });
});

describe('ImageModel.sageMakerEndpoint()', () => {
  it('is called in the Region of the stack by default', () => {
    const model = ImageModel.sageMakerEndpoint('Painter');
    expect(model).toMatchObject({ modelId: 'Painter', region: undefined, family: ModelFamily.SAGEMAKER_STABLE_DIFFUSION });
    expect(model.lifecycleIn(testStack())).toBe(ModelLifecycle.ACTIVE);
    expect(configuration(model)).toEqual({ id: 'Painter', region: 'us-west-2', family: 'sagemaker-stable-diffusion', service: 'sagemaker' });
  });

  it('accepts another Region and the format of Stable Diffusion XL', () => {
    expect(configuration(ImageModel.sageMakerEndpoint('Painter', { region: 'eu-west-1', family: ModelFamily.STABILITY_V1 })))
      .toEqual({ id: 'Painter', region: 'eu-west-1', family: 'stability-v1-text_prompts', service: 'sagemaker' });
  });

  it('has a Region that is only known at deployment if that of the stack is', () => {
    const stack = testStack();
    expect(stack.resolve(configuration(ImageModel.sageMakerEndpoint('Painter'), stack).region)).toEqual({ Ref: 'AWS::Region' });
  });

  it('fails for other formats', () => {
    expect(() => ImageModel.sageMakerEndpoint('painter', { family: ModelFamily.STABILITY_V2 }))
      .toThrow("'family' must be one of ModelFamily.STABILITY_V1, ModelFamily.SAGEMAKER_STABLE_DIFFUSION on a SageMaker endpoint, got ModelFamily.STABILITY_V2");
  });

  it('fails for an ARN', () => {
    expect(() => ImageModel.sageMakerEndpoint('arn:aws:sagemaker:us-west-2:111122223333:endpoint/painter')).toThrow("letters, digits and '-', got 'arn:");
  });
});

describe('the prop model', () => {
  const invoked = (model?: ImageModel, stack = testStack(HOME)) =>
    roleStatements(synth({ model }, stack)).filter(({ Action }) => Action === 'bedrock:InvokeModel').map(({ Resource }) => textOf(Resource));

  it('defaults to Stable Image Core in us-west-2', () => {
    expect(invoked()).toEqual(['arn:<AWS::Partition>:bedrock:us-west-2::foundation-model/stability.stable-image-core-v1:1']);
  });

  it('accepts a model id that is a parameter', () => {
    const stack = testStack(HOME);
    const id = new CfnParameter(stack, 'ModelId').valueAsString;
    expect(invoked(ImageModel.of(id, { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' }), stack))
      .toEqual(['arn:<AWS::Partition>:bedrock:eu-west-1::foundation-model/<ModelId>']);
  });

  it('configures the family only if it differs from the catalog', () => {
    expect(configuration(ImageModel.STABLE_IMAGE_CORE)).toEqual({ id: 'stability.stable-image-core-v1:1', region: 'us-west-2' });
    expect(configuration(ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' })))
      .toEqual({ id: 'vendor.new-v1:0', region: 'eu-west-1', family: 'stability-v2' });
  });

  it('accepts the same object in several APIs', () => {
    const model = ImageModel.STABLE_IMAGE_ULTRA;
    expect(synth({ model }).toJSON()).toEqual(synth({ model }).toJSON());
  });
});

describe('the prop additionalModels', () => {
  it('adds models after the default model', () => {
    const { models } = handlerConfiguration(synth({ additionalModels: [ImageModel.SD3_5_LARGE, ImageModel.STABLE_IMAGE_ULTRA] }));
    expect(models.map(({ id }) => id)).toEqual([
      'stability.stable-image-core-v1:1', 'stability.sd3-5-large-v1:0', 'stability.stable-image-ultra-v1:1',
    ]);
  });

  it('fails for repeated models', () => {
    expect(() => imageApi({ additionalModels: [ImageModel.SD3_5_LARGE, ImageModel.STABLE_IMAGE_CORE, ImageModel.SD3_5_LARGE] })).toThrow(
      "- 'additionalModels' must contain each model once and must not contain the default model, got 'stability.stable-image-core-v1:1' more than once\n"
      + "- 'additionalModels' must contain each model once and must not contain the default model, got 'stability.sd3-5-large-v1:0' more than once");
  });

  it('does not compare ids that are only known at deployment', () => {
    const stack = testStack(HOME);
    const model = ImageModel.of(new CfnParameter(stack, 'ModelId').valueAsString, { family: ModelFamily.CONVERSE, region: 'us-east-1' });
    expect(handlerConfiguration(synth({ additionalModels: [model, model] }, stack)).models).toHaveLength(3);
  });
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { ImageModel, ModelFamily, ModelLifecycle } from '../src';
import { HOME, imageApi, roleStatements, synth, testStack, textOf } from './helpers/stack';
import { catalogModel, describeEnd, MODEL_FAMILIES, MODELS } from '../src/private/contract/models';

const CONSTANTS = Object.entries(ImageModel).filter((entry): entry is [string, ImageModel] => entry[1] instanceof ImageModel);
/** Too old for a constant, or only called by inference profile. */
const WITHOUT_CONSTANT = ['stability.stable-diffusion-xl-v0', 'amazon.nova-2-omni-v1:0'];
const CONFIGURED = testStack(HOME);

describe('constants', () => {
  it('are exactly the models of the catalog that can be, or could be, called by their id', () => {
    expect([...CONSTANTS.map(([, model]) => model.modelId), ...WITHOUT_CONSTANT].sort()).toEqual(MODELS.map((model) => model.id).sort());
  });

  it('are named as the alias that callers may write', () => {
    for (const [name, { modelId }] of CONSTANTS) expect(name.toLowerCase().replace(/_/g, '-')).toBe(catalogModel(modelId)?.alias);
  });

  it('take all else from the catalog', () => {
    expect(ImageModel.STABLE_IMAGE_CORE).toMatchObject({
      modelId: 'stability.stable-image-core-v1:1',
      region: 'us-west-2',
      family: ModelFamily.STABILITY_V2,
      pricePerImageUsd: 0.04,
      marketplaceProductId: 'prod-eacdrmv7zfc5e',
      lifecycle: ModelLifecycle.ACTIVE,
    });
    const { lifecycle, endOfLife, replacement } = ImageModel.NOVA_CANVAS;
    expect({ lifecycle, endOfLife, replacement }).toEqual({
      lifecycle: ModelLifecycle.ENDED, endOfLife: '2026-09-30', replacement: 'stability.stable-image-core-v1:1',
    });
    expect(ImageModel.STABLE_IMAGE_CORE.endOfLife).toBeUndefined();
    expect(ImageModel.STABLE_IMAGE_CORE.replacement).toBeUndefined();
  });

  const source = fs.readFileSync(path.join(__dirname, '..', 'src', 'image-model.ts'), 'utf8');
  it.each(CONSTANTS.filter(([, { lifecycle }]) => lifecycle === ModelLifecycle.ACTIVE))('%s says what it costs and where it is called', (name, model) => {
    const [comment] = /\/\*\*(?:(?!\*\/)[^])*\*\/\s*$/.exec(source.slice(0, source.indexOf(`public static readonly ${name} =`))) ?? [];
    expect(comment).toContain(`${model.pricePerImageUsd} US dollars an image`);
    expect(comment).toContain(`Called in ${model.region}.`);
  });

  it.each(CONSTANTS)('%s is deprecated just if it ends, with date and replacement', (name, { modelId }) => {
    const [comment] = /\/\*\*(?:(?!\*\/)[^])*\*\/\s*$/.exec(source.slice(0, source.indexOf(`public static readonly ${name} =`))) ?? [];
    const { lifecycle } = catalogModel(modelId)!;
    const replacement = CONSTANTS.find(([, each]) => each.modelId === lifecycle?.replacement)?.[0];
    expect(/@deprecated (.*)/.exec(comment!)?.[1]).toBe(lifecycle && `ended ${describeEnd(lifecycle)}; use ${replacement}`);
  });
});

describe('ModelFamily', () => {
  it('lists the families that the handler knows, but the one of edits', () => {
    expect(Object.values(ModelFamily).sort()).toEqual(MODEL_FAMILIES.filter((family) => family !== 'stability-services').sort());
  });
});

describe('of', () => {
  it('takes the rest of a known model from the catalog', () => {
    const { modelId, region, family, pricePerImageUsd } = ImageModel.SD3_5_LARGE;
    expect(ImageModel.of('stability.sd3-5-large-v1:0')).toMatchObject({ modelId, region, family, pricePerImageUsd });
  });

  it('lets options win over the catalog', () => {
    expect(ImageModel.of('stability.sd3-5-large-v1:0', { region: 'us-east-1' }).region).toBe('us-east-1');
    expect(ImageModel.of('stability.sd3-5-large-v1:0', { lifecycle: ModelLifecycle.LEGACY }).lifecycle).toBe(ModelLifecycle.LEGACY);
  });

  it('takes an unknown model with family and region', () => {
    const model = ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' });
    expect(model).toMatchObject({ modelId: 'vendor.new-v1:0', region: 'eu-west-1', family: ModelFamily.STABILITY_V2, lifecycle: ModelLifecycle.ACTIVE });
    expect(model.marketplaceProductId).toBeUndefined();
    expect(model.pricePerImageUsd).toBeUndefined();
  });

  it.each([{}, { region: 'eu-west-1' }, { family: ModelFamily.STABILITY_V2 }])('fails for an unknown model with only %p, listing families', (options) => {
    expect(() => ImageModel.of('vendor.new-v1:0', options))
      .toThrow(/^unknown image model 'vendor\.new-v1:0'.*\{ family, region \}.*one of stability-v2, amazon-image, .*; the catalog holds stability\.stable-image-core-v1:1,/);
  });

  it.each([
    ['dall-e', "'family' must be one of stability-v2, amazon-image, stability-v1-text_prompts, converse, got 'dall-e'"],
    ['stability-services', "'family' must be one of"],
    [ModelFamily.SAGEMAKER_STABLE_DIFFUSION, 'write ImageModel.sageMakerEndpoint(endpointName)'],
  ])('fails for the family %s', (family, problem) => {
    expect(() => ImageModel.of('vendor.new-v1:0', { family: family as ModelFamily, region: 'eu-west-1' })).toThrow(problem);
  });

  it('takes tokens with family and region, and fails readably without', () => {
    const id = Lazy.string({ produce: () => 'vendor.new-v1:0' });
    expect(ImageModel.of(id, { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' }).modelId).toBe(id);
    expect(() => ImageModel.of(id)).toThrow('unknown image model a value only known at deployment');
  });

  it('sends a model without a direct region to inference profiles, but takes a given region at its word', () => {
    expect(() => ImageModel.of('amazon.nova-2-omni-v1:0')).toThrow("write ImageModel.inferenceProfile('us.amazon.nova-2-omni-v1:0', { region, destinationRegions })");
    expect(ImageModel.of('amazon.nova-2-omni-v1:0', { region: 'us-east-1' }).region).toBe('us-east-1');
  });
});

describe('inferenceProfile', () => {
  const OMNI = 'us.amazon.nova-2-omni-v1:0';

  it('is known by its model, called by its own id', () => {
    const model = ImageModel.inferenceProfile(OMNI, { region: 'us-east-1', destinationRegions: ['us-east-1', 'us-west-2'] });
    expect(model).toMatchObject({ modelId: 'amazon.nova-2-omni-v1:0', region: 'us-east-1', family: ModelFamily.CONVERSE });
    expect(model._configuration(CONFIGURED)).toEqual({ id: 'amazon.nova-2-omni-v1:0', region: 'us-east-1', call: OMNI });
  });

  it('takes an unknown model with its family', () => {
    const options = { region: 'eu-west-1', destinationRegions: ['eu-west-1'], family: ModelFamily.CONVERSE };
    expect(ImageModel.inferenceProfile('eu.vendor.new-v1:0', options)._configuration(CONFIGURED))
      .toEqual({ id: 'vendor.new-v1:0', region: 'eu-west-1', call: 'eu.vendor.new-v1:0', family: 'converse' });
    expect(() => ImageModel.inferenceProfile('eu.vendor.new-v1:0', { ...options, family: undefined }))
      .toThrow("the model 'vendor.new-v1:0' behind the inference profile is not in the catalog; give its 'family', one of stability-v2,");
  });

  it('takes geographies that are new', () => {
    expect(ImageModel.inferenceProfile('moon.amazon.nova-2-omni-v1:0', { region: 'moon-north-1', destinationRegions: ['moon-north-1'] }).modelId)
      .toBe('amazon.nova-2-omni-v1:0');
  });

  it('needs destinations, unless they are all regions', () => {
    expect(() => ImageModel.inferenceProfile(OMNI, { region: 'us-east-1' })).toThrow(`'destinationRegions' must name the regions that '${OMNI}' sends requests to`);
    expect(() => ImageModel.inferenceProfile(OMNI, { region: 'us-east-1', destinationRegions: [] })).toThrow("'destinationRegions' must name at least one region");
    expect(() => ImageModel.inferenceProfile('global.amazon.nova-2-omni-v1:0', { region: 'us-east-1' })).not.toThrow();
  });

  it('fails for tokens whose content matters', () => {
    const list = Lazy.list({ produce: () => ['us-east-1'] });
    expect(() => ImageModel.inferenceProfile(OMNI, { region: 'us-east-1', destinationRegions: list })).toThrow('known at synthesis');
    expect(() => ImageModel.inferenceProfile(Lazy.string({ produce: () => OMNI }), { region: 'us-east-1' })).toThrow('got a value only known at deployment');
  });

  it.each(['amazon.nova-2-omni-v1:0', 'stability.stable-image-core-v1:1', 'us', 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.a.b'])('fails for %s', (id) => {
    expect(() => ImageModel.inferenceProfile(id, { region: 'us-east-1' })).toThrow(`an inference profile is named by a prefix and the id of a model, like 'us.amazon.nova-2-omni-v1:0', got '${id}'`);
  });
});

describe('provisioned', () => {
  const ARN = 'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456';

  it('takes the region from the ARN and the rest from the model behind it', () => {
    const model = ImageModel.provisioned(ARN, { modelId: 'amazon.titan-image-generator-v2:0' });
    expect(model).toMatchObject({ modelId: 'amazon.titan-image-generator-v2:0', region: 'us-east-1', family: ModelFamily.AMAZON_IMAGE, lifecycle: ModelLifecycle.ACTIVE });
    expect(model._configuration(CONFIGURED)).toEqual({ id: 'amazon.titan-image-generator-v2:0', region: 'us-east-1', call: ARN });
    expect(model.pricePerImageUsd).toBeUndefined();
  });

  it('goes by the ARN where no model is named', () => {
    expect(ImageModel.provisioned(ARN, { family: ModelFamily.AMAZON_IMAGE })._configuration(CONFIGURED)).toEqual({ id: ARN, region: 'us-east-1', family: 'amazon-image' });
  });

  it('takes a token with its region', () => {
    const arn = Lazy.string({ produce: () => ARN });
    expect(ImageModel.provisioned(arn, { modelId: 'amazon.nova-canvas-v1:0', region: 'eu-west-1' }).region).toBe('eu-west-1');
    expect(() => ImageModel.provisioned(arn, { modelId: 'amazon.nova-canvas-v1:0' })).toThrow("give its 'region'");
  });

  it.each([
    [ARN, {}, "the provisioned model is not in the catalog; give 'modelId', where the catalog holds it, or its 'family', one of"],
    [ARN, { modelId: 'vendor.new-v1:0' }, "or its 'family'"],
    [ARN, { modelId: 'amazon.nova-canvas-v1:0', region: 'us-west-2' }, `'region' must be that of '${ARN}', got 'us-west-2'`],
    ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-canvas-v1:0', {}, 'a provisioned model is named by its ARN, like'],
    ['abcdef123456', {}, "got 'abcdef123456'"],
  ])('fails for %s with %p', (arn, options, problem) => {
    expect(() => ImageModel.provisioned(arn, options)).toThrow(problem);
  });
});

describe('sageMakerEndpoint', () => {
  it('is in the region of the stack unless told otherwise', () => {
    const model = ImageModel.sageMakerEndpoint('Painter');
    expect(model).toMatchObject({ modelId: 'Painter', family: ModelFamily.SAGEMAKER_STABLE_DIFFUSION, lifecycle: ModelLifecycle.ACTIVE });
    expect(model.region).toBeUndefined();
    expect(model._configuration(CONFIGURED)).toEqual({ id: 'Painter', region: 'us-west-2', family: 'sagemaker-stable-diffusion', service: 'sagemaker' });
    expect(ImageModel.sageMakerEndpoint('Painter', { region: 'eu-west-1', family: ModelFamily.STABILITY_V1 })._configuration(CONFIGURED))
      .toEqual({ id: 'Painter', region: 'eu-west-1', family: 'stability-v1-text_prompts', service: 'sagemaker' });
  });

  it('leaves the region to deployment where the stack does', () => {
    const stack = testStack();
    expect(stack.resolve(ImageModel.sageMakerEndpoint('Painter')._configuration(stack)).region).toEqual({ Ref: 'AWS::Region' });
  });

  it('fails for other families and for what is no name', () => {
    expect(() => ImageModel.sageMakerEndpoint('painter', { family: ModelFamily.STABILITY_V2 }))
      .toThrow("'family' must be one of sagemaker-stable-diffusion, stability-v1-text_prompts on a SageMaker endpoint, got 'stability-v2'");
    expect(() => ImageModel.sageMakerEndpoint('arn:aws:sagemaker:us-west-2:111122223333:endpoint/painter')).toThrow("letters, digits and '-', got 'arn:");
  });
});

describe('model', () => {
  const invoked = (model?: ImageModel, stack = testStack(HOME)) =>
    roleStatements(synth({ model }, stack)).filter(({ Action }) => Action === 'bedrock:InvokeModel').map(({ Resource }) => textOf(Resource));

  it('defaults to Stable Image Core in us-west-2', () => {
    expect(invoked()).toEqual(['arn:<AWS::Partition>:bedrock:us-west-2::foundation-model/stability.stable-image-core-v1:1']);
  });

  it('may be a token', () => {
    const stack = testStack(HOME);
    const id = new CfnParameter(stack, 'ModelId').valueAsString;
    expect(invoked(ImageModel.of(id, { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' }), stack))
      .toEqual(['arn:<AWS::Partition>:bedrock:eu-west-1::foundation-model/<ModelId>']);
  });

  it('tells the handler the family only where the catalog does not', () => {
    expect(ImageModel.STABLE_IMAGE_CORE._configuration(CONFIGURED)).toEqual({ id: 'stability.stable-image-core-v1:1', region: 'us-west-2' });
    expect(ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' })._configuration(CONFIGURED))
      .toEqual({ id: 'vendor.new-v1:0', region: 'eu-west-1', family: 'stability-v2' });
  });

  it('can be shared by several APIs', () => {
    const model = ImageModel.STABLE_IMAGE_ULTRA;
    expect(() => [imageApi({ model }), imageApi({ model })]).not.toThrow();
  });
});

describe('additionalModels', () => {
  it('are listed after the model, and fail for the same id twice', () => {
    const stack = testStack(HOME);
    expect(() => imageApi({ additionalModels: [ImageModel.SD3_5_LARGE, ImageModel.STABLE_IMAGE_CORE, ImageModel.SD3_5_LARGE] }, stack)).toThrow(
      "- 'additionalModels' must hold each model once and not the one of 'model', got 'stability.stable-image-core-v1:1' more than once\n"
      + "- 'additionalModels' must hold each model once and not the one of 'model', got 'stability.sd3-5-large-v1:0' more than once");
  });

  it('may have ids only known at deployment, which are not compared', () => {
    const stack = testStack(HOME);
    const token = ImageModel.of(new CfnParameter(stack, 'ModelId').valueAsString, { family: ModelFamily.CONVERSE, region: 'us-east-1' });
    expect(() => Stack.of(imageApi({ additionalModels: [token, token] }, stack))).not.toThrow();
  });
});

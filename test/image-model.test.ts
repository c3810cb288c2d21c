import { CfnParameter, Lazy } from 'aws-cdk-lib';
import { HOME, imageApi, roleStatements, synth, testStack, textOf } from './stack';
import { ImageModel, ModelFamily } from '../src';
import { MODEL_FAMILIES, MODELS } from '../src/private/contract/models';

describe('constants', () => {
  it('are exactly the models of the catalog', () => {
    const constants = Object.values(ImageModel).filter((value): value is ImageModel => value instanceof ImageModel);
    expect(constants.map((model) => model.modelId).sort()).toEqual(MODELS.map((model) => model.id).sort());
  });

  it('are named as the alias that callers may write', () => {
    for (const { id, alias } of MODELS) {
      const [name] = Object.entries(ImageModel).find(([, value]) => value instanceof ImageModel && value.modelId === id) ?? [];
      expect(name?.toLowerCase().replace(/_/g, '-')).toBe(alias);
    }
  });

  it('take region, family and Marketplace product from the catalog', () => {
    expect(ImageModel.STABLE_IMAGE_CORE).toMatchObject({
      modelId: 'stability.stable-image-core-v1:1', region: 'us-west-2', family: ModelFamily.STABILITY_V2, marketplaceProductId: 'prod-eacdrmv7zfc5e',
    });
  });
});

describe('ModelFamily', () => {
  it('lists the families that the handler knows', () => expect(Object.values(ModelFamily).sort()).toEqual([...MODEL_FAMILIES].sort()));
});

describe('of', () => {
  it('takes the rest of a known model from the catalog', () => {
    expect(ImageModel.of('stability.sd3-5-large-v1:0')).toEqual(ImageModel.SD3_5_LARGE);
  });

  it('lets options win over the catalog', () => {
    expect(ImageModel.of('stability.sd3-5-large-v1:0', { region: 'us-east-1' }).region).toBe('us-east-1');
  });

  it('takes an unknown model with family and region', () => {
    const model = ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' });
    expect(model).toMatchObject({ modelId: 'vendor.new-v1:0', region: 'eu-west-1', family: ModelFamily.STABILITY_V2 });
    expect(model.marketplaceProductId).toBeUndefined();
  });

  it.each([{}, { region: 'eu-west-1' }, { family: ModelFamily.STABILITY_V2 }])('fails for an unknown model with only %p, listing families', (options) => {
    expect(() => ImageModel.of('vendor.new-v1:0', options))
      .toThrow(/^unknown image model 'vendor\.new-v1:0'.*\{ family, region \}.*one of stability-v2; the catalog holds stability\.stable-image-core-v1:1,/);
  });

  it('fails for a family that does not exist', () => {
    expect(() => ImageModel.of('vendor.new-v1:0', { family: 'dall-e' as ModelFamily, region: 'eu-west-1' }))
      .toThrow("'family' must be one of stability-v2, got 'dall-e'");
  });

  it('takes tokens with family and region, and fails readably without', () => {
    const id = Lazy.string({ produce: () => 'vendor.new-v1:0' });
    expect(ImageModel.of(id, { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' }).modelId).toBe(id);
    expect(() => ImageModel.of(id)).toThrow('unknown image model a value only known at deployment');
  });
});

describe('model', () => {
  const invoked = (model?: ImageModel, stack = testStack(HOME)) =>
    roleStatements(synth({ model }, stack)).filter(({ Action }) => Action === 'bedrock:InvokeModel').map(({ Resource }) => textOf(Resource));

  it('defaults to Stable Image Core in us-west-2', () => {
    expect(invoked()).toEqual(['arn:<AWS::Partition>:bedrock:us-west-2::foundation-model/stability.stable-image-core-v1:1']);
  });

  it('is the only one that may be invoked, in its region only', () => {
    expect(invoked(ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' })))
      .toEqual(['arn:<AWS::Partition>:bedrock:eu-west-1::foundation-model/vendor.new-v1:0']);
  });

  it('may be a token', () => {
    const stack = testStack(HOME);
    const id = new CfnParameter(stack, 'ModelId').valueAsString;
    expect(invoked(ImageModel.of(id, { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' }), stack))
      .toEqual(['arn:<AWS::Partition>:bedrock:eu-west-1::foundation-model/<ModelId>']);
  });

  it('tells the handler the family only where the catalog does not', () => {
    expect(ImageModel.STABLE_IMAGE_CORE._configuration()).toEqual({ id: 'stability.stable-image-core-v1:1', region: 'us-west-2' });
    expect(ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' })._configuration())
      .toEqual({ id: 'vendor.new-v1:0', region: 'eu-west-1', family: 'stability-v2' });
  });

  it('can be shared by several APIs', () => {
    const model = ImageModel.STABLE_IMAGE_ULTRA;
    expect(() => [imageApi({ model }), imageApi({ model })]).not.toThrow();
  });
});

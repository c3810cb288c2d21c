import { Lazy } from 'aws-cdk-lib';
import { TextModel } from '../src';
import { HOME, imageApi, testStack } from './helpers/stack';
import { ResolvedTextModel } from '../src/private/models/text-resolution';

const LITE = 'amazon.nova-2-lite-v1:0';
const api = (textModel: TextModel, region?: string) => imageApi({ textModel }, testStack(region === undefined ? undefined : { account: '111122223333', region }));
const call = (textModel: TextModel, region: string): Pick<ResolvedTextModel, 'configuration'> & { destinationRegions: readonly string[] } => {
  const { configuration, access: { destinationRegions } } = textModel._bind(new Stack(undefined, 'S', { env: { account: '111122223333', region } }));
  return { configuration, destinationRegions };
};

describe('NOVA_2_LITE', () => {
  it.each([
    ['us-east-1', 'us'], ['us-west-1', 'us'], ['ca-central-1', 'us'], ['ca-west-1', 'us'],
    ['eu-central-1', 'eu'], ['eu-north-1', 'eu'], ['eu-south-1', 'eu'], ['eu-south-2', 'eu'], ['eu-west-1', 'eu'], ['eu-west-3', 'eu'],
    ['ap-northeast-1', 'jp'],
    ['eu-west-2', 'global'], ['il-central-1', 'global'], ['me-central-1', 'global'], ['ap-east-2', 'global'], ['ap-northeast-2', 'global'], ['ap-south-1', 'global'],
    ['ap-southeast-1', 'global'], ['ap-southeast-7', 'global'],
  ])('from %s is called by the profile %s.', (region, prefix) => {
    expect(TextModel.NOVA_2_LITE._validate({ stackRegion: region })).toEqual([]);
    expect(call(TextModel.NOVA_2_LITE, region).configuration).toEqual({ id: LITE, region, call: `${prefix}.${LITE}` });
  });

  it.each(['sa-east-1', 'eu-central-2', 'af-south-1', 'ap-northeast-3', 'ap-south-2', 'mx-central-1', 'me-south-1', 'us-gov-west-1', 'cn-north-1'])('fails from %s', (region) => {
    expect(() => api(TextModel.NOVA_2_LITE, region)).toThrow(
      "cannot create GenAiImageApi 'Stack/Images':\n- 'textModel': TextModel.NOVA_2_LITE is called through an inference profile of the region of the stack, and "
      + `there is none for it in ${region}; choose where prompts go, for example TextModel.inferenceProfile('eu.${LITE}', { region: 'eu-central-1' })`);
  });

  it('fails where the region of the stack is not known, with a way out that works', () => {
    expect(() => api(TextModel.NOVA_2_LITE)).toThrow('that region is not known at synthesis; set it in the env of the stack, or choose where prompts go');
    expect(() => api(TextModel.inferenceProfile(`eu.${LITE}`, { region: 'eu-central-1' }))).not.toThrow();
  });
});

describe('NOVA_LITE', () => {
  it('is called by its id in the region of the stack', () => {
    expect(call(TextModel.NOVA_LITE, 'us-east-1')).toEqual({ configuration: { id: 'amazon.nova-lite-v1:0', region: 'us-east-1' }, destinationRegions: [] });
    expect(() => api(TextModel.NOVA_LITE)).not.toThrow();
  });

  it('fails in other regions, and says what to write', () => {
    expect(() => api(TextModel.NOVA_LITE, 'eu-west-1')).toThrow(
      "'amazon.nova-lite-v1:0' cannot be called by its id in eu-west-1, only in ap-northeast-1, ap-southeast-2, ap-southeast-3, eu-north-1, eu-west-2, us-east-1, "
      + "us-east-2, us-west-2; give one of them as 'region', or write TextModel.inferenceProfile('<prefix>.amazon.nova-lite-v1:0', { destinationRegions })");
  });
});

describe('of', () => {
  it('takes a given region at its word', () => {
    expect(call(TextModel.of('amazon.nova-lite-v1:0', { region: 'eu-west-1' }), 'us-east-1').configuration).toEqual({ id: 'amazon.nova-lite-v1:0', region: 'eu-west-1' });
  });

  it('takes unknown models in the region of the stack, and tokens', () => {
    expect(call(TextModel.of('vendor.talks-v1'), 'sa-east-1').configuration).toEqual({ id: 'vendor.talks-v1', region: 'sa-east-1' });
    expect(() => api(TextModel.of(Lazy.string({ produce: () => 'vendor.talks-v1' })))).not.toThrow();
  });

  it('fails for a model that no region calls by its id', () => {
    expect(() => api(TextModel.of(LITE), 'us-east-1')).toThrow(`'${LITE}' can be called through inference profiles only; write TextModel.NOVA_2_LITE`);
  });
});

describe('inferenceProfile', () => {
  it('knows where profiles of Nova 2 Lite go', () => {
    expect(call(TextModel.inferenceProfile(`us.${LITE}`, { region: 'us-west-1' }), 'sa-east-1'))
      .toEqual({ configuration: { id: LITE, region: 'us-west-1', call: `us.${LITE}` }, destinationRegions: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'] });
    expect(call(TextModel.inferenceProfile(`global.${LITE}`), 'us-east-1').destinationRegions).toEqual(['*']);
    expect(TextModel.inferenceProfile(`us.${LITE}`).modelId).toBe(LITE);
  });

  it('fails in regions from where they cannot be called, unless told where they go', () => {
    expect(() => api(TextModel.inferenceProfile(`jp.${LITE}`), 'sa-east-1'))
      .toThrow(`'jp.${LITE}' cannot be called in sa-east-1, only in ap-northeast-1; give one of them as 'region', or, where AWS has added yours, the 'destinationRegions' as well`);
    expect(() => api(TextModel.inferenceProfile(`global.${LITE}`), 'sa-east-1')).toThrow('cannot be called in sa-east-1');
    expect(() => api(TextModel.inferenceProfile(`jp.${LITE}`, { destinationRegions: ['ap-northeast-1'] }), 'sa-east-1')).not.toThrow();
  });

  it('fails where it is not known from where it is called', () => {
    expect(() => api(TextModel.inferenceProfile(`us.${LITE}`))).toThrow(`'us.${LITE}' needs the 'region' where it is called`);
  });

  it('needs destinations of other profiles, unless they are all regions', () => {
    expect(() => TextModel.inferenceProfile('eu.amazon.nova-lite-v1:0')).toThrow("'destinationRegions' must name the regions that 'eu.amazon.nova-lite-v1:0' sends");
    expect(call(TextModel.inferenceProfile('global.vendor.talks-v1'), HOME.region!).destinationRegions).toEqual(['*']);
    expect(call(TextModel.inferenceProfile('eu.amazon.nova-lite-v1:0', { destinationRegions: ['eu-west-1'] }), 'eu-west-1').configuration)
      .toEqual({ id: 'amazon.nova-lite-v1:0', region: 'eu-west-1', call: 'eu.amazon.nova-lite-v1:0' });
  });

  it('fails for what is no profile', () => {
    expect(() => TextModel.inferenceProfile('amazon.nova-lite-v1:0')).toThrow("got 'amazon.nova-lite-v1:0'");
    const destinationRegions = ['us-east-1'];
    expect(() => TextModel.inferenceProfile('us.stability.stable-image-inpaint-v1:0', { destinationRegions })).toThrow('edits images');
    expect(() => TextModel.inferenceProfile('us.amazon.nova-2-omni-v1:0', { destinationRegions })).toThrow('makes images');
    expect(() => TextModel.inferenceProfile(`us.${LITE}`, { destinationRegions: [] })).toThrow('must name at least one region');
  });
});

import { Lazy } from 'aws-cdk-lib';
import { TextModel } from '../src';
import { handlerConfiguration, HOME, imageApi, synth, testStack } from './helpers/stack';

const LITE = 'amazon.nova-2-lite-v1:0';
const stackIn = (region?: string) => testStack(region === undefined ? undefined : { account: HOME.account, region });
const api = (textModel: TextModel, region?: string) => imageApi({ textModel }, stackIn(region));
/** Returns what the handler calls in a stack. */
const called = (textModel: TextModel, region?: string) => handlerConfiguration(synth({ textModel }, stackIn(region))).textModel;
const destinations = (textModel: TextModel, region: string) => textModel._bind(stackIn(region)).access.destinationRegions;

describe('TextModel.NOVA_2_LITE', () => {
  it.each([
    ['us-east-1', 'us'], ['us-west-1', 'us'], ['ca-central-1', 'us'], ['ca-west-1', 'us'],
    ['eu-central-1', 'eu'], ['eu-north-1', 'eu'], ['eu-south-1', 'eu'], ['eu-south-2', 'eu'], ['eu-west-1', 'eu'], ['eu-west-3', 'eu'],
    ['ap-northeast-1', 'jp'],
    ['eu-west-2', 'global'], ['il-central-1', 'global'], ['me-central-1', 'global'], ['ap-east-2', 'global'], ['ap-northeast-2', 'global'], ['ap-south-1', 'global'],
    ['ap-southeast-1', 'global'], ['ap-southeast-7', 'global'],
  ])('is called from %s through the inference profile with the prefix %s', (region, prefix) => {
    expect(TextModel.NOVA_2_LITE._validate({ stackRegion: region })).toEqual([]);
    expect(called(TextModel.NOVA_2_LITE, region)).toEqual({ id: LITE, region, call: `${prefix}.${LITE}` });
  });

  it.each([
    'sa-east-1', 'eu-central-2', 'af-south-1', 'ap-northeast-3', 'ap-south-2', 'mx-central-1', 'me-south-1', 'us-gov-west-1', 'cn-north-1',
  ])('fails in %s, which has no inference profile', (region) => {
    expect(() => api(TextModel.NOVA_2_LITE, region)).toThrow(
      "cannot create GenAiImageApi 'Stack/Images':\n- 'textModel': TextModel.NOVA_2_LITE is called through an inference profile of the Region of the stack, and "
      + `there is none for it in ${region}; choose where prompts go, for example TextModel.inferenceProfile('eu.${LITE}', { region: 'eu-central-1' })`);
  });

  it('fails if the Region of the stack is not known, and names code that works', () => {
    expect(() => api(TextModel.NOVA_2_LITE)).toThrow(
      `that Region is not known at synthesis; set it in the env of the stack, or choose where prompts go, for example TextModel.inferenceProfile('eu.${LITE}', { region: 'eu-central-1' })`);
    expect(called(TextModel.inferenceProfile(`eu.${LITE}`, { region: 'eu-central-1' }))).toEqual({ id: LITE, region: 'eu-central-1', call: `eu.${LITE}` });
  });
});

describe('TextModel.NOVA_LITE', () => {
  it.each([['us-east-1', 'us-east-1'], [undefined, '<AWS::Region>']])('is called by its id in the Region of a stack in %s', (stackRegion, region) => {
    expect(called(TextModel.NOVA_LITE, stackRegion)).toEqual({ id: 'amazon.nova-lite-v1:0', region });
  });

  it('has no destination regions', () => expect(destinations(TextModel.NOVA_LITE, 'us-east-1')).toEqual([]));

  it('fails in other Regions, and names the code to write', () => {
    expect(() => api(TextModel.NOVA_LITE, 'eu-west-1')).toThrow(
      "'amazon.nova-lite-v1:0' cannot be called by its id in eu-west-1, only in ap-northeast-1, ap-southeast-2, ap-southeast-3, eu-north-1, eu-west-2, us-east-1, "
      + "us-east-2, us-west-2; give one of them as 'region', or write TextModel.inferenceProfile('<prefix>.amazon.nova-lite-v1:0', { destinationRegions })");
  });
});

describe('TextModel.of()', () => {
  it('accepts a Region that the catalog does not know', () => {
    expect(called(TextModel.of('amazon.nova-lite-v1:0', { region: 'eu-west-1' }), 'us-east-1')).toEqual({ id: 'amazon.nova-lite-v1:0', region: 'eu-west-1' });
  });

  it('calls an unknown model in the Region of the stack', () => {
    expect(called(TextModel.of('vendor.talks-v1'), 'sa-east-1')).toEqual({ id: 'vendor.talks-v1', region: 'sa-east-1' });
  });

  it('accepts an id that is only known at deployment', () => {
    expect(called(TextModel.of(Lazy.string({ produce: () => 'vendor.talks-v1' })), 'sa-east-1')).toEqual({ id: 'vendor.talks-v1', region: 'sa-east-1' });
  });

  it('fails for a model that cannot be called by its id', () => {
    expect(() => api(TextModel.of(LITE), 'us-east-1')).toThrow(`'${LITE}' can be called through inference profiles only; write TextModel.NOVA_2_LITE`);
  });
});

describe('TextModel.inferenceProfile()', () => {
  it('has the destination regions of the catalog for the profiles of Nova 2 Lite', () => {
    const profile = TextModel.inferenceProfile(`us.${LITE}`, { region: 'us-west-1' });
    expect(profile.modelId).toBe(LITE);
    expect(called(profile, 'sa-east-1')).toEqual({ id: LITE, region: 'us-west-1', call: `us.${LITE}` });
    expect(destinations(profile, 'sa-east-1')).toEqual(['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2']);
    expect(destinations(TextModel.inferenceProfile(`global.${LITE}`), 'us-east-1')).toEqual(['*']);
  });

  it.each([
    ['jp', `'jp.${LITE}' cannot be called in sa-east-1, only in ap-northeast-1; give one of them as 'region', or, where AWS has added yours, the 'destinationRegions' as well`],
    ['global', 'cannot be called in sa-east-1'],
  ])('fails for the profile %s. in a Region where the catalog does not list it', (prefix, problem) => {
    expect(() => api(TextModel.inferenceProfile(`${prefix}.${LITE}`), 'sa-east-1')).toThrow(problem);
  });

  it('accepts such a Region with destination regions', () => {
    expect(called(TextModel.inferenceProfile(`jp.${LITE}`, { destinationRegions: ['ap-northeast-1'] }), 'sa-east-1'))
      .toEqual({ id: LITE, region: 'sa-east-1', call: `jp.${LITE}` });
  });

  it('fails if neither the Region of the profile nor that of the stack is known', () => {
    expect(() => api(TextModel.inferenceProfile(`us.${LITE}`))).toThrow(`'us.${LITE}' needs the 'region' where it is called`);
  });

  it('requires destination regions for other profiles, except global ones', () => {
    expect(() => TextModel.inferenceProfile('eu.amazon.nova-lite-v1:0')).toThrow("'destinationRegions' must contain the Regions that 'eu.amazon.nova-lite-v1:0' sends");
    expect(destinations(TextModel.inferenceProfile('global.vendor.talks-v1'), HOME.region)).toEqual(['*']);
    expect(called(TextModel.inferenceProfile('eu.amazon.nova-lite-v1:0', { destinationRegions: ['eu-west-1'] }), 'eu-west-1'))
      .toEqual({ id: 'amazon.nova-lite-v1:0', region: 'eu-west-1', call: 'eu.amazon.nova-lite-v1:0' });
  });

  it.each([
    ['amazon.nova-lite-v1:0', "got 'amazon.nova-lite-v1:0'"],
    ['us.stability.stable-image-inpaint-v1:0', 'edits images'],
    ['us.amazon.nova-2-omni-v1:0', 'generates images'],
  ])('fails for %s, which is no inference profile of a text model', (id, problem) => {
    expect(() => TextModel.inferenceProfile(id, { destinationRegions: ['us-east-1'] })).toThrow(problem);
  });

  it('fails for an empty list of destination regions', () => {
    expect(() => TextModel.inferenceProfile(`us.${LITE}`, { destinationRegions: [] })).toThrow('must contain at least one Region');
  });
});

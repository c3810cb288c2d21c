import { Annotations as CdkAnnotations } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { GenAiImageApiProps, ImageModel, ModelFamily } from '../../src';
import { HOME, imageApi, testStack } from '../stack';

const EU = { account: '111122223333', region: 'eu-west-1' };
const OTHER = ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' });

function annotated(props: GenAiImageApiProps, env?: typeof HOME) {
  const stack = testStack(env);
  const api = imageApi(props, stack);
  return { api, annotations: () => Annotations.fromStack(stack) };
}

describe('crossRegionModel', () => {
  const warning = Match.stringLikeRegexp('prompts and images leave eu-west-1.*called in us-west-2.*cdk-genai-image-api:crossRegionModel');

  it('warns where the model is called outside of the region of the stack', () => {
    annotated({}, EU).annotations().hasWarning('/Stack/Images', warning);
  });

  it('can be acknowledged as the text says', () => {
    const { api, annotations } = annotated({}, EU);
    CdkAnnotations.of(api).acknowledgeWarning('cdk-genai-image-api:crossRegionModel');
    annotations().hasNoWarning('*', Match.anyValue());
  });

  it.each([['the same region', {}, HOME], ['an unknown region', {}, undefined], ['a model of that region', { model: OTHER }, EU]])('is silent for %s', (_case, props, env) => {
    annotated(props, env).annotations().hasNoWarning('*', Match.anyValue());
  });
});

describe('modelSubscription', () => {
  const note = Match.stringLikeRegexp('subscribes once before its first image.*cdk-genai-image-api:modelSubscription');

  it('is noted for models of AWS Marketplace', () => annotated({}, HOME).annotations().hasInfo('/Stack/Images', note));

  it('is not for others', () => annotated({ model: OTHER }, EU).annotations().hasNoInfo('*', note));
});

describe('accessLogRole', () => {
  it('is noted', () => {
    annotated({}, HOME).annotations().hasInfo('/Stack/Images', Match.stringLikeRegexp('CloudWatch Logs role.*cdk-genai-image-api:accessLogRole'));
  });
});

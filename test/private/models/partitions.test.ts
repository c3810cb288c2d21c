import { ImageEdits, ImageModel, TextModel } from '../../../src';
import { imageApi, roleStatements, synth, testStack } from '../../helpers/stack';

const stackIn = (region: string) => testStack({ account: '111122223333', region });

describe('a stack in another partition than its models', () => {
  it.each([['aws-cn', 'cn-north-1'], ['aws-us-gov', 'us-gov-west-1'], ['aws-eusc', 'eusc-de-east-1']])('fails in %s', (partition, region) => {
    expect(() => imageApi({}, stackIn(region))).toThrow(
      'cannot create GenAiImageApi \'Stack/Images\':\n- the model \'stability.stable-image-core-v1:1\' is called in us-west-2 (partition aws), '
      + `but the stack is in ${region} (partition ${partition}), whose roles cannot call it`);
  });

  it('fails for edits and text models as well', () => {
    const model = ImageModel.sageMakerEndpoint('painter');
    expect(() => imageApi({ model, edits: ImageEdits.all() }, stackIn('cn-north-1'))).toThrow("the models of 'edits' are called in us-west-2 (partition aws)");
    const textModel = TextModel.inferenceProfile('us.amazon.nova-2-lite-v1:0', { region: 'us-east-1', destinationRegions: ['us-east-1'] });
    expect(() => imageApi({ model, textModel }, stackIn('cn-north-1'))).toThrow("the text model 'amazon.nova-2-lite-v1:0' is called in us-east-1 (partition aws)");
  });

  it('can use models of its own partition', () => {
    const template = synth({ model: ImageModel.sageMakerEndpoint('painter') }, stackIn('cn-north-1'));
    expect(JSON.stringify(roleStatements(template))).not.toContain('arn:aws:');
  });
});

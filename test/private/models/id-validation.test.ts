import { ImageEdit, ImageModel, ModelFamily, TextModel } from '../../../src';
import { EDIT_MODELS } from '../../../src/private/contract/models';
import { NOT_IMAGE_MODELS } from '../../../src/private/contract/models/other-models';

/** With these options, `ImageModel.of()` accepts any unknown id. */
const OPTIONS = { family: ModelFamily.STABILITY_V2, region: 'us-west-2' };

describe('ImageModel.of() fails, whatever the options,', () => {
  it.each(Object.entries(NOT_IMAGE_MODELS))('for %s, which %s', (id, what) => {
    for (const written of [id, `us.${id}`]) expect(() => ImageModel.of(written, OPTIONS)).toThrow(`'${id}' ${what}, not images`);
  });

  it.each(EDIT_MODELS)('for $id, which edits images, and names a member of ImageEdit', ({ id, operation }) => {
    for (const written of [id, `us.${id}`]) {
      expect(() => ImageModel.of(written, OPTIONS)).toThrow(/'stability\..*' edits images; add it with 'edits: ImageEdits\.of\(ImageEdit\.[A-Z_]+\)'/);
    }
    const [, member] = /ImageEdit\.([A-Z_]+)/.exec(message(() => ImageModel.of(id)))!;
    expect(ImageEdit[member as keyof typeof ImageEdit]).toBe(operation);
  });

  it.each([['amazon.nova-2-lite-v1:0', 'NOVA_2_LITE'], ['eu.amazon.nova-2-lite-v1:0', 'NOVA_2_LITE'], ['amazon.nova-lite-v1:0', 'NOVA_LITE']])('for %s, which generates text', (id, constant) => {
    expect(() => ImageModel.of(id, OPTIONS)).toThrow(`generates text; set 'textModel: TextModel.${constant}'`);
    expect(TextModel[constant as 'NOVA_LITE']).toBeInstanceOf(TextModel);
  });

  it.each(['us', 'us-gov', 'eu', 'apac', 'au', 'jp', 'ca', 'global'])('for the id of an inference profile with the prefix %s.', (prefix) => {
    expect(() => ImageModel.of(`${prefix}.vendor.new-v1:0`, OPTIONS))
      .toThrow(`'${prefix}.vendor.new-v1:0' is an inference profile; write ImageModel.inferenceProfile('${prefix}.vendor.new-v1:0', { region, destinationRegions })`);
  });

  it.each([
    ['arn:aws:bedrock:us-west-2::foundation-model/vendor.new-v1:0', "write ImageModel.of('vendor.new-v1:0', { region })"],
    ['arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.vendor.new-v1:0', "write ImageModel.inferenceProfile('us.vendor.new-v1:0', { region, destinationRegions })"],
    [
      'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456',
      "write ImageModel.provisioned('arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456', { modelId })",
    ],
  ])('for the ARN %s', (arn, remedy) => expect(() => ImageModel.of(arn, OPTIONS)).toThrow(remedy));
});

describe('ImageModel.inferenceProfile() fails', () => {
  it.each([
    ['us.luma.ray-v2:0', "'luma.ray-v2:0' generates videos, not images"],
    ['us.stability.stable-image-inpaint-v1:0', 'edits: ImageEdits.of(ImageEdit.INPAINT)'],
    ['eu.amazon.nova-2-lite-v1:0', 'textModel: TextModel.NOVA_2_LITE'],
  ])('for %s', (id, problem) => {
    expect(() => ImageModel.inferenceProfile(id, { ...OPTIONS, destinationRegions: ['us-west-2'] })).toThrow(problem);
  });
});

describe('TextModel.of() fails', () => {
  it.each([
    ['stability.stable-image-core-v1:1', "generates images; set it as 'model' or add it to 'additionalModels'"],
    ['us.stability.stable-image-inpaint-v1:0', "edits images; add it with 'edits'"],
    ['luma.ray-v2:0', 'generates videos, not text'],
    ['eu.vendor.talks-v1', "write TextModel.inferenceProfile('eu.vendor.talks-v1', { destinationRegions })"],
    ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0', "write TextModel.of('amazon.nova-lite-v1:0', { region })"],
    ['arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456', 'text models are named by their id'],
  ])('for %s', (id, problem) => expect(() => TextModel.of(id, { region: 'us-east-1' })).toThrow(problem));
});

function message(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('did not fail');
}

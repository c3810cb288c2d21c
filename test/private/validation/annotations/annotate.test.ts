import { Annotations as CdkAnnotations, CfnParameter, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  ApiAuth, ApiRoutes, ContentGuardrail, GenAiImageApi, type GenAiImageApiProps, ImageEdit, ImageEdits, ImageModel, ImageStorage, ModelFamily,
  type PromptPolicyOptions, TextModel,
} from '../../../../src';
import { HOME, imageApi, testApp, testStack } from '../../../helpers/stack';

const EU = { account: '111122223333', region: 'eu-west-1' };
const OTHER = ImageModel.of('vendor.new-v1:0', { family: ModelFamily.STABILITY_V2, region: 'eu-west-1' });

function annotated(props: GenAiImageApiProps, env?: typeof HOME) {
  const stack = testStack(env);
  const api = imageApi(props, stack);
  return { api, annotations: () => Annotations.fromStack(stack) };
}

describe('the warning crossRegionModel', () => {
  const warning = Match.stringLikeRegexp('prompts and images leave eu-west-1.*called in us-west-2.*cdk-genai-image-api:crossRegionModel');

  it('is added if the model is called outside of the Region of the stack', () => {
    annotated({}, EU).annotations().hasWarning('/Stack/Images', warning);
  });

  it('can be acknowledged with the id in its text', () => {
    const { api, annotations } = annotated({}, EU);
    CdkAnnotations.of(api).acknowledgeWarning('cdk-genai-image-api:crossRegionModel');
    annotations().hasNoWarning('*', Match.anyValue());
  });

  it.each([['the same Region', {}, HOME], ['an unknown region', {}, undefined], ['a model of that region', { model: OTHER }, EU]])('is not added for %s', (_case, props, env) => {
    annotated(props, env).annotations().hasNoWarning('*', Match.anyValue());
  });

  const edits = ImageEdits.of(ImageEdit.ERASE);
  const OMNI = 'amazon.nova-2-omni-v1:0';
  const [CA, LONDON] = ['ca-central-1', 'eu-west-2'].map((region) => ({ account: '111122223333', region }));

  it.each<[string, GenAiImageApiProps, typeof HOME, string]>([
    [
      'an additional model', { additionalModels: [OTHER] }, HOME,
      "prompts and images leave us-west-2: the model 'vendor.new-v1:0' is called in eu-west-1; generated images are stored in us-west-2;",
    ],
    [
      'edits, which can be processed in three regions', { edits }, HOME,
      "prompts and images can leave us-west-2: the models of 'edits' are called in us-west-2 and can be processed in us-east-1, us-east-2, us-west-2; generated images are stored",
    ],
    [
      'a text model alone', { model: OTHER, textModel: TextModel.NOVA_2_LITE }, EU,
      "prompts can leave eu-west-1: the text model 'amazon.nova-2-lite-v1:0' is called in eu-west-1 and can be processed in eu-central-1, eu-north-1, eu-south-1, eu-south-2, "
      + 'eu-west-1, eu-west-3; if that is allowed',
    ],
    [
      'a text model in Canada', { model: ImageModel.sageMakerEndpoint('painter'), textModel: TextModel.NOVA_2_LITE }, CA,
      "prompts can leave ca-central-1: the text model 'amazon.nova-2-lite-v1:0' is called in ca-central-1 and can be processed in ca-central-1, us-east-1, us-east-2, us-west-2;",
    ],
    [
      'all of these', { edits, textModel: TextModel.NOVA_2_LITE, additionalModels: [ImageModel.inferenceProfile(`global.${OMNI}`, { region: LONDON.region })] }, LONDON,
      "prompts and images leave eu-west-2: the model 'stability.stable-image-core-v1:1' is called in us-west-2; "
      + `the model '${OMNI}' is called in eu-west-2 and can be processed in any commercial Region; `
      + "the models of 'edits' are called in us-west-2 and can be processed in us-east-1, us-east-2, us-west-2; "
      + "the text model 'amazon.nova-2-lite-v1:0' is called in eu-west-2 and can be processed in any commercial Region; generated images are stored in eu-west-2;",
    ],
  ])('is one warning that names %s', (_case, props, env, text) => {
    const found = annotated(props, env).annotations().findWarning('*', Match.stringLikeRegexp('crossRegionModel'));
    expect(found.map(({ entry }) => String(entry.data).slice(0, text.length))).toEqual([text]);
  });
});

describe('the warning guardedUpscales', () => {
  const guardrail = ContentGuardrail.existing('abc123', { version: '1' });
  const warned = (edits: ImageEdits | undefined, promptPolicy: PromptPolicyOptions) => annotated({ edits, promptPolicy }, HOME).annotations()
    .findWarning('*', Match.stringLikeRegexp('guardedUpscales')).map(({ entry }) => String(entry.data));

  it('is added for upscales, whose images can be charged and not returned', () => {
    const edits = ImageEdits.of(ImageEdit.ERASE, ImageEdit.FAST_UPSCALE, ImageEdit.CREATIVE_UPSCALE);
    const [text, ...more] = warned(edits, { guardrail });
    expect(more).toEqual([]);
    expect(text).toContain('above 4 MB, which fast-upscale, creative-upscale often generate: such an image is charged, but not returned');
  });

  it.each<[string, ImageEdits | undefined, PromptPolicyOptions]>([
    ['no upscales', ImageEdits.of(ImageEdit.ERASE), { guardrail }],
    ['no edits', undefined, { guardrail }],
    ['no guardrail', ImageEdits.all(), { maxChars: 100 }],
  ])('is not added for %s', (_case, edits, promptPolicy) => expect(warned(edits, promptPolicy)).toEqual([]));
});

describe('the note modelSubscription', () => {
  const note = Match.stringLikeRegexp('subscribes once before its first image.*cdk-genai-image-api:modelSubscription');
  const OWN = ImageModel.sageMakerEndpoint('painter');

  it('is added for models on AWS Marketplace', () => annotated({}, HOME).annotations().hasInfo('/Stack/Images', note));

  it('is one note that names all of them', () => {
    const { annotations } = annotated({
      model: OWN,
      additionalModels: [ImageModel.STABLE_IMAGE_ULTRA, OTHER],
      edits: ImageEdits.all(),
      textModel: TextModel.inferenceProfile('us.vendor.talks-v1', { destinationRegions: ['us-east-1'] }),
    }, HOME);
    annotations().hasInfo('/Stack/Images', Match.stringLikeRegexp(
      "^AWS Marketplace subscription required: 'stability.stable-image-ultra-v1:1', 'vendor.new-v1:0', the models of 'edits', which are one subscription, 'vendor.talks-v1';"));
  });

  it.each<[string, GenAiImageApiProps]>([
    ['a SageMaker endpoint of the account', { model: OWN }],
    ['models of Amazon', { model: ImageModel.inferenceProfile('global.amazon.nova-2-omni-v1:0', { region: 'us-west-2' }), textModel: TextModel.NOVA_2_LITE }],
    [
      'Provisioned Throughput',
      { model: ImageModel.provisioned('arn:aws:bedrock:us-west-2:111122223333:provisioned-model/abcdef123456', { modelId: 'stability.stable-diffusion-xl-v1' }) },
    ],
  ])('is not added for %s', (_case, props) => annotated(props, HOME).annotations().hasNoInfo('*', note));
});

describe('the note accessLogRole', () => {
  it('is added', () => {
    annotated({}, HOME).annotations().hasInfo('/Stack/Images', Match.stringLikeRegexp('CloudWatch Logs role.*cdk-genai-image-api:accessLogRole'));
  });
});

describe('the note modelRegions', () => {
  const notes = (props: GenAiImageApiProps, env?: typeof HOME) => annotated(props, env).annotations().findInfo('*', Match.stringLikeRegexp('modelRegions')).map(({ entry }) => String(entry.data));

  it('says where prompts go if the Region of the stack is not known', () => {
    expect(notes({})).toEqual([expect.stringMatching(
      /^the Region of the stack is not known at synthesis, and prompts and images are sent to certain Regions: the model 'stability.stable-image-core-v1:1' is called in us-west-2; /)]);
  });

  it('names inference profiles, whose destinations are fixed', () => {
    expect(notes({ edits: ImageEdits.of(ImageEdit.ERASE) })[0]).toContain("the models of 'edits' are called in us-west-2 and can be processed in us-east-1, us-east-2, us-west-2");
  });

  it.each<[string, GenAiImageApiProps, typeof HOME | undefined]>([
    ['a known Region', {}, HOME], ['models of the Region of the stack', { model: ImageModel.sageMakerEndpoint('painter') }, undefined],
  ])('is not added for %s', (_case, props, env) => expect(notes(props, env)).toEqual([]));
});

it('notes about the account are added once in an app, in all stages and instances', () => {
  const app = testApp();
  const stacks = ['Beta', 'Prod'].map((stage) => new Stack(new Stage(app, stage), 'Stack', { env: HOME }));
  for (const stack of stacks) for (const id of ['A', 'B']) new GenAiImageApi(stack, id);
  new GenAiImageApi(stacks[1], 'Ultra', { model: ImageModel.STABLE_IMAGE_ULTRA });
  const notes = (id: string) => stacks.flatMap((stack) => Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp(`cdk-genai-image-api:${id}`)).map((each) => each.id));
  expect(notes('accessLogRole')).toEqual(['/Beta/Stack/A']);
  expect(notes('modelSubscription')).toEqual(['/Beta/Stack/A', '/Prod/Stack/Ultra']);
});

describe('notes about imported resources', () => {
  const notes = (props: (stack: Stack) => GenAiImageApiProps) => {
    const stack = testStack(HOME);
    imageApi(props(stack), stack);
    return Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp('imported')).map(({ entry }) => String(entry.data));
  };
  const imported = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Imported', 'images');

  it('list what an imported bucket needs', () => {
    expect(notes((stack) => ({ storage: ImageStorage.existing(imported(stack), { prefix: 'p/' }), edits: ImageEdits.of(ImageEdit.ERASE) }))).toEqual([expect.stringMatching(
      /a lifecycle rule that expires 'p\/' after 30 days, a lifecycle rule that expires 'p\/uploads\/' after 1 day, CORS if scripts in browsers read or upload images, and.*KMS.*importedBucket/)]);
  });

  it('name the prop with the expiration of an imported bucket if it is known only at deployment', () => {
    expect(notes((stack) => ({ storage: ImageStorage.existing(imported(stack), { expiration: Duration.days(new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber) }) })))
      .toEqual([expect.stringContaining("a lifecycle rule that expires 'images/' after the 'expiration' of 'storage'")]);
  });

  it('list what an imported role needs', () => {
    expect(notes((stack) => ({ compute: { role: iam.Role.fromRoleName(stack, 'Role', 'role') } }))).toEqual([expect.stringMatching(/lambda.amazonaws.com.*mutable: false.*importedRole/)]);
  });

  it('are not added for resources of this app', () => {
    expect(notes((stack) => ({
      storage: ImageStorage.existing(new s3.Bucket(stack, 'Own')), compute: { role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }) },
    }))).toEqual([]);
  });
});

describe('the warning openAiAuth', () => {
  it.each<[string, ApiAuth]>([
    ['keys in Authorization', ApiAuth.apiKey({ clients: ['web'], acceptBearer: true })],
    ['tokens', ApiAuth.jwt({ issuer: 'https://i.example/', audience: ['a'] })],
  ])('is not added for %s', (_case, auth) => {
    annotated({ routes: [ApiRoutes.openAi()], auth }, HOME).annotations().hasNoWarning('*', Match.anyValue());
  });
});

it('the warning clientLimit is not added for limits that are only known at deployment', () => {
  const stack = testStack(HOME);
  const rateLimit = new CfnParameter(stack, 'Rate', { type: 'Number' }).valueAsNumber;
  imageApi({ auth: ApiAuth.apiKey({ clients: ['web'], rateLimit, burstLimit: 20 }) }, stack);
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

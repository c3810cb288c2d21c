import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { type GenAiImageApiProps, ImageModel, ModelFamily, ModelLifecycle } from '../../../src';
import { type CatalogModel, catalogModel, type Lifecycle, MODELS, statusAt } from '../../../src/private/contract/models';
import { TODAY_CONTEXT } from '../../../src/private/models/today';
import { HOME, imageApi, testApp, testStack } from '../../helpers/stack';

const CORE = 'stability.stable-image-core-v1:1';
const NOVA_CANVAS = 'amazon.nova-canvas-v1:0';
const ERROR = Match.stringLikeRegexp('the model .* ended');
const WARNING = Match.stringLikeRegexp('cdk-genai-image-api:modelLegacy');
const TODAY = '2026-11-21';
const NOTHING = { errors: [], warnings: [] };

/** Returns the errors and warnings about life cycles on a date. */
function messages(props: GenAiImageApiProps, day = TODAY): { errors: string[]; warnings: string[] } {
  const stack = testStack(HOME, testApp({ [TODAY_CONTEXT]: day }));
  imageApi(props, stack);
  const annotations = Annotations.fromStack(stack);
  return {
    errors: annotations.findError('/Stack/Images', ERROR).map(({ entry }) => String(entry.data)),
    warnings: annotations.findWarning('/Stack/Images', WARNING).map(({ entry }) => String(entry.data)),
  };
}

/** Evaluates the code that a message names. */
function evaluated(code: string): ImageModel {
  return new Function('ImageModel', 'ModelFamily', 'ModelLifecycle', `return ${code};`)(ImageModel, ModelFamily, ModelLifecycle) as ImageModel;
}

const codeIn = (message: string) => /ImageModel\.(of|inferenceProfile)\(.*\)$/.exec(message)![0];

describe('a model with an end of life', () => {
  it.each([
    ['2026-03-29', 0, 0],
    ['2026-03-30', 0, 1],
    ['2026-04-01', 0, 1],
    ['2026-09-29', 0, 1],
    ['2026-09-30', 1, 0],
    ['2026-10-01', 1, 0],
  ])('on %s adds %i errors and %i warnings', (day, errors, warnings) => {
    const found = messages({ model: ImageModel.of(NOVA_CANVAS) }, day);
    expect(found.errors).toHaveLength(errors);
    expect(found.warnings).toHaveLength(warnings);
  });
});

describe('a date in the catalog', () => {
  const row = catalogModel(CORE) as { lifecycle?: Lifecycle } & CatalogModel;
  const setLifecycle = (value: Lifecycle | undefined) => Object.defineProperty(row, 'lifecycle', { value, configurable: true, enumerable: true });
  afterEach(() => setLifecycle(undefined));

  it('adds the warning from the legacy date, and the error from the end of life', () => {
    expect(messages({})).toEqual(NOTHING);
    setLifecycle({ legacySince: '2026-11-01', endOfLife: '2027-05-01', replacement: 'stability.stable-image-ultra-v1:1' });
    expect(messages({})).toEqual({
      errors: [],
      warnings: [`the model '${CORE}' is legacy and ends on 2027-05-01; new customers cannot call it, other customers lose access after a period without use, `
        + 'and synthesis fails from its end of life on; use ImageModel.STABLE_IMAGE_ULTRA [ack: cdk-genai-image-api:modelLegacy]'],
    });
    setLifecycle({ legacySince: '2026-11-01', endOfLife: '2026-11-20', replacement: 'stability.stable-image-ultra-v1:1' });
    expect(messages({})).toEqual({
      errors: [`the model '${CORE}' ended on 2026-11-20 and cannot be called; use ImageModel.STABLE_IMAGE_ULTRA, or, `
        + `if your account can still call it, write ImageModel.of('${CORE}', { lifecycle: ModelLifecycle.ACTIVE })`],
      warnings: [],
    });
  });

  it('can be unknown: the warning then says so', () => {
    setLifecycle({ legacySince: '2026-11-01' });
    expect(messages({}).warnings).toEqual([expect.stringContaining('ends on a date that AWS has not announced')]);
  });
});

describe('an ended model', () => {
  const ended = MODELS.filter(({ lifecycle }) => lifecycle && statusAt(lifecycle, Date.parse(TODAY)) === 'ended');
  const constants = Object.values(ImageModel as unknown as Record<string, unknown>).filter((value) => value instanceof ImageModel);

  it('is in the catalog', () => expect(ended.length).toBeGreaterThan(5));

  it.each(ended)('has no constant: $id', ({ id }) => {
    expect(constants.map(({ modelId }) => modelId)).not.toContain(id);
  });

  it.each(ended)('adds an error with the date, an existing constant as replacement, and code that works: $id', ({ id, lifecycle }) => {
    const { errors: [error] } = messages({ model: ImageModel.of(id) });
    expect(error).toContain(`'${id}' ended`);
    expect(error).toContain(lifecycle!.endOfLife);
    const [, constant] = /use ImageModel\.([A-Z0-9_]+),/.exec(error)!;
    const replacement = (ImageModel as unknown as Record<string, ImageModel>)[constant];
    expect(replacement).toBeInstanceOf(ImageModel);
    expect(replacement.modelId).toBe(lifecycle!.replacement);
    expect(messages({ model: replacement })).toEqual(NOTHING);
    const model = evaluated(codeIn(error));
    expect(model).toMatchObject({ modelId: id, region: ImageModel.of(id).region, family: ImageModel.of(id).family });
    expect(messages({ model })).toEqual(NOTHING);
  });

  it('adds an error whose code has the given options', () => {
    const model = ImageModel.of(NOVA_CANVAS, { region: 'eu-west-1', family: ModelFamily.AMAZON_IMAGE, lifecycle: ModelLifecycle.ENDED });
    const code = codeIn(messages({ model }).errors[0]);
    expect(code).toBe(`ImageModel.of('${NOVA_CANVAS}', { region: 'eu-west-1', family: ModelFamily.AMAZON_IMAGE, lifecycle: ModelLifecycle.ACTIVE })`);
    expect(evaluated(code).region).toBe('eu-west-1');
  });

  it('adds an error behind an inference profile', () => {
    const model = ImageModel.inferenceProfile(`us.${NOVA_CANVAS}`, { region: 'us-east-1', destinationRegions: ['us-east-1', 'us-west-2'] });
    const code = codeIn(messages({ model }).errors[0]);
    expect(code).toBe(
      `ImageModel.inferenceProfile('us.${NOVA_CANVAS}', { region: 'us-east-1', destinationRegions: ['us-east-1', 'us-west-2'], lifecycle: ModelLifecycle.ACTIVE })`);
    expect(messages({ model: evaluated(code) })).toEqual(NOTHING);
  });

  it('adds an error for each additional model', () => {
    const { errors } = messages({ additionalModels: [ImageModel.of(NOVA_CANVAS), ImageModel.of('stability.sd3-large-v1:0')] });
    expect(errors).toEqual([expect.stringContaining(NOVA_CANVAS), expect.stringContaining('stability.sd3-large-v1:0')]);
  });

  it('adds no error with Provisioned Throughput or on a SageMaker endpoint', () => {
    const provisioned = ImageModel.provisioned('arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456', { modelId: NOVA_CANVAS });
    expect(messages({ model: provisioned, additionalModels: [ImageModel.sageMakerEndpoint('sdxl', { family: ModelFamily.STABILITY_V1 })] })).toEqual(NOTHING);
  });

  it('can be a model outside of the catalog', () => {
    const model = ImageModel.of('vendor.old-v1:0', { family: ModelFamily.CONVERSE, region: 'us-east-1', lifecycle: ModelLifecycle.ENDED });
    expect(messages({ model }).errors).toEqual([
      "the model 'vendor.old-v1:0' ended and cannot be called; if your account can still call it, write "
      + "ImageModel.of('vendor.old-v1:0', { family: ModelFamily.CONVERSE, region: 'us-east-1', lifecycle: ModelLifecycle.ACTIVE })",
    ]);
  });
});

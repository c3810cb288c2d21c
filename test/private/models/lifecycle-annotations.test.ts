import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { GenAiImageApiProps, ImageModel, ModelFamily, ModelLifecycle } from '../../../src';
import { CatalogModel, catalogModel, Lifecycle, MODELS, statusAt } from '../../../src/private/contract/models';
import { HOME, imageApi, testStack } from '../../helpers/stack';

const NOVA_CANVAS = 'amazon.nova-canvas-v1:0';
const ERROR = Match.stringLikeRegexp('the model .* ended');
const WARNING = Match.stringLikeRegexp('cdk-genai-image-api:modelLegacy');

/** Errors and warnings about the end of models. */
function messages(props: GenAiImageApiProps): { errors: string[]; warnings: string[] } {
  const stack = testStack(HOME);
  imageApi(props, stack);
  const annotations = Annotations.fromStack(stack);
  return {
    errors: annotations.findError('/Stack/Images', ERROR).map(({ entry }) => String(entry.data)),
    warnings: annotations.findWarning('/Stack/Images', WARNING).map(({ entry }) => String(entry.data)),
  };
}

/** What the code that a message prints makes. */
function evaluated(line: string): ImageModel {
  return new Function('ImageModel', 'ModelFamily', 'ModelLifecycle', `return ${line};`)(ImageModel, ModelFamily, ModelLifecycle) as ImageModel;
}

const printedLine = (message: string) => /ImageModel\.(of|inferenceProfile)\(.*\)$/.exec(message)![0];

beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-11-21'), doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] }));
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('with the days', () => {
  it.each([
    ['2026-03-29', ModelLifecycle.ACTIVE, 0, 0],
    ['2026-03-30', ModelLifecycle.LEGACY, 0, 1],
    ['2026-04-01', ModelLifecycle.LEGACY, 0, 1],
    ['2026-09-29', ModelLifecycle.LEGACY, 0, 1],
    ['2026-09-30', ModelLifecycle.ENDED, 1, 0],
    ['2026-10-01', ModelLifecycle.ENDED, 1, 0],
  ])('Nova Canvas is on %s %s', (day, lifecycle, errorCount, warningCount) => {
    jest.setSystemTime(Date.parse(day));
    const { errors, warnings } = messages({ model: ImageModel.NOVA_CANVAS });
    expect([ImageModel.NOVA_CANVAS.lifecycle, errors.length, warnings.length]).toEqual([lifecycle, errorCount, warningCount]);
  });
});

describe('one date of the catalog', () => {
  const row = catalogModel('stability.stable-image-core-v1:1') as { lifecycle?: Lifecycle } & CatalogModel;
  const date = (lifecycle: Lifecycle) => {
    Object.defineProperty(row, 'lifecycle', { value: lifecycle, configurable: true, enumerable: true });
  };
  afterEach(() => Object.defineProperty(row, 'lifecycle', { value: undefined, configurable: true }));

  it('turns silence into the warning, and the warning into the error', () => {
    expect(messages({})).toEqual({ errors: [], warnings: [] });
    date({ legacySince: '2026-11-01', endOfLife: '2027-05-01', replacement: 'stability.stable-image-ultra-v1:1' });
    expect(messages({})).toEqual({
      errors: [],
      warnings: ["the model 'stability.stable-image-core-v1:1' is legacy and ends on 2027-05-01; new customers cannot call it, others lose it after a while without use, "
        + 'and from its last day on synthesis fails: use ImageModel.STABLE_IMAGE_ULTRA [ack: cdk-genai-image-api:modelLegacy]'],
    });
    date({ legacySince: '2026-11-01', endOfLife: '2026-11-20', replacement: 'stability.stable-image-ultra-v1:1' });
    expect(messages({})).toEqual({
      errors: ["the model 'stability.stable-image-core-v1:1' ended on 2026-11-20 and cannot be called any more; use ImageModel.STABLE_IMAGE_ULTRA, or, "
        + "if it still answers in your account, write ImageModel.of('stability.stable-image-core-v1:1', { lifecycle: ModelLifecycle.ACTIVE })"],
      warnings: [],
    });
  });

  it('may be missing while others are there', () => {
    date({ legacySince: '2026-11-01' });
    expect(messages({}).warnings).toEqual([expect.stringContaining('ends on a day not announced yet')]);
  });
});

describe('a model that ended', () => {
  const ended = MODELS.filter(({ lifecycle }) => lifecycle && statusAt(lifecycle, Date.parse('2026-11-21')) === 'ended');

  it.each(ended)('$id fails with the date, the replacement and a line that works', ({ id, lifecycle }) => {
    const { errors: [error] } = messages({ model: ImageModel.of(id) });
    expect(error).toContain(`'${id}' ended`);
    expect(error).toContain(lifecycle!.endOfLife);
    const [, constant] = /use ImageModel\.([A-Z0-9_]+),/.exec(error)!;
    const replacement = (ImageModel as unknown as Record<string, ImageModel>)[constant];
    expect(replacement.modelId).toBe(lifecycle!.replacement);
    expect(messages({ model: replacement })).toEqual({ errors: [], warnings: [] });
    const model = evaluated(printedLine(error));
    expect(model).toMatchObject({ modelId: id, region: ImageModel.of(id).region, family: ImageModel.of(id).family });
    expect(messages({ model })).toEqual({ errors: [], warnings: [] });
  });

  it('prints the options that were given', () => {
    const { errors: [error] } = messages({ model: ImageModel.of(NOVA_CANVAS, { region: 'eu-west-1', family: ModelFamily.AMAZON_IMAGE, lifecycle: ModelLifecycle.ENDED }) });
    expect(printedLine(error)).toBe(`ImageModel.of('${NOVA_CANVAS}', { region: 'eu-west-1', family: ModelFamily.AMAZON_IMAGE, lifecycle: ModelLifecycle.ACTIVE })`);
    expect(evaluated(printedLine(error)).region).toBe('eu-west-1');
  });

  it('is found behind an inference profile too', () => {
    const { errors: [error] } = messages({ model: ImageModel.inferenceProfile(`us.${NOVA_CANVAS}`, { region: 'us-east-1', destinationRegions: ['us-east-1', 'us-west-2'] }) });
    expect(printedLine(error)).toBe(
      `ImageModel.inferenceProfile('us.${NOVA_CANVAS}', { region: 'us-east-1', destinationRegions: ['us-east-1', 'us-west-2'], lifecycle: ModelLifecycle.ACTIVE })`);
    expect(messages({ model: evaluated(printedLine(error)) })).toEqual({ errors: [], warnings: [] });
  });

  it('is found among additional models, each by itself', () => {
    const { errors } = messages({ additionalModels: [ImageModel.NOVA_CANVAS, ImageModel.SD3_LARGE] });
    expect(errors).toEqual([expect.stringContaining(NOVA_CANVAS), expect.stringContaining('stability.sd3-large-v1:0')]);
  });

  it('is no error where it was bought, or where nobody else decides when it ends', () => {
    const provisioned = ImageModel.provisioned('arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdef123456', { modelId: NOVA_CANVAS });
    expect(messages({ model: provisioned, additionalModels: [ImageModel.sageMakerEndpoint('sdxl', { family: ModelFamily.STABILITY_V1 })] }))
      .toEqual({ errors: [], warnings: [] });
  });

  it('may be one that only the user knows of', () => {
    const model = ImageModel.of('vendor.old-v1:0', { family: ModelFamily.CONVERSE, region: 'us-east-1', lifecycle: ModelLifecycle.ENDED });
    expect(messages({ model }).errors).toEqual([
      "the model 'vendor.old-v1:0' ended and cannot be called any more; if it still answers in your account, write "
      + "ImageModel.of('vendor.old-v1:0', { family: ModelFamily.CONVERSE, region: 'us-east-1', lifecycle: ModelLifecycle.ACTIVE })",
    ]);
  });
});

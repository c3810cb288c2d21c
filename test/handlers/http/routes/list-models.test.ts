import type { HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { imageFile } from '../../../fixtures/images';
import { CONFIGURATION, World } from '../../../helpers/world';

const CONFIG: HandlerConfiguration = {
  ...CONFIGURATION,
  models: [
    { id: 'stability.stable-image-core-v1:1', region: 'us-west-2' },
    { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' },
    { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1' },
    { id: 'amazon.titan-image-generator-v2:0', call: 'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/x', region: 'us-east-1' },
    { id: 'endpoint', region: 'eu-west-1', family: 'sagemaker-stable-diffusion', service: 'sagemaker' },
  ],
  edits: { region: 'us-east-1', operations: ['outpaint', 'inpaint'] },
  textModel: { id: 'amazon.nova-lite-v1:0', region: 'us-east-1' },
};

async function list(configuration: HandlerConfiguration, time?: number) {
  const world = new World(configuration);
  world.time = time ?? world.time;
  const { status, json } = await world.call('GET /models');
  expect(status).toBe(200);
  return json as unknown as { models: Record<string, unknown>[]; edits?: Record<string, unknown>[]; text?: Record<string, unknown> };
}

const COUNT = { type: 'integer', minimum: 1, maximum: 4, default: 1 };
const TEXT = { type: 'text', minLength: 1, maxLength: 10_000 };
const LONG_TEXT = { ...TEXT, maxLength: 100_000 };
const SEED = { type: 'integer', minimum: 0, maximum: 4_294_967_294, default: 0 };
const RATIOS = ['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21'];
const FORMATS = ['jpeg', 'png', 'webp'];
const STYLES = [
  '3d-model', 'analog-film', 'anime', 'cinematic', 'comic-book', 'digital-art', 'enhance', 'fantasy-art', 'isometric', 'line-art', 'low-poly',
  'modeling-compound', 'neon-punk', 'origami', 'photographic', 'pixel-art', 'tile-texture',
];
const SIDE = { type: 'integer', minimum: 0, maximum: 2_000 };
const IMAGE = { type: 'image', formats: FORMATS, minSide: 64, maxPixels: 9_437_184, maxRatio: 2.5 };

describe('GET /models', () => {
  it('returns all parameters and rules of a model', async () => {
    const { models: [, sd35] } = await list(CONFIG);
    expect(sd35).toEqual({
      id: 'stability.sd3-5-large-v1:0',
      alias: 'sd3-5-large',
      name: 'Stable Diffusion 3.5 Large',
      provider: 'Stability AI',
      priceUsd: 0.08,
      default: false,
      region: 'us-west-2',
      lifecycle: { status: 'active' },
      imagesPerCall: 1,
      typicalSeconds: 15,
      parameters: {
        prompt: { ...TEXT, required: true },
        negativePrompt: TEXT,
        aspectRatio: { type: 'choice', values: RATIOS, default: '1:1' },
        seed: SEED,
        image: { type: 'image', formats: FORMATS, minSide: 64 },
        strength: { type: 'number', minimum: 0, maximum: 1 },
        outputFormat: { type: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' },
        count: COUNT,
        enhancePrompt: { type: 'boolean', default: false },
      },
      rules: { needs: { image: ['strength'], strength: ['image'] }, excludes: { image: ['aspectRatio', 'size'] } },
    });
  });

  it('returns the configured ids and Regions, but not what is invoked', async () => {
    const { models } = await list(CONFIG);
    expect(models.map(({ id, default: isDefault, region, imagesPerCall }) => [id, isDefault, region, imagesPerCall])).toEqual([
      ['stability.stable-image-core-v1:1', true, 'us-west-2', 1],
      ['stability.sd3-5-large-v1:0', false, 'us-west-2', 1],
      ['amazon.nova-canvas-v1:0', false, 'us-east-1', 5],
      ['amazon.titan-image-generator-v2:0', false, 'us-east-1', 5],
      ['endpoint', false, 'eu-west-1', 4],
    ]);
    expect(JSON.stringify(models)).not.toContain('arn:');
    expect(models[4]).not.toHaveProperty('alias');
    expect(models[3].parameters).toMatchObject({ size: { values: expect.arrayContaining(['768x1152']), default: '1024x1024' }, cfgScale: { minimum: 1.1, maximum: 10, default: 8 } });
    expect(models[2].parameters).toMatchObject({ size: { minimum: 320, maximum: 4096, multipleOf: 16, maxPixels: 4_194_303, maxRatio: 4 } });
  });

  it('returns ids and aliases that POST /images accepts', async () => {
    const { models } = await list(CONFIG);
    for (const name of models.flatMap(({ id, alias }) => [id, alias ?? id])) {
      const { status, json } = await new World(CONFIG).call('POST /images', { body: { prompt: 'x', model: name } });
      expect([status, json.model]).toEqual([201, models.find((each) => [each.id, each.alias].includes(name))!.id]);
    }
  });

  it.each([
    ['2026-03-29T23:59:59.999Z', 'active'], ['2026-03-30T00:00:00Z', 'legacy'], ['2026-09-29T23:59:59.999Z', 'legacy'], ['2026-09-30T00:00:00Z', 'ended'],
  ])('at %s returns that Nova Canvas is %s', async (time, status) => {
    const { models } = await list(CONFIG, Date.parse(time));
    expect(models[2].lifecycle).toEqual({ status, legacySince: '2026-03-30', endOfLife: '2026-09-30', replacement: 'stability.stable-image-core-v1:1' });
  });

  it('returns the edits with their parameters and rules', async () => {
    const { edits = [] } = await list(CONFIG);
    expect(edits.map(({ operation }) => operation)).toEqual(['inpaint', 'outpaint']);
    expect(edits[1]).toEqual({
      operation: 'outpaint',
      id: 'stability.stable-outpaint-v1:0',
      name: 'Stable Image Outpaint',
      priceUsd: 0.06,
      region: 'us-east-1',
      lifecycle: { status: 'active' },
      typicalSeconds: 15,
      parameters: {
        seed: SEED,
        outputFormat: { type: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' },
        prompt: TEXT,
        image: { ...IMAGE, required: true },
        style: { type: 'choice', values: STYLES },
        left: SIDE,
        right: SIDE,
        up: SIDE,
        down: SIDE,
        creativity: { type: 'number', minimum: 0.1, maximum: 1, default: 0.5 },
        count: COUNT,
      },
      rules: { oneOf: ['left', 'right', 'up', 'down'] },
    });
  });

  it('returns the estimated duration of a request, as responses to asynchronous requests use it', async () => {
    const queue = { url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 3600 };
    const configuration = { ...CONFIG, edits: { region: 'us-east-1', operations: ['remove-background'] }, queue };
    const { models, edits = [] } = await list(configuration);
    const estimateOf = async (route: string, body: object) => (await new World(configuration).call(route, { body, headers: { Prefer: 'respond-async' } })).json.estimatedSeconds;
    // the queue contains the request itself, and four run at the same time
    const estimate = ({ typicalSeconds }: Record<string, unknown>) => Math.ceil(Number(typicalSeconds) * 1.25);
    for (const model of models) expect(await estimateOf('POST /images', { prompt: 'x', model: model.id })).toBe(estimate(model));
    const body = { operation: 'remove-background', image: imageFile(64, 64).toString('base64') };
    expect(await estimateOf('POST /images/edits', body)).toBe(estimate(edits[0]));
    expect(models[0].typicalSeconds).toBe(5);
  });

  it('returns the text model with its price and parameters', async () => {
    expect((await list(CONFIG)).text).toEqual({
      id: 'amazon.nova-lite-v1:0',
      name: 'Amazon Nova Lite',
      provider: 'Amazon',
      priceUsdPerMillionTokens: { input: 0.06, output: 0.24 },
      region: 'us-east-1',
      lifecycle: { status: 'active' },
      parameters: {
        prompt: { ...LONG_TEXT, required: true },
        system: LONG_TEXT,
        temperature: { type: 'number', minimum: 0, maximum: 1, default: 0.7 },
        topP: { type: 'number', minimum: 0, maximum: 1, default: 0.9 },
        maxTokens: { type: 'integer', minimum: 1, maximum: 5_000, default: 1_024 },
        stopSequences: { type: 'texts', maxItems: 20 },
      },
    });
  });

  it('returns the limits of the request schema for a text model that is not in the catalog', async () => {
    expect((await list({ ...CONFIG, textModel: { id: 'example.writer-v1:0', region: 'us-east-1' } })).text).toEqual({
      id: 'example.writer-v1:0',
      region: 'us-east-1',
      lifecycle: { status: 'active' },
      parameters: {
        prompt: { ...LONG_TEXT, required: true },
        system: LONG_TEXT,
        temperature: { type: 'number', minimum: 0, maximum: 1 },
        topP: { type: 'number', minimum: 0, maximum: 1 },
        maxTokens: { type: 'integer', minimum: 1, maximum: 65_535, default: 1_024 },
        stopSequences: { type: 'texts', maxItems: 20 },
      },
    });
  });

  it.each([
    ['amazon.nova-lite-v1:0', 'us-west-2', undefined, { input: 0.06, output: 0.24 }],
    ['amazon.nova-lite-v1:0', 'eu-north-1', undefined, undefined],
    ['amazon.nova-lite-v1:0', 'us-west-1', 'us.amazon.nova-lite-v1:0', { input: 0.06, output: 0.24 }],
    ['amazon.nova-lite-v1:0', 'us-east-1', 'eu.amazon.nova-lite-v1:0', undefined],
    ['amazon.nova-2-lite-v1:0', 'ca-central-1', 'us.amazon.nova-2-lite-v1:0', { input: 0.33, output: 2.75 }],
    ['amazon.nova-2-lite-v1:0', 'us-east-1', 'global.amazon.nova-2-lite-v1:0', { input: 0.3, output: 2.5 }],
    // no Region supports on-demand use by the model id yet, so the price is unknown
    ['amazon.nova-2-lite-v1:0', 'us-east-1', undefined, undefined],
  ])('returns the price of %s in %s with the inference profile %s', async (id, region, call, price) => {
    const { text } = await list({ ...CONFIG, textModel: { id, region, ...(call && { call }) } });
    expect(text).toMatchObject({ id, region });
    expect(text?.priceUsdPerMillionTokens).toEqual(price);
  });

  it('does not return edits and text if the API has none', async () => {
    const response = await list(CONFIGURATION);
    expect(Object.keys(response)).toEqual(['models']);
    expect(response.models[0].parameters).not.toHaveProperty('enhancePrompt');
  });

  it('returns only formats that the guardrail can check, except for masks', async () => {
    const { models: [, sd35], edits: [inpaint, transfer] = [] } = await list({
      ...CONFIG,
      edits: { region: 'us-east-1', operations: ['inpaint', 'style-transfer'] },
      policy: { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } },
    });
    const outputFormat = { type: 'choice', values: ['png', 'jpeg'], default: 'png' };
    const guarded = { ...IMAGE, formats: ['jpeg', 'png'], required: true };
    expect(sd35.parameters).toEqual({
      prompt: { ...TEXT, required: true },
      negativePrompt: TEXT,
      aspectRatio: { type: 'choice', values: RATIOS, default: '1:1' },
      seed: SEED,
      image: { type: 'image', formats: ['jpeg', 'png'], minSide: 64 },
      strength: { type: 'number', minimum: 0, maximum: 1 },
      outputFormat,
      count: COUNT,
      enhancePrompt: { type: 'boolean', default: false },
    });
    expect(transfer.parameters).toEqual({
      seed: SEED,
      outputFormat,
      prompt: TEXT,
      negativePrompt: TEXT,
      image: guarded,
      styleImage: guarded,
      compositionFidelity: { type: 'number', minimum: 0, maximum: 1, default: 0.9 },
      styleStrength: { type: 'number', minimum: 0, maximum: 1, default: 1 },
      changeStrength: { type: 'number', minimum: 0.1, maximum: 1, default: 0.9 },
      count: COUNT,
    });
    expect(inpaint.parameters).toMatchObject({ image: guarded, mask: { ...IMAGE, minSide: 1 }, outputFormat });
  });

  it('returns the maximum prompt length of the prompt policy if it is lower', async () => {
    const { models, edits = [], text } = await list({ ...CONFIG, policy: { maxChars: 600 } });
    const maxLengths = [...models, ...edits, text].map((model) => (model?.parameters as Record<string, { maxLength?: number }>).prompt.maxLength);
    expect(maxLengths).toEqual([600, 600, 600, 512, 600, 600, 600, 600]);
  });
});

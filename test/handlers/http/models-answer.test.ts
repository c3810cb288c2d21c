import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { CONFIGURATION, World } from '../world';

const CONFIG: HandlerConfiguration = {
  ...CONFIGURATION,
  models: [
    { id: 'stability.stable-image-core-v1:1', region: 'us-west-2' },
    { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' },
    { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1' },
    { id: 'my-titan', call: 'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/x', base: 'amazon.titan-image-generator-v2:0', region: 'us-east-1' },
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

describe('GET /models', () => {
  it('tells all of a model that a form needs', async () => {
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
      parameters: {
        prompt: { ...TEXT, required: true },
        negativePrompt: TEXT,
        aspectRatio: { type: 'choice', values: expect.arrayContaining(['16:9', '9:21']), default: '1:1' },
        seed: { type: 'integer', minimum: 0, maximum: 4_294_967_294, default: 0 },
        image: { type: 'image', formats: ['jpeg', 'png', 'webp'], minSide: 64 },
        strength: { type: 'number', minimum: 0, maximum: 1 },
        outputFormat: { type: 'choice', values: ['png', 'jpeg', 'webp'], default: 'png' },
        count: COUNT,
      },
      rules: { needs: { image: ['strength'], strength: ['image'] }, excludes: { image: ['aspectRatio', 'size'] } },
    });
  });

  it('tells what is called by other names, and nothing of how', async () => {
    const { models } = await list(CONFIG);
    expect(models.map(({ id, default: standard, region, imagesPerCall }) => [id, standard, region, imagesPerCall])).toEqual([
      ['stability.stable-image-core-v1:1', true, 'us-west-2', 1],
      ['stability.sd3-5-large-v1:0', false, 'us-west-2', 1],
      ['amazon.nova-canvas-v1:0', false, 'us-east-1', 5],
      ['my-titan', false, 'us-east-1', 5],
      ['endpoint', false, 'eu-west-1', 4],
    ]);
    expect(JSON.stringify(models)).not.toContain('arn:');
    expect(models[4]).not.toHaveProperty('alias');
    expect(models[3].parameters).toMatchObject({ size: { values: expect.arrayContaining(['768x1152']), default: '1024x1024' }, cfgScale: { minimum: 1.1, maximum: 10, default: 8 } });
    expect(models[2].parameters).toMatchObject({ size: { minimum: 320, maximum: 4096, multipleOf: 16, maxPixels: 4_194_303, maxRatio: 4 } });
  });

  it('accepts each name that it tells', async () => {
    const { models } = await list(CONFIG);
    for (const name of models.flatMap(({ id, alias }) => [id, alias ?? id])) {
      expect((await new World(CONFIG).call('POST /images', { body: { prompt: 'x', model: name } })).status).toBe(201);
    }
  });

  it.each([
    ['2026-03-29T23:59:59.999Z', 'active'], ['2026-03-30T00:00:00Z', 'legacy'], ['2026-09-29T23:59:59.999Z', 'legacy'], ['2026-09-30T00:00:00Z', 'ended'],
  ])('at %s tells that Nova Canvas is %s', async (time, status) => {
    const { models } = await list(CONFIG, Date.parse(time));
    expect(models[2].lifecycle).toEqual({ status, legacySince: '2026-03-30', endOfLife: '2026-09-30', replacement: 'stability.stable-image-core-v1:1' });
  });

  it('tells the operations of edits, with what each takes', async () => {
    const { edits = [] } = await list(CONFIG);
    expect(edits.map(({ operation }) => operation)).toEqual(['inpaint', 'outpaint']);
    expect(edits[1]).toMatchObject({
      id: 'stability.stable-outpaint-v1:0',
      name: 'Stable Image Outpaint',
      priceUsd: 0.06,
      region: 'us-east-1',
      parameters: {
        image: { type: 'image', required: true, minSide: 64, maxPixels: 9_437_184, maxRatio: 2.5 },
        left: { type: 'integer', minimum: 0, maximum: 2_000 },
        creativity: { type: 'number', minimum: 0.1, maximum: 1, default: 0.5 },
        count: COUNT,
      },
      rules: { oneOf: ['left', 'right', 'up', 'down'] },
    });
  });

  it('tells of the text model', async () => {
    expect((await list(CONFIG)).text).toMatchObject({
      id: 'amazon.nova-lite-v1:0',
      region: 'us-east-1',
      parameters: {
        prompt: { type: 'text', minLength: 1, maxLength: 100_000, required: true },
        temperature: { type: 'number', minimum: 0, maximum: 1 },
        maxTokens: { type: 'integer', minimum: 1, maximum: 5_000, default: 1_024 },
        stopSequences: { type: 'texts', maxItems: 20 },
      },
    });
  });

  it('tells of no edits and no text model where there are none', async () => {
    expect(Object.keys(await list(CONFIGURATION))).toEqual(['models']);
  });

  it('tells the operator\'s limit of prompts where it is the lower one', async () => {
    const { models, edits = [], text } = await list({ ...CONFIG, policy: { maxChars: 600 } });
    const longest = [...models, ...edits, text].map((one) => (one?.parameters as Record<string, { maxLength?: number }>).prompt.maxLength);
    expect(longest).toEqual([600, 600, 600, 512, 600, 600, 600, 600]);
  });
});

import { imageSize } from 'image-size';
import { ACTIVE_MODELS, DOCUMENTED_ACTIVE_IDS } from '../fixtures/active-models';
import { Client } from '../helpers/e2e/client';
import { createImage, createMask } from '../helpers/e2e/images';

const SIDE = 256;
const INPUT = createImage(SIDE, SIDE).toString('base64');

/** The parameters of each operation, without the image. */
const EDITS: Readonly<Record<string, object>> = {
  'inpaint': { prompt: 'a boat', mask: createMask(SIDE, SIDE).toString('base64'), growMask: 0 },
  'outpaint': { right: 128, creativity: 0.1 },
  'erase': { mask: createMask(SIDE, SIDE).toString('base64') },
  'search-and-replace': { prompt: 'a whale', searchPrompt: 'boat' },
  'search-and-recolor': { prompt: 'green', selectPrompt: 'boat' },
  'remove-background': {},
  'creative-upscale': { prompt: 'a boat', creativity: 0.5 },
  'conservative-upscale': { prompt: 'a boat' },
  'fast-upscale': {},
  'sketch': { prompt: 'a boat', controlStrength: 1, style: 'line-art' },
  'structure': { prompt: 'a boat', controlStrength: 0 },
  'style-guide': { prompt: 'a boat', aspectRatio: '16:9', fidelity: 1 },
  'style-transfer': { styleImage: createImage(300, 200).toString('base64'), changeStrength: 0.1 },
};

/** Response of `GET /models`. */
interface Descriptions {
  readonly models: readonly { readonly id: string; readonly alias: string }[];
  readonly edits: readonly { readonly operation: string }[];
  readonly text: { readonly id: string };
}

describe('examples/models on the emulator, with IAM policies evaluated', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/models', auth: true }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.resetModel('ok'));

  const post = (path: string, body: object, key = client.alice) => client.call(`POST ${path}`, { key, body });
  const usedModels: string[] = [];

  async function expectImage(response: Awaited<ReturnType<typeof post>>) {
    expect([response.status, response.json.code]).toEqual([201, undefined]);
    const [{ url, width, height }] = response.json.images;
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(imageSize(bytes)).toMatchObject({ width, height });
    usedModels.push(String(response.json.model));
    return { bytes, width, height };
  }

  it.each(ACTIVE_MODELS)('generates an image with $alias', async ({ alias }) => {
    await expectImage(await post('/images', { prompt: 'a lighthouse', model: alias, seed: 7 }));
    expect(await client.modelCallCount()).toBe(1);
  });

  it('generates an image from an input image', async () => {
    const { json } = await post('/images', { prompt: 'a lighthouse', seed: 7 });
    const { width } = await expectImage(await post('/images', { prompt: 'at night', model: 'sd3-5-large', image: json.id, strength: 0.5 }));
    expect(width).toBe(1024);
  });

  it.each(Object.keys(EDITS))('edits an image: %s', async (operation) => {
    const response = await post('/images/edits', { operation, image: INPUT, seed: operation.match(/background|fast/) ? undefined : 7, ...EDITS[operation] });
    const { width } = await expectImage(response);
    expect(response.json.operation).toBe(operation);
    if (operation === 'fast-upscale') expect(width).toBe(4 * SIDE);
    if (operation === 'outpaint') expect(width).toBe(SIDE + 128);
  });

  it('covers each active image model', () => {
    expect([...new Set(usedModels)].sort()).toEqual([...DOCUMENTED_ACTIVE_IDS].sort());
  });

  it('edits a stored image of its owner, as JSON and as a form, and returns 404 to another owner', async () => {
    const { json } = await post('/images', { prompt: 'a boat' });
    await expectImage(await post('/images/edits', { operation: 'remove-background', image: json.id }));
    const otherOwner = await post('/images/edits', { operation: 'remove-background', image: json.id }, client.bob);
    expect([otherOwner.status, otherOwner.json.code]).toEqual([404, 'NOT_FOUND']);

    const form = new FormData();
    form.set('operation', 'outpaint');
    form.set('left', '64');
    form.set('image', new Blob([createImage(SIDE, SIDE)], { type: 'image/png' }), 'boat.png');
    const response = await fetch(`${client.app.outputs.baseUrl}/images/edits`, { method: 'POST', headers: { 'x-api-key': client.alice }, body: form });
    const body = await response.json() as { detail?: string; images?: { width: number }[] };
    expect([response.status, body.detail, body.images?.[0].width]).toEqual([201, undefined, SIDE + 64]);
  });

  it('edits an uploaded image of its owner', async () => {
    const { status, json } = await post('/images/uploads', { contentType: 'image/png' });
    const { url, fields } = json as unknown as { url: string; fields: Record<string, string> };
    expect(status).toBe(201);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([createImage(SIDE, SIDE)], { type: 'image/png' }));
    expect((await fetch(url, { method: 'POST', body: form })).ok).toBe(true);
    const { width } = await expectImage(await post('/images/edits', { operation: 'fast-upscale', image: json.id }));
    expect(width).toBe(4 * SIDE);
    expect((await post('/images/edits', { operation: 'fast-upscale', image: json.id }, client.bob)).status).toBe(404);
  });

  it('generates text and enhances prompts', async () => {
    const text = await post('/text', { prompt: 'Name a lighthouse.', maxTokens: 100, temperature: 0, system: 'Be brief.' });
    expect([text.status, text.json]).toEqual([200, expect.objectContaining({ text: expect.any(String), stopReason: 'end_turn', model: 'amazon.nova-2-lite-v1:0' })]);
    const { status, json } = await post('/images', { prompt: 'a lighthouse', enhancePrompt: true });
    expect([status, json.prompt]).toEqual([201, 'a lighthouse']);
    expect(String(json.enhancedPrompt).length).toBeGreaterThan('a lighthouse'.length);
    const stored = await client.call(`GET /images/${json.id}`, { key: client.alice });
    expect(stored.json).toMatchObject({ prompt: 'a lighthouse', enhancedPrompt: json.enhancedPrompt });
  });

  it('rejects invalid requests without a model call', async () => {
    const rejected: [string, object, number][] = [
      ['/images', { prompt: 'where to print Counterfeit  Money' }, 422],
      ['/images', { prompt: 'a\u0007b' }, 400],
      ['/images', { prompt: 'x'.repeat(2001) }, 400],
      ['/images', { prompt: 'x', image: INPUT, strength: 0.5 }, 400],
      ['/images', { prompt: 'x', model: 'sd3-5-large', image: INPUT }, 400],
      ['/images/edits', { operation: 'outpaint', image: INPUT }, 400],
      ['/images/edits', { operation: 'inpaint', image: createImage(63, 200).toString('base64'), prompt: 'x' }, 400],
      ['/images/edits', { operation: 'paint', image: INPUT }, 400],
      ['/text', { prompt: 'x', temperature: 1.1 }, 400],
    ];
    for (const [path, body, status] of rejected) expect([body, (await post(path, body)).status]).toEqual([body, status]);
    expect(await client.modelCallCount()).toBe(0);
  });

  it('returns the model descriptions that a client needs to build a form', async () => {
    const { json } = await client.call('GET /models', { key: client.alice });
    const { models, edits, text } = json as unknown as Descriptions;
    expect(models.map(({ id }) => id).sort()).toEqual(ACTIVE_MODELS.map(({ id }) => id).sort());
    expect(models.find(({ alias }) => alias === 'sd3-5-large')).toMatchObject({
      id: 'stability.sd3-5-large-v1:0',
      priceUsd: 0.08,
      region: 'us-west-2',
      lifecycle: { status: 'active' },
      default: false,
      parameters: {
        // The limit of the prompt policy, which is lower than the limit of the model.
        prompt: { type: 'text', maxLength: 2000, required: true },
        seed: { type: 'integer', minimum: 0, maximum: 4_294_967_294 },
        aspectRatio: { type: 'choice', default: '1:1' },
        strength: { type: 'number', minimum: 0, maximum: 1 },
        image: { type: 'image', formats: ['jpeg', 'png', 'webp'], minSide: 64 },
        outputFormat: { values: ['png', 'jpeg', 'webp'], default: 'png' },
      },
    });
    expect(edits.map(({ operation }) => operation).sort()).toEqual(Object.keys(EDITS).sort());
    expect(text.id).toBe('amazon.nova-2-lite-v1:0');
  });
});

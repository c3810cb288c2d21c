import { CONFIGURATION, World } from '../world';
import { picture } from './pictures';

const CONFIG = {
  ...CONFIGURATION,
  models: [...CONFIGURATION.models, { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }, { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1' }],
  edits: { region: 'us-east-1', operations: ['inpaint', 'search-and-replace', 'style-transfer'] },
  policy: { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } },
};
const [ONE, TWO] = [picture(96, 64), picture(64, 96)];
let world: World;
beforeEach(() => { world = new World(CONFIG); });

const post = (body: unknown, headers: Record<string, string> = {}) => world.call('POST /images', { body, headers });
const edit = (body: unknown) => world.call('POST /images/edits', { body });

describe('a guardrail', () => {
  it.each(['prompt', 'negativePrompt'])('filters by the %s before any model is called', async (field) => {
    const { status, json } = await post({ prompt: 'x', [field]: 'something forbidden' });
    expect([status, json.code, json.detail]).toEqual([422, 'CONTENT_FILTERED', 'the guardrail filtered the prompt']);
    expect(world.models.calls).toHaveLength(0);
  });

  it.each(['prompt', 'searchPrompt'])('filters edits by the %s before any model is called', async (field) => {
    const body = { operation: 'search-and-replace', image: ONE.toString('base64'), prompt: 'x', searchPrompt: 'y', [field]: 'forbidden' };
    expect((await edit(body)).status).toBe(422);
    expect(world.models.calls).toHaveLength(0);
  });

  it('sees the pictures that come in', async () => {
    await edit({ operation: 'style-transfer', image: ONE.toString('base64'), styleImage: TWO.toString('base64') });
    expect(world.guard.seenImages).toEqual([ONE, TWO]);
  });

  it('sees the picture that a drawing starts from', async () => {
    await post({ prompt: 'x', model: 'sd3-5-large', image: ONE.toString('base64'), strength: 0.5 });
    expect(world.guard.seenImages).toEqual([ONE]);
  });

  it('keeps back a picture that it filters', async () => {
    world.guard.filtersImages = () => true;
    const { status, json } = await post({ prompt: 'x' });
    expect([status, json.code, json.detail]).toEqual([422, 'CONTENT_FILTERED', 'the guardrail filtered the output image']);
    expect([world.store.objects.size, world.records.items.length]).toEqual([0, 0]);
  });

  it.each(['stable-image-core', 'nova-canvas'])('lets the others of several by %s through', async (model) => {
    let looked = 0;
    world.guard.filtersImages = () => ++looked === 2;
    const { status, json } = await post({ prompt: 'x', model, count: 3, seed: 5 });
    expect([status, json.images.length]).toEqual([201, 2]);
    const seed = model === 'nova-canvas' ? 5 : 6;
    expect(json.failures).toEqual([{ seed, code: 'CONTENT_FILTERED', detail: 'the guardrail filtered the output image' }]);
    expect([world.store.objects.size, world.records.items[0].images.length]).toEqual([2, 2]);
  });

  it('is not asked again for what it filtered', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    await post({ prompt: 'forbidden' }, headers);
    expect((await post({ prompt: 'forbidden' }, headers)).json.detail).toBe('the guardrail filtered the prompt');
    expect(world.guard.seen).toHaveLength(1);
  });

  it('that cannot be asked lets nothing pass, and the log says why', async () => {
    world.guard.fails = (text) => new Error(`not authorized to perform bedrock:ApplyGuardrail on ${text}`);
    const { status, json } = await post({ prompt: 'a secret prompt' });
    expect([status, json.code]).toEqual([503, 'MODEL_BUSY']);
    expect(world.models.calls).toHaveLength(0);
    expect(world.logs.join()).toContain('not authorized to perform bedrock:ApplyGuardrail on [redacted]');
  });

  it('is no reason to pay for a picture that it cannot look at', async () => {
    for (const { headers, outputFormat } of [{ outputFormat: 'webp' }, { headers: { Accept: 'image/webp' } }]) {
      const { status, json } = await post({ prompt: 'x', model: 'sd3-5-large', outputFormat }, headers);
      expect([status, json.errors]).toEqual([400, [{ pointer: '/outputFormat', detail: 'must be one of png, jpeg, which the guardrail of this API can look at' }]]);
    }
    expect(world.models.calls).toHaveLength(0);
  });

  it('narrows what GET /models tells', async () => {
    const { json } = await world.call('GET /models');
    for (const { parameters } of [...json.models as { parameters: object }[], ...json.edits as { parameters: object }[]]) {
      expect(JSON.stringify(parameters)).not.toContain('"values":["png","jpeg","webp"]');
    }
  });
});

it('without a guardrail nobody looks', async () => {
  world = new World({ ...CONFIG, policy: undefined });
  expect((await post({ prompt: 'forbidden', model: 'sd3-5-large', outputFormat: 'webp' })).status).toBe(201);
  expect(world.guard.seen).toHaveLength(0);
});

import { ApiError } from '../../../src/handlers/shared/errors';
import { picture } from '../../fixtures/images';
import { CONFIGURATION, PNG, START, throttled, TIME_MS, World } from '../../helpers/world';

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

  describe('that cannot be asked about a picture', () => {
    const headers = { 'Idempotency-Key': 'k' };
    const unreachable = (_: string, what: string) => (what === 'output image' ? new Error('no connection') : undefined);
    beforeEach(() => { world.guard.fails = unreachable; });

    const two = () => post({ prompt: 'x', count: 2, seed: 5 }, headers);
    /** The first of two fails by this, until the answer is called. */
    function failing(error: ApiError): () => void {
      const { drawing } = world.models;
      world.models.drawing = (input) => { if (input.seed === 5) throw error; return drawing(input); };
      return () => { world.models.drawing = drawing; };
    }

    it('gives it to nobody, and does not ask for a repetition that would be charged', async () => {
      const { status, json, headers: answered } = await post({ prompt: 'x' });
      expect([status, json.code, json.detail]).toEqual([502, 'MODEL_ERROR', expect.stringMatching(/charged.*with an Idempotency-Key/)]);
      expect(answered).not.toHaveProperty('Retry-After');
      expect([world.store.objects.size, world.records.items.length]).toEqual([0, 0]);
      expect(world.logs.join()).toContain('no connection');
    });

    it('gives it to nobody where the bucket does not take it either', async () => {
      world.store.fails = () => true;
      expect((await post({ prompt: 'x' }, headers)).json.code).toBe('MODEL_ERROR');
      expect(world.claims.items.size).toBe(0);
    });

    it('lets others of several through', async () => {
      let looked = 0;
      world.guard.fails = (_text, what) => (what === 'output image' && ++looked === 2 ? new Error('no connection') : undefined);
      const { status, json } = await post({ prompt: 'x', count: 3 });
      expect([status, json.images.length, json.failures]).toEqual([201, 2, [expect.objectContaining({ code: 'MODEL_ERROR' })]]);
    });

    it('has others of several wait for it, so that all of them come with the next attempt', async () => {
      let looked = 0;
      world.guard.fails = (_text, what) => (what === 'output image' && ++looked === 2 ? new Error('no connection') : undefined);
      const { status, json, headers: { 'Retry-After': after } } = await post({ prompt: 'x', count: 4 }, headers);
      expect([status, json.code, after]).toEqual([503, 'MODEL_BUSY', '10']);
      const again = await post({ prompt: 'x', count: 4 }, headers);
      expect([again.status, again.json.images.length, again.json.failures]).toEqual([201, 4, undefined]);
      expect(world.models.calls).toHaveLength(4);
    });

    it('does not have one wait that lies nowhere', async () => {
      let looked = 0;
      world.guard.fails = (_text, what) => (what === 'output image' && ++looked === 1 ? new Error('no connection') : undefined);
      world.store.fails = (key) => key.endsWith('1.png');
      const { status, json } = await post({ prompt: 'x', count: 2 }, headers);
      expect([status, json.warning, json.images.length, json.failures]).toEqual([201, 'STORAGE_FAILED', 1, [expect.objectContaining({ code: 'MODEL_BUSY' })]]);
    });

    it.each([1, 3])('looks at it when the same request comes again, and nothing is paid twice: %i of them', async (count) => {
      expect((await post({ prompt: 'x', count }, headers)).status).toBe(503);
      expect((await post({ prompt: 'x', count }, headers)).status).toBe(503);
      expect(world.records.items).toHaveLength(0);
      world.guard.fails = () => undefined;
      const { status, json } = await post({ prompt: 'x', count }, headers);
      expect([status, json.images.length, world.models.calls.length]).toEqual([201, count, count]);
    });

    it('draws again only what was not paid', async () => {
      const drawsAgain = failing(throttled());
      expect((await two()).status).toBe(503);
      drawsAgain();
      world.guard.fails = () => undefined;
      expect((await two()).json.images).toHaveLength(2);
      expect(world.models.calls.filter(({ seed }) => seed === 6)).toHaveLength(1);
    });

    it.each([true, false])('can still take offence at it, and then it is removed: %s', async (removes) => {
      await post({ prompt: 'x' }, headers);
      expect(world.store.objects.size).toBe(1);
      world.guard.fails = () => undefined;
      world.guard.filtersImages = ({ bytes }) => PNG.equals(bytes);
      if (!removes) world.store.remove = async () => { throw new Error('no permission'); };
      const { status, json } = await post({ prompt: 'x' }, headers);
      expect([status, json.detail]).toEqual([422, 'the guardrail filtered the output image']);
      expect(world.store.objects.size).toBe(removes ? 0 : 1);
      expect(world.logs.join().includes('image not removed')).toBe(!removes);
      expect((await post({ prompt: 'x' }, headers)).status).toBe(422);
      expect([world.models.calls.length, world.records.items.length]).toEqual([1, 0]);
    });

    it.each([['guardrail', 2], ['model', 1]])('does not lose it when the next attempt fails for another reason: %s', async (what, images) => {
      const drawsAgain = failing(throttled());
      expect((await two()).status).toBe(503);
      drawsAgain();
      if (what === 'guardrail') world.guard.fails = () => new Error('no connection');
      else failing(new ApiError('MODEL_ERROR', 'failed'));
      expect((await two()).status).toBe(503);
      world.guard.fails = () => undefined;
      expect((await two()).json.images).toHaveLength(images);
      expect(world.models.calls.filter(({ seed }) => seed === 6)).toHaveLength(1);
    });

    it('does not lose it when it cannot be read, either', async () => {
      await post({ prompt: 'x' }, headers);
      world.guard.fails = () => undefined;
      const read = jest.spyOn(world.store, 'read').mockRejectedValueOnce(new Error('S3 is slow'));
      expect((await post({ prompt: 'x' }, headers)).status).toBe(500);
      expect((await post({ prompt: 'x' }, headers)).status).toBe(201);
      expect([world.models.calls.length, read.mock.calls.length]).toEqual([1, 2]);
    });
  });

  it.each(['png', 'jpeg'])('lets %s be asked for', async (outputFormat) => {
    expect((await post({ prompt: 'x', model: 'sd3-5-large', outputFormat })).status).toBe(201);
  });

  it('has the time that leaves 3 seconds for storing, and one for the answer', async () => {
    await post({ prompt: 'x' });
    expect(world.guard.deadlines).toEqual([START + TIME_MS - 6_000, START + TIME_MS - 4_000]);
  });

  it('is no reason to pay for a picture that it cannot look at', async () => {
    for (const { headers, outputFormat } of [{ outputFormat: 'webp' }, { headers: { Accept: 'image/webp' } }]) {
      const { status, json } = await post({ prompt: 'x', model: 'sd3-5-large', outputFormat }, headers);
      expect([status, json.errors]).toEqual([400, [{ pointer: '/outputFormat', detail: 'must be one of png, jpeg for stability.sd3-5-large-v1:0, got "webp"' }]]);
    }
    expect(world.models.calls).toHaveLength(0);
  });

  it('is no reason to look at a picture that it cannot, either', async () => {
    const image = picture(96, 64, 'webp').toString('base64');
    const { status, json } = await edit({ operation: 'search-and-replace', image, prompt: 'x', searchPrompt: 'y' });
    expect([status, json.errors[0].detail]).toEqual([400, expect.stringContaining('must be one of jpeg, png, got image/webp')]);
    expect(world.guard.seen).toHaveLength(0);
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

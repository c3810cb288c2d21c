import { ApiError } from '../../../src/handlers/shared/api-error';
import { imageFile } from '../../fixtures/images';
import { CONFIGURATION, PNG, REMAINING_TIME_MS, START, throttled, World } from '../../helpers/world';

const CONFIG = {
  ...CONFIGURATION,
  models: [...CONFIGURATION.models, { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }, { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1' }],
  edits: { region: 'us-east-1', operations: ['inpaint', 'search-and-replace', 'style-transfer'] },
  policy: { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } },
};
const [ONE, TWO] = [imageFile(96, 64), imageFile(64, 96)];
let world: World;
beforeEach(() => { world = new World(CONFIG); });

const post = (body: unknown, headers: Record<string, string> = {}) => world.call('POST /images', { body, headers });
const edit = (body: unknown) => world.call('POST /images/edits', { body });
/** Fails the n-th check of an output image, or all. */
const failCheck = (check?: number) => {
  let checks = 0;
  world.guardrail.fails = (_text, what) => (what === 'output image' && (++checks === check || check === undefined) ? new Error('no connection') : undefined);
};
const restoreGuardrail = () => { world.guardrail.fails = () => undefined; };

describe('the guardrail check of a request', () => {
  it.each(['prompt', 'negativePrompt'])('filters by %s before the model is called', async (field) => {
    const { status, json } = await post({ prompt: 'x', [field]: 'something forbidden' });
    expect(status).toBe(422);
    expect(json).toMatchObject({ code: 'CONTENT_FILTERED', detail: 'the guardrail filtered the prompt' });
    expect(world.models.calls).toEqual([]);
  });

  it.each(['prompt', 'searchPrompt'])('filters edits by %s before the model is called', async (field) => {
    const body = { operation: 'search-and-replace', image: ONE.toString('base64'), prompt: 'x', searchPrompt: 'y', [field]: 'forbidden' };
    expect((await edit(body)).status).toBe(422);
    expect(world.models.calls).toEqual([]);
  });

  it('includes the input images of an edit', async () => {
    await edit({ operation: 'style-transfer', image: ONE.toString('base64'), styleImage: TWO.toString('base64') });
    expect(world.guardrail.checkedImages).toEqual([ONE, TWO]);
  });

  it('includes the input image of POST /images', async () => {
    await post({ prompt: 'x', model: 'sd3-5-large', image: ONE.toString('base64'), strength: 0.5 });
    expect(world.guardrail.checkedImages).toEqual([ONE]);
  });

  it('is not repeated for a filtered request with the same key', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    await post({ prompt: 'forbidden' }, headers);
    expect((await post({ prompt: 'forbidden' }, headers)).json.detail).toBe('the guardrail filtered the prompt');
    expect(world.guardrail.checked).toHaveLength(1);
  });

  it('returns 503 without a model call if it fails, and logs the cause without the prompt', async () => {
    world.guardrail.fails = (text) => new Error(`is not authorized to perform: bedrock:ApplyGuardrail on ${text}`);
    expect(await post({ prompt: 'a secret prompt' })).toMatchObject({ status: 503, json: { code: 'MODEL_BUSY' } });
    expect(world.models.calls).toEqual([]);
    expect(world.logs.join()).toContain('is not authorized to perform: bedrock:ApplyGuardrail');
  });

  it('does not run without a guardrail', async () => {
    world = new World({ ...CONFIG, policy: undefined });
    expect((await post({ prompt: 'forbidden', model: 'sd3-5-large', outputFormat: 'webp' })).status).toBe(201);
    expect(world.guardrail.checked).toEqual([]);
  });
});

describe('the guardrail check of a generated image', () => {
  it('returns 422 without storing an image that is filtered', async () => {
    world.guardrail.filtersImages = () => true;
    const { status, json } = await post({ prompt: 'x' });
    expect(status).toBe(422);
    expect(json).toMatchObject({ code: 'CONTENT_FILTERED', detail: 'the guardrail filtered the output image' });
    expect(world.store.objects.size).toBe(0);
    expect(world.records.items).toEqual([]);
  });

  it.each([['stable-image-core', 6], ['nova-canvas', 5]])('returns the other images of %s if one is filtered, with seed %i of the call', async (model, seed) => {
    let checks = 0;
    world.guardrail.filtersImages = () => ++checks === 2;
    const { status, json } = await post({ prompt: 'x', model, count: 3, seed: 5 });
    expect(status).toBe(201);
    expect(json.images).toHaveLength(2);
    expect(json.failures).toEqual([{ seed, code: 'CONTENT_FILTERED', detail: 'the guardrail filtered the output image', charged: 'yes', filtered: 'output' }]);
    expect(world.store.objects.size).toBe(2);
    expect(world.records.items[0].images).toHaveLength(2);
  });

  it('logs no error if it passes', async () => {
    expect((await post({ prompt: 'x', count: 2 })).status).toBe(201);
    expect(world.logs.join()).not.toContain('"level":"error"');
  });

  it('ends 4 seconds before the timeout, that of the request 6 seconds before', async () => {
    await post({ prompt: 'x' });
    expect(world.guardrail.deadlines).toEqual([START + REMAINING_TIME_MS - 6_000, START + REMAINING_TIME_MS - 4_000]);
  });
});

describe('a request whose generated image cannot be checked', () => {
  const headers = { 'Idempotency-Key': 'k' };
  const postTwo = () => post({ prompt: 'x', count: 2, seed: 5 }, headers);
  beforeEach(() => failCheck());

  /** Fails the first of two images until the returned function is called. */
  function failFirst(error: ApiError): () => void {
    const { respond } = world.models;
    world.models.respond = (input) => { if (input.seed === 5) throw error; return respond(input); };
    return () => { world.models.respond = respond; };
  }

  it('returns 502 without Retry-After if it has no key, because a retry would be charged', async () => {
    const { status, json, headers: responseHeaders } = await post({ prompt: 'x' });
    expect(status).toBe(502);
    expect(json).toMatchObject({ code: 'MODEL_ERROR', detail: expect.stringMatching(/charged.*with an Idempotency-Key/) });
    expect(responseHeaders).not.toHaveProperty('Retry-After');
    expect(world.store.objects.size).toBe(0);
    expect(world.records.items).toEqual([]);
    expect(world.logs.join()).toContain('"code":"MODEL_ERROR","cause":"Error"');
  });

  it('returns 502 if the image cannot be stored either, also when it is repeated', async () => {
    world.store.fails = () => true;
    expect((await post({ prompt: 'x' }, headers)).json.code).toBe('MODEL_ERROR');
    expect((await post({ prompt: 'x' }, headers)).json.code).toBe('MODEL_ERROR');
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns the other images if it has no key', async () => {
    failCheck(2);
    const { status, json } = await post({ prompt: 'x', count: 3 });
    expect(status).toBe(201);
    expect(json.images).toHaveLength(2);
    expect(json.failures).toMatchObject([{ code: 'MODEL_ERROR' }]);
  });

  it('returns 503 with a key, and all images when it is repeated', async () => {
    failCheck(2);
    expect(await post({ prompt: 'x', count: 4 }, headers)).toMatchObject({ status: 503, json: { code: 'MODEL_BUSY' }, headers: { 'Retry-After': '10' } });
    const repeated = await post({ prompt: 'x', count: 4 }, headers);
    expect(repeated.status).toBe(201);
    expect(repeated.json.images).toHaveLength(4);
    expect(repeated.json).not.toHaveProperty('failures');
    expect(world.models.calls).toHaveLength(4);
  });

  it('returns the other image if that one could not be stored', async () => {
    failCheck(1);
    world.store.fails = (key) => key.endsWith('1.png');
    const { status, json } = await post({ prompt: 'x', count: 2 }, headers);
    expect(status).toBe(201);
    expect(json).toMatchObject({ warning: 'STORAGE_FAILED', images: [{}], failures: [{ code: 'MODEL_BUSY' }] });
  });

  it.each([1, 3])('checks the stored image when it is repeated, without a model call: count %i', async (count) => {
    expect((await post({ prompt: 'x', count }, headers)).status).toBe(503);
    expect((await post({ prompt: 'x', count }, headers)).status).toBe(503);
    expect(world.records.items).toEqual([]);
    restoreGuardrail();
    const { status, json } = await post({ prompt: 'x', count }, headers);
    expect(status).toBe(201);
    expect(json.images).toHaveLength(count);
    expect(world.models.calls).toHaveLength(count);
  });

  it('generates only the images that were not charged when it is repeated', async () => {
    const restoreModel = failFirst(throttled());
    expect((await postTwo()).status).toBe(503);
    restoreModel();
    restoreGuardrail();
    expect((await postTwo()).json.images).toHaveLength(2);
    expect(world.models.calls.filter(({ seed }) => seed === 6)).toHaveLength(1);
  });

  it.each([['is deleted', true], ['remains if S3 fails', false]])('returns 422 if the stored image is filtered when it is repeated; the image %s', async (_what, deletes) => {
    await post({ prompt: 'x' }, headers);
    expect(world.store.objects.size).toBe(1);
    restoreGuardrail();
    world.guardrail.filtersImages = ({ bytes }) => PNG.equals(bytes);
    if (!deletes) world.store.remove = async () => { throw new Error('no permission'); };
    const { status, json } = await post({ prompt: 'x' }, headers);
    expect(status).toBe(422);
    expect(json.detail).toBe('the guardrail filtered the output image');
    expect(world.store.objects.size).toBe(deletes ? 0 : 1);
    expect(world.logs.join().includes('image not deleted')).toBe(!deletes);
    expect((await post({ prompt: 'x' }, headers)).status).toBe(422);
    expect(world.models.calls).toHaveLength(1);
    expect(world.records.items).toEqual([]);
  });

  it.each([['guardrail', 2], ['model', 1]])('does not lose the stored image if the %s fails when it is repeated', async (what, images) => {
    const restoreModel = failFirst(throttled());
    expect((await postTwo()).status).toBe(503);
    restoreModel();
    if (what === 'guardrail') world.guardrail.fails = () => new Error('no connection');
    else failFirst(new ApiError('MODEL_ERROR', 'failed'));
    expect((await postTwo()).status).toBe(503);
    restoreGuardrail();
    expect((await postTwo()).json.images).toHaveLength(images);
    expect(world.models.calls.filter(({ seed }) => seed === 6)).toHaveLength(1);
  });

  it('does not lose the stored image if S3 fails when it is repeated', async () => {
    await post({ prompt: 'x' }, headers);
    restoreGuardrail();
    const read = jest.spyOn(world.store, 'read').mockRejectedValueOnce(new Error('S3 is slow'));
    expect((await post({ prompt: 'x' }, headers)).status).toBe(500);
    expect((await post({ prompt: 'x' }, headers)).status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
    expect(read).toHaveBeenCalledTimes(2);
  });
});

describe('the image formats of an API with a guardrail', () => {
  it.each(['png', 'jpeg'])('include %s', async (outputFormat) => {
    expect((await post({ prompt: 'x', model: 'sd3-5-large', outputFormat })).status).toBe(201);
  });

  it('do not include WebP, which guardrails do not support', async () => {
    const { status, json } = await post({ prompt: 'x', model: 'sd3-5-large', outputFormat: 'webp' });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/outputFormat', detail: 'must be one of png, jpeg for stability.sd3-5-large-v1:0, got "webp"' }]);
    expect(world.models.calls).toEqual([]);
    const { headers } = await post({ prompt: 'x', model: 'sd3-5-large' }, { Accept: 'image/webp, image/jpeg' });
    expect(headers['Content-Type']).not.toBe('application/json');
    expect(world.models.calls[0].outputFormat).toBe('jpeg');
  });

  it('do not include WebP for input images', async () => {
    const image = imageFile(96, 64, 'webp').toString('base64');
    const { status, json } = await edit({ operation: 'search-and-replace', image, prompt: 'x', searchPrompt: 'y' });
    expect(status).toBe(400);
    expect(json.errors[0].detail).toContain('must be one of jpeg, png, got image/webp');
    expect(world.guardrail.checked).toEqual([]);
  });

  it('are those that GET /models returns', async () => {
    const { json } = await world.call('GET /models');
    for (const { parameters } of [...json.models as { parameters: object }[], ...json.edits as { parameters: object }[]]) {
      expect(JSON.stringify(parameters)).not.toContain('"values":["png","jpeg","webp"]');
    }
  });
});

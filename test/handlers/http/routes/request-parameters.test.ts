import { imageFile } from '../../../fixtures/images';
import { QUEUED, QueuedWorld } from '../../../helpers/queued-world';
import { CONFIGURATION, CORE, World } from '../../../helpers/world';

const OPERATIONS = ['outpaint', 'search-and-replace', 'search-and-recolor', 'style-transfer', 'inpaint'];
const MODELS = ['stability.stable-image-core-v1:1', 'stability.sd3-5-large-v1:0', 'amazon.nova-canvas-v1:0', 'amazon.nova-2-omni-v1:0'];
const CONFIG = {
  ...CONFIGURATION,
  models: MODELS.map((id) => ({ id, region: 'us-west-2' })),
  edits: { region: 'us-east-1', operations: OPERATIONS },
  textModel: { id: 'amazon.nova-lite-v1:0', region: 'us-east-1' },
};
const FILE = imageFile(96, 64);
const base64 = FILE.toString('base64');

const worldWith = (more: object = {}) => {
  const world = new World({ ...CONFIG, ...more });
  world.models.respond = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 96, height: 64 });
  return world;
};
const post = (world: World, body: object, headers: Record<string, string> = {}) =>
  world.call('operation' in body ? 'POST /images/edits' : 'POST /images', { body, headers });

describe('the parameters of an image', () => {
  it.each<[string, object, object]>([
    ['of a model with aspect ratios', { negativePrompt: 'fog', seed: 7, count: 2, response: 'base64' }, { negativePrompt: 'fog', aspectRatio: '1:1', seed: 7, outputFormat: 'png' }],
    ['of an approximated size', { width: 1792, height: 1024, seed: 7, outputFormat: 'jpeg' }, { aspectRatio: '16:9', seed: 7, outputFormat: 'jpeg' }],
    [
      'of a model with sizes, styles and qualities',
      { model: 'nova-canvas', style: 'soft-digital-painting', cfgScale: 6.5, quality: 'premium', seed: 7 },
      { width: 1024, height: 1024, style: 'soft-digital-painting', cfgScale: 6.5, quality: 'premium', seed: 7, outputFormat: 'png' },
    ],
    ['of an image from an image', { model: 'sd3-5-large', image: base64, strength: 0.5, seed: 7 }, { strength: 0.5, seed: 7, outputFormat: 'png' }],
    ['of a model without seeds', { model: 'nova-2-omni' }, { outputFormat: 'png' }],
    ['of an enhanced prompt', { enhancePrompt: true, seed: 7 }, { aspectRatio: '1:1', seed: 7, outputFormat: 'png', enhancePrompt: true }],
    ['of an edit', { operation: 'outpaint', image: base64, left: 8, up: 0, creativity: 0.35, style: 'anime', seed: 7 }, { left: 8, up: 0, creativity: 0.35, style: 'anime', seed: 7, outputFormat: 'png' }],
    [
      'of an edit with texts',
      { operation: 'search-and-replace', image: base64, searchPrompt: 'the dog', negativePrompt: 'fog', growMask: 3, seed: 7 },
      { searchPrompt: 'the dog', negativePrompt: 'fog', growMask: 3, seed: 7, outputFormat: 'png' },
    ],
    [
      'of an edit with several images',
      { operation: 'style-transfer', image: base64, styleImage: base64, styleStrength: 0.2, seed: 7 },
      { styleStrength: 0.2, seed: 7, outputFormat: 'png' },
    ],
  ])('are those of the model call, %s', async (_which, body, parameters) => {
    const world = worldWith();
    const { status, json } = await post(world, { prompt: 'a fox', ...body });
    expect({ status, parameters: json.parameters }).toEqual({ status: 201, parameters });
    expect((await world.call(`GET /images/${json.id}`)).json.parameters).toEqual(parameters);
    expect((await world.call('GET /images')).json.images).toMatchObject([{ parameters }]);
  });

  it('have the seed of the first image if the request has none', async () => {
    const world = worldWith();
    const { json } = await post(world, { prompt: 'a fox', count: 3 });
    expect(json.parameters).toEqual({ aspectRatio: '1:1', seed: json.images[0].seed, outputFormat: 'png' });
    expect(world.models.calls.map(({ seed }) => seed)).toContain(json.images[0].seed);
  });

  it('are a request that generates the image again', async () => {
    const world = worldWith();
    const { json: { parameters } } = await post(world, { prompt: 'a fox', negativePrompt: 'fog', aspectRatio: '9:16' });
    expect((await post(world, { prompt: 'a fox', ...parameters as object })).status).toBe(201);
    expect(world.models.calls[1]).toEqual(world.models.calls[0]);
  });

  it('are recorded by OpenAI routes, and absent in older records', async () => {
    const world = worldWith();
    const { json: { id } } = await world.call('POST /v1/images/generations', { body: { prompt: 'a fox', size: '1792x1024', output_format: 'jpeg' } });
    expect((await world.call(`GET /images/${id}`)).json.parameters).toMatchObject({ aspectRatio: '16:9', outputFormat: 'jpeg' });
    const { parameters, ...older } = world.records.items[0];
    world.records.items.splice(0, 1, older);
    expect((await world.call(`GET /images/${id}`)).json).not.toHaveProperty('parameters');
  });
});

const SECRET = 'secret';
const TEXTS: readonly object[] = [
  { prompt: SECRET, negativePrompt: SECRET },
  { operation: 'search-and-replace', image: base64, prompt: SECRET, searchPrompt: SECRET, negativePrompt: SECRET },
  { operation: 'search-and-recolor', image: base64, prompt: SECRET, selectPrompt: SECRET, negativePrompt: SECRET },
  // without a prompt
  { operation: 'style-transfer', image: base64, styleImage: base64, negativePrompt: SECRET },
];

/** The names of the parameters whose value is the secret text, and the text itself. */
const namesOf = (body: object) => Object.keys(body).filter((name) => name.endsWith('Prompt'));

describe.each([
  ['store', expect.stringMatching(/^secret$/)], ['hash', expect.stringMatching(/^sha256:[0-9a-f]{64}$/)], ['none', undefined],
] as const)('with retention %s', (retention, stored) => {
  it.each(TEXTS)('the texts of %j are stored like the prompt', async (body) => {
    const world = worldWith({ policy: { retention } });
    const headers = { 'Idempotency-Key': 'k' };
    const expected = (text: unknown) => Object.fromEntries(namesOf(body).map((name) => [name, text]));
    const textsOf = (parameters: unknown) => Object.fromEntries(namesOf(body).map((name) => [name, (parameters as Record<string, unknown>)[name]]));

    const { status, json } = await post(world, body, headers);
    // the first response has the texts as sent
    expect({ status, texts: textsOf(json.parameters) }).toEqual({ status: 201, texts: expected(SECRET) });
    const responses = [await post(world, body, headers), await world.call(`GET /images/${json.id}`)];
    for (const { json: { parameters } } of responses) expect(textsOf(parameters)).toEqual(expected(stored));
    expect(textsOf(world.records.items[0].parameters)).toEqual(expected(stored));
    if (retention !== 'store') expect(JSON.stringify([world.records.items, responses])).not.toContain(SECRET);
    expect(JSON.stringify(world.records.items)).not.toContain(base64);
  });

  it('the texts of a job are stored like the prompt, also if it fails', async () => {
    const world = new QueuedWorld({ ...QUEUED, policy: { retention } });
    const { status, json } = await world.enqueue({ prompt: SECRET, negativePrompt: SECRET, seed: 7 });
    const parameters = { aspectRatio: '1:1', seed: 7, outputFormat: 'png', ...(stored && { negativePrompt: stored }) };
    expect({ status, parameters: json.parameters }).toEqual({ status: 202, parameters });
    expect(await world.status(json.id)).toMatchObject({ status: 'queued', parameters });
    world.models.failWith(new TypeError('bug'));
    await world.drain();
    expect(await world.status(json.id)).toMatchObject({ status: 'failed', parameters });
    const { json: { id } } = await world.enqueue({ prompt: SECRET, negativePrompt: SECRET, seed: 7 });
    await world.drain();
    expect(await world.status(id)).toMatchObject({ status: 'succeeded', model: CORE, parameters });
    if (retention !== 'store') expect(JSON.stringify(world.records.items)).not.toContain(SECRET);
  });
});

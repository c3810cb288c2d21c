import { ApiError } from '../../../../src/handlers/shared/api-error';
import { ROUTE_SETS, type ConfiguredLegacyRoute, type HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { CONFIGURATION, START, throttled, World, type Call } from '../../../helpers/world';

const JOB: ConfiguredLegacyRoute = {
  path: '/generate',
  methods: ['POST'],
  prompt: 'text',
  parameters: { style: 'prompt', mood: 'prompt', resolution: 'size', count: 'count' },
  reply: 'job',
  statusPath: '/image/{image_id}',
};
const QUEUED: HandlerConfiguration = {
  ...CONFIGURATION,
  routes: [],
  legacy: [JOB],
  models: [{ id: 'sd-endpoint', region: 'us-west-2', family: 'sagemaker-stable-diffusion', service: 'sagemaker' }],
  queue: { url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 3600 },
};

let world: World;
beforeEach(() => { world = new World(QUEUED); });

const generate = (body: unknown, call: Call = {}) => world.call('POST /generate', { body, ...call });
const poll = (id: unknown, call: Call = {}) => world.call(`GET /image/${String(id)}`, call);
const message = () => world.queue.messages.at(-1)!.message;

describe('the routes of a legacy job', () => {
  it('return an id immediately', async () => {
    const { status, json } = await generate({ text: 'a fox', style: 'watercolor', resolution: '512x768' });
    expect(status).toBe(200);
    expect(json).toEqual(expect.objectContaining({
      image_id: json.id, status: 'processing', estimated_time: Math.ceil(15 * (1 + 1 / 4)), prompt: 'a fox, watercolor', model: 'sd-endpoint',
    }));
    expect(world.models.calls).toEqual([]);
    expect(json).not.toHaveProperty('ignoredParameters');
  });

  it('return the status until the image is generated', async () => {
    const { json: { image_id: id } } = await generate({ text: 'a fox', style: 'watercolor', resolution: '512x768' });
    expect((await poll(id)).json).toMatchObject({ image_id: id, status: 'processing', images: [] });
    world.time += 3_000;
    expect(await world.deliver(message())).toBe(true);
    const { status, json } = await poll(id);
    expect(status).toBe(200);
    expect(json).toMatchObject({ image_id: id, status: 'completed', generated_at: new Date(START + 3_000).toISOString() });
    expect(json.image_url).toBe(json.images[0].url);
    expect(json.image_url).toMatch(/^https:\/\/signed\//);
    expect(world.models.calls).toEqual([expect.objectContaining({ prompt: 'a fox, watercolor', width: 512, height: 768 })]);
  });

  it('return the reason when the generation failed', async () => {
    const { json: { image_id: id } } = await generate({ text: 'a fox' });
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'the model filtered the prompt'));
    await world.deliver(message());
    const { status, json } = await poll(id);
    expect(status).toBe(200);
    expect(json).toMatchObject({ image_id: id, status: 'failed', error: 'the model filtered the prompt' });
    expect(json).not.toHaveProperty('image_url');
  });

  it('return processing while the model is throttled', async () => {
    const { json: { image_id: id } } = await generate({ text: 'a fox' });
    world.models.failWith(throttled(), throttled(), throttled());
    await world.deliver(message());
    expect((await poll(id)).json.status).toBe('processing');
  });

  it('return expired when the image has expired', async () => {
    const { json: { image_id: id } } = await generate({ text: 'a fox' });
    await world.deliver(message());
    world.time += 31 * 24 * 3600_000;
    const { json } = await poll(id);
    expect(json.status).toBe('expired');
    expect(json).not.toHaveProperty('image_url');
  });

  it.each([['an unknown id', '01JD0000000000000000009999'], ['an id in another format', 'sd-1234-5678'], ['a blank id', '%20']])('return 404 for %s', async (_case, id) => {
    expect(await poll(id)).toMatchObject({ status: 404, json: { code: 'NOT_FOUND', detail: 'the image does not exist or belongs to another owner' } });
  });

  it('return 404 to another owner', async () => {
    const { json: { image_id: id } } = await generate({ text: 'a fox' });
    expect((await poll(id, { keyId: 'key-b' })).status).toBe(404);
    expect((await poll(id)).status).toBe(200);
  });

  it('return the same job for the same Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const first = await generate({ text: 'a fox' }, { headers });
    expect((await generate({ text: 'a fox' }, { headers })).json).toMatchObject({ image_id: first.json.image_id, status: 'processing' });
    await world.deliver(message());
    const { json } = await generate({ text: 'a fox' }, { headers });
    expect(json).toMatchObject({ image_id: first.json.image_id, status: 'completed', image_url: expect.stringMatching(/^https/) });
    expect(json).not.toHaveProperty('estimated_time');
    expect(world.models.calls).toHaveLength(1);
  });

  it('return 404 when the API has no queue', async () => {
    const { queue, ...configuration } = QUEUED;
    world = new World(configuration);
    expect(await generate({ text: 'a fox' })).toMatchObject({ status: 404, json: { code: 'NOT_FOUND', detail: 'this API has no queue' } });
  });

  // World compares each response with the OpenAPI document
  it('return the error of a filtered prompt, and of a failed job under its key', async () => {
    world = new World({ ...QUEUED, policy: { deny: ['gun'] } });
    expect((await generate({ text: 'x', style: 'a gun' })).status).toBe(422);
    const headers = { 'Idempotency-Key': 'k' };
    world.models.failWith(new ApiError('MODEL_ERROR', 'reset', { mayBeCharged: true }));
    await generate({ text: 'x' }, { headers });
    await world.deliver(message());
    expect(await generate({ text: 'x' }, { headers })).toMatchObject({ status: 502, json: { code: 'MODEL_ERROR' } });
    expect(world.models.calls).toHaveLength(1);
  });

  it('do not replace other routes', async () => {
    world = new World({ ...QUEUED, routes: ROUTE_SETS });
    const { json: { image_id: id } } = await generate({ text: 'a fox' });
    expect(await world.call('GET /images')).toMatchObject({ status: 200, json: { images: [{ id }] } });
  });

  it('generate several images, also without a text model', async () => {
    const { json: { image_id: id } } = await generate({ text: 'a fox', count: 2 });
    await world.deliver(message());
    expect((await poll(id)).json.images).toHaveLength(2);
  });

  it('accept only POST to enqueue, and only GET for the status', async () => {
    const { json: { image_id: id } } = await generate({ text: 'a fox' });
    expect((await world.call(`POST /image/${String(id)}`, { body: {} })).status).toBe(404);
    expect((await world.call('GET /generate', { query: { text: 'a fox' } })).status).toBe(404);
  });
});

describe('legacy fields that map to a prompt or a size', () => {
  const input = () => world.models.calls[0];
  const generateAndDeliver = async (body: unknown) => { await generate(body); await world.deliver(message()); };

  it('are appended to the prompt in their order, unless they are blank', async () => {
    await generateAndDeliver({ mood: 'calm', style: ' ', text: 'a fox' });
    expect(input().prompt).toBe('a fox, calm');
  });

  it.each(['512x768', ' 512 X 768 ', '512×768', '512*768', '512,768'])('are converted to width and height: %s', async (resolution) => {
    await generateAndDeliver({ text: 'a fox', resolution });
    expect(input().width).toBe(512);
    expect(input().height).toBe(768);
  });

  it.each(['HD', '512', ['512x768'], '512x', 'x512', '512x768x3', 512, '5.5x7', ''.padEnd(50, '1')])('return 400 when the size is invalid: %j', async (resolution) => {
    const { status, json } = await generate({ text: 'a fox', resolution });
    const short = Array.isArray(resolution) ? 'an array of length 1' : JSON.stringify(resolution);
    const received = typeof resolution === 'string' && resolution.length > 40 ? 'a string of 50 characters' : short;
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/resolution', detail: `must be a width and a height, for example 1024x768, got ${received}` }]);
  });

  it('return one error, with the legacy name, when the model does not support the size', async () => {
    const { status, json } = await generate({ text: 'a fox', resolution: '100x100' });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/resolution', detail: expect.stringMatching(/got 100/) }]);
  });

  it('return 400 when they are not strings', async () => {
    const { json } = await generate({ text: 'a fox', style: 5 });
    expect(json.errors).toEqual([{ pointer: '/style', detail: 'must be a string, got 5' }]);
  });

  it.each([[{ style: 'watercolor' }], [{ text: '', style: 'watercolor' }], [{ text: ' ', style: 'watercolor' }]])('do not replace the prompt: %j', async (body) => {
    expect((await generate(body)).json.errors).toEqual([expect.objectContaining({ pointer: '/text' })]);
  });

  it('count toward the length of the prompt', async () => {
    const { json } = await generate({ text: 'a'.repeat(9_995), style: 'b'.repeat(50) });
    expect(json.errors).toEqual([expect.objectContaining({ pointer: '/text' })]);
  });

  it('are reported as ignored when the model does not support sizes', async () => {
    world = new World({ ...QUEUED, models: [{ id: 'acme.painter', region: 'us-west-2', family: 'converse' }] });
    expect((await generate({ text: 'a fox', resolution: '512x768', cfg: 7 })).json.ignoredParameters).toEqual(['resolution', 'cfg']);
  });

  it('are not reported as ignored when the model supports aspect ratios', async () => {
    world = new World({ ...QUEUED, models: [{ id: 'acme.painter', region: 'us-west-2', family: 'stability-v2' }] });
    expect((await generate({ text: 'a fox', resolution: '512x768', cfg: 7 })).json.ignoredParameters).toEqual(['cfg']);
  });
});

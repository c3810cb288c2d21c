import { GetObjectCommand } from '@aws-sdk/client-s3';
import { imageSize } from 'image-size';
import { Client, type Answer } from '../helpers/e2e/client';
import { eventually } from '../helpers/e2e/eventually';

/** What query strings of old clients hold. */
const PROMPTS = ['A beautiful sunset over mountains', 'a sign that says "open", in Köln', "it's 100% new & 1+1=2", 'ein Füchslein 🦊 im Grünen ❄️', '\\ back {slash} $input.params'];

async function pictureAt(url: string): Promise<Buffer> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.json.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
}

/** A reference app, deployed, with IAM policies evaluated. */
function deployed(app: string): () => Client {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: `examples/reference/${app}`, auth: true }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.model('ok'));
  return () => client;
}

describe('R2, the Titan tutorial', () => {
  const client = deployed('r2');
  const get = (query: Record<string, string>) => client().call(`GET /generate-image?${new URLSearchParams(query)}`, { headers: { origin: 'https://any.example' } });

  it.each(PROMPTS)('draws by GET: %s', async (prompt) => {
    const { status, json, headers } = await get({ prompt });
    expect([status, json]).toEqual([200, expect.objectContaining({ statusCode: 200, prompt })]);
    expect(imageSize(await pictureAt(String(json.body))).type).toBe('png');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(String(json.body)).toMatch(/X-Amz-Expires=3600/);
  });

  it('takes %20 as well as + for a space', async () => {
    expect((await client().call('GET /generate-image?prompt=a%20red%20fox')).json.prompt).toBe('a red fox');
    expect((await client().call('GET /generate-image?prompt=a+red+fox')).json.prompt).toBe('a red fox');
  });

  it('draws by POST, from the body or from the query as the tutorial did', async () => {
    const old = { prompt: 'a coffee cup', numberOfImages: 2, height: 1024, width: 1024, cfgScale: 8.0, seed: 0 };
    const { status, json, headers } = await client().call('POST /generate-image', { body: old });
    expect([status, json.statusCode, json.images.length, json.ignoredParameters]).toEqual([200, 200, 2, ['cfgScale']]);
    expect(headers.get('x-ignored-parameters')).toBe('cfgScale');
    expect((await pictureAt(String(json.body))).length).toBeGreaterThan(100);
    expect((await client().call('POST /generate-image?prompt=a%20red%20fox')).json).toMatchObject({ statusCode: 200, prompt: 'a red fox' });
  });

  it('refuses by the old names, with a status of its own, and never answers 200 with null', async () => {
    const refused = await get({ prompt: 'a fox', numberOfImages: '9' });
    expectProblem(refused, 400, 'INVALID_REQUEST');
    expect(refused.json.errors).toEqual([{ pointer: 'numberOfImages', detail: 'must be a whole number from 1 to 4, got 9' }]);
    const missing = await get({});
    expectProblem(missing, 400, 'INVALID_REQUEST');
    expect(missing.json.errors).toEqual([{ pointer: 'prompt', detail: 'is required: a text' }]);
    expect(missing.headers.get('access-control-allow-origin')).toBe('*');
    expect(await client().modelCalls()).toBe(0);
    await client().model('filter-prompt');
    expectProblem(await get({ prompt: 'a fox' }), 422, 'CONTENT_FILTERED');
    await client().model('server-error');
    expectProblem(await get({ prompt: 'a fox' }), 502, 'MODEL_ERROR');
  });

  it('answers preflights from anywhere', async () => {
    const { status, headers } = await client().call('OPTIONS /generate-image', { headers: { 'origin': 'https://any.example', 'access-control-request-method': 'POST' } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(headers.get('access-control-allow-methods')).toMatch(/GET.*POST/);
  });

  it('keeps every image, under a key of its own', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => get({ prompt: 'a fox' })));
    expect(new Set(answers.map(({ json }) => new URL(String(json.body)).pathname)).size).toBe(3);
    const again = await client().call(`GET /images/${answers[0].json.id}`);
    expect([again.status, again.json.prompt]).toEqual([200, 'a fox']);
  });
});

describe('R1, the GenAI App Backend', () => {
  const client = deployed('r1');

  it('writes text, with parameters in either spelling', async () => {
    const { status, json } = await client().call('POST /text', { body: { prompt: 'Write a short story about dragons', temperature: 0.7, top_p: 0.9, max_tokens: 500 } });
    expect([status, json]).toEqual([200, expect.objectContaining({ statusCode: 200, text: expect.stringMatching(/\w/), model: 'amazon.nova-lite-v1:0' })]);
    expect(json.body).toBe(json.text);
    expect(json.ignoredParameters).toBeUndefined();
    const camel = await client().call('POST /text', { body: { prompt: 'Write', topP: 0.9, maxTokens: 50 } });
    expect([camel.status, camel.json.ignoredParameters]).toEqual([200, undefined]);
  });

  it.each(PROMPTS)('draws, and answers the picture itself: %s', async (prompt) => {
    const { status, json, headers } = await client().call('POST /image', { body: { prompt }, headers: { origin: 'https://any.example' } });
    expect([status, json.prompt]).toEqual([200, prompt]);
    expect(imageSize(Buffer.from(String(json.image), 'base64')).type).toBe('png');
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it('takes the dimensions of Nova Canvas, and reports what the model of today lacks', async () => {
    const { status, json } = await client().call('POST /image', { body: { prompt: 'a lake', width: 1280, height: 720, seed: 12, cfgScale: 6.5, quality: 'standard' } });
    expect([status, json.ignoredParameters]).toEqual([200, ['cfgScale', 'quality']]);
    const { width, height } = imageSize(Buffer.from(String(json.image), 'base64'));
    expect(width / height).toBeCloseTo(16 / 9, 1);
  });

  it('refuses what is out of range by the name that was sent, and charges nothing', async () => {
    const { status, json } = await client().call('POST /text', { body: { prompt: 'Write', max_tokens: 5001 } });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/max_tokens', detail: 'must be a whole number from 1 to 5000 for amazon.nova-lite-v1:0, got 5001' }]]);
    expectProblem(await client().call('POST /image', { body: {} }), 400, 'INVALID_REQUEST');
    expect(await client().modelCalls()).toBe(0);
  });

  it('has no other routes', async () => {
    expectProblem(await client().call('POST /images', { body: { prompt: 'x' } }), 404, 'NOT_FOUND');
  });
});

describe('R4, image to S3', () => {
  const client = deployed('r4');
  const post = (message: string) => client().call('POST /image-generation', { body: { message } });

  it.each(PROMPTS)('says that the image is saved, and where: %s', async (message) => {
    const { status, json } = await post(message);
    expect([status, json.message, json.prompt]).toEqual([200, 'Image Saved to S3', message]);
    expect(json.key).toMatch(/^output-images\/.+\.png$/);
    const [stack] = client().app.stacks;
    const object = await client().app.clients.s3.send(new GetObjectCommand({ Bucket: stack.outputs.ImageBucket, Key: String(json.key) }));
    expect([object.ContentType, imageSize(await object.Body!.transformToByteArray()).type]).toEqual(['image/png', 'png']);
  });

  it('takes a body whose type was forgotten', async () => {
    const response = await fetch(`${client().app.outputs.baseUrl}/image-generation`, { method: 'POST', body: JSON.stringify({ message: 'a fox' }) });
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ message: 'Image Saved to S3' })]);
  });

  it('overwrites nothing, gives up after a few attempts, and says so', async () => {
    const [one, two] = await Promise.all([post('a fox'), post('a fox')]);
    expect(one.json.key).not.toBe(two.json.key);
    await client().model('throttle');
    const throttled = await post('a fox');
    expectProblem(throttled, 429, 'THROTTLED');
    expect(await client().modelCalls()).toBe(3);
    const missing = await client().call('POST /image-generation', { body: { prompt: 'a fox' } });
    expect([missing.status, missing.json.errors]).toEqual([400, [expect.objectContaining({ pointer: '/message' })]]);
  });
});

describe('R5, the movie poster', () => {
  const client = deployed('r5');
  const get = (query: Record<string, string>) => client().call(`GET /movie-poster-api-design?${new URLSearchParams(query)}`);

  it.each(PROMPTS)('draws: %s', async (prompt) => {
    const { status, json } = await get({ prompt });
    expect([status, json]).toEqual([200, expect.objectContaining({ statusCode: 200, prompt })]);
    expect(imageSize(await pictureAt(String(json.body))).type).toBe('png');
  });

  it('passes inference parameters on, and reports those that nobody knows', async () => {
    const { status, json, headers } = await get({
      prompt: 'a heist in Köln', seed: '42', aspect_ratio: '2:3', negative_prompt: 'text', output_format: 'jpeg', cfg_scale: '10', steps: '30', style_preset: 'cinematic', user_id: 'a@b.c',
    });
    expect([status, json.ignoredParameters]).toEqual([200, ['cfg_scale', 'steps', 'style_preset', 'user_id']]);
    expect(headers.get('x-ignored-parameters')).toBe('cfg_scale, steps, style_preset, user_id');
    const { width, height, type } = imageSize(await pictureAt(String(json.body)));
    expect([type, json.images[0]]).toEqual(['jpg', expect.objectContaining({ seed: 42, width, height })]);
    expect(width / height).toBeCloseTo(2 / 3, 1);
  });

  it.each([
    [{ seed: '-1' }, 'seed', /from 0 to 4294967295 for stability.*, got -1$/],
    [{ seed: 'lots' }, 'seed', /got "lots"$/],
    [{ samples: '5' }, 'samples', /from 1 to 4, got 5$/],
    [{ aspect_ratio: '7:3' }, 'aspect_ratio', /16:9/],
    [{ output_format: 'webp' }, 'output_format', /one of png, jpeg/],
  ])('refuses %j by its name', async (more, pointer, says) => {
    const { status, json } = await get({ prompt: 'x', ...more as unknown as Record<string, string> });
    expect([status, json.errors]).toEqual([400, [{ pointer, detail: expect.stringMatching(says) }]]);
    expect(await client().modelCalls()).toBe(0);
  });

  it.each([[{}], [{ prompt: '' }]])('requires the prompt at the gateway: %j', async (query) => {
    const answer = await get(query as Record<string, string>);
    expectProblem(answer, 400, 'INVALID_REQUEST');
    expect(answer.json.errors[0].pointer).toBe('prompt');
    expect(await client().modelCalls()).toBe(0);
  });
});

describe('R3, Stable Diffusion on SageMaker', () => {
  const client = deployed('r3');
  const keys = () => client().app.outputs.apiKeys;
  const origin = () => client().app.stacks[0].outputs.SiteUrl;
  const generate = (body: object) => client().call('POST /generate', { key: keys().web, body, headers: { origin: origin() } });
  const poll = (id: unknown, key = keys().web) => client().call(`GET /image/${String(id)}`, { key, headers: { origin: origin() } });

  const ended = (id: unknown) => eventually(async () => {
    const answer = await poll(id);
    return answer.json.status === 'processing' ? undefined : answer;
  }, `image ${String(id)} is still processing`, 30_000);

  it.each(PROMPTS)('starts, goes on, and has the image in the end: %s', async (text) => {
    await client().model('ok', { delayMs: 1_500 });
    const started = await generate({ text, style: 'watercolor', resolution: '512x768' });
    expect([started.status, started.json]).toEqual([200, expect.objectContaining({
      image_id: expect.stringMatching(/^[0-9A-Z]{26}$/), status: 'processing', estimated_time: expect.any(Number), prompt: `${text}, watercolor`,
    })]);
    expect((await poll(started.json.image_id)).json).toMatchObject({ image_id: started.json.image_id, status: 'processing' });
    const { json, headers } = await ended(started.json.image_id);
    expect(json).toMatchObject({ image_id: started.json.image_id, status: 'completed', generated_at: expect.stringMatching(/^20.*Z$/) });
    expect(headers.get('access-control-allow-origin')).toBe(origin());
    const { width, height } = imageSize(await pictureAt(String(json.image_url)));
    expect([width, height]).toEqual([512, 768]);
  });

  it('says that an image failed, and why', async () => {
    await client().model('server-error');
    const { json } = await ended((await generate({ text: 'a fox' })).json.image_id);
    expect(json).toMatchObject({ status: 'failed', error: expect.stringMatching(/model/), problem: { code: 'MODEL_ERROR' } });
    expect(await client().modelCalls()).toBe(1);
  });

  it('knows neither an id that is none nor one of somebody else', async () => {
    expectProblem(await poll('01JD0000000000000000009999'), 404, 'NOT_FOUND');
    expectProblem(await poll('sd-1234'), 404, 'NOT_FOUND');
    const { json: { image_id: id } } = await generate({ text: 'a fox' });
    expectProblem(await poll(id, keys().partner), 404, 'NOT_FOUND');
    expectProblem(await poll(id, 'wrong'), 401, 'UNAUTHENTICATED');
    expect((await ended(id)).json.status).toBe('completed');
  });

  it('refuses by the old names', async () => {
    const { status, json } = await generate({ text: 'a fox', resolution: 'HD' });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/resolution', detail: 'must be a width and a height, for example 1024x768, got "HD"' }]]);
    expect(await client().modelCalls()).toBe(0);
  });

  it('has a page that knows the API', async () => {
    const { clients: { s3 }, stacks: [{ resources, outputs }] } = client().app;
    const [, Bucket] = Object.entries(resources).find(([id]) => id.startsWith('Site') && !id.includes('Policy'))!;
    const text = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
    expect(JSON.parse(await text('config.json'))).toEqual({ url: outputs.ImagesUrl });
    expect(await text('index.html')).toContain('<form');
  });
});

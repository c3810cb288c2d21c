import { GetObjectCommand } from '@aws-sdk/client-s3';
import { imageSize } from 'image-size';
import { Client, type ApiResponse } from '../helpers/e2e/client';
import { eventually } from '../helpers/e2e/eventually';

/** Prompts with characters that need encoding in a query string or in JSON. */
const PROMPTS = ['A beautiful sunset over mountains', 'a sign that says "open", in Köln', "it's 100% new & 1+1=2", 'ein Füchslein 🦊 im Grünen ❄️', '\\ back {slash} $input.params'];

async function downloadImage(url: string): Promise<Buffer> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

function expectProblem(response: ApiResponse, status: number, code: string): void {
  expect([response.status, response.json.code]).toEqual([status, code]);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
}

/** Deploys a reference app to the emulator with IAM policies evaluated. */
function deploy(app: string): () => Client {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: `examples/reference/${app}`, auth: true }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.resetModel('ok'));
  return () => client;
}

describe('examples/reference/r2 (Titan tutorial) on the emulator', () => {
  const client = deploy('r2');
  const get = (query: Record<string, string>) => client().call(`GET /generate-image?${new URLSearchParams(query)}`, { headers: { origin: 'https://any.example' } });

  it.each(PROMPTS)('generates an image for GET: %s', async (prompt) => {
    const { status, json, headers } = await get({ prompt });
    expect([status, json]).toEqual([200, expect.objectContaining({ statusCode: 200, prompt })]);
    expect(imageSize(await downloadImage(String(json.body))).type).toBe('png');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(String(json.body)).toMatch(/X-Amz-Expires=3600/);
  });

  it('accepts %20 and + for a space', async () => {
    expect((await client().call('GET /generate-image?prompt=a%20red%20fox')).json.prompt).toBe('a red fox');
    expect((await client().call('GET /generate-image?prompt=a+red+fox')).json.prompt).toBe('a red fox');
  });

  it('generates an image for POST with parameters in the body or in the query string', async () => {
    const body = { prompt: 'a coffee cup', numberOfImages: 2, height: 1024, width: 1024, cfgScale: 8.0, seed: 0 };
    const { status, json, headers } = await client().call('POST /generate-image', { body });
    expect([status, json.statusCode, json.images.length, json.ignoredParameters]).toEqual([200, 200, 2, ['cfgScale']]);
    expect(headers.get('x-ignored-parameters')).toBe('cfgScale');
    expect((await downloadImage(String(json.body))).length).toBeGreaterThan(100);
    expect((await client().call('POST /generate-image?prompt=a%20red%20fox')).json).toMatchObject({ statusCode: 200, prompt: 'a red fox' });
  });

  it('returns errors with their own status code and the legacy parameter names', async () => {
    const invalid = await get({ prompt: 'a fox', numberOfImages: '9' });
    expectProblem(invalid, 400, 'INVALID_REQUEST');
    expect(invalid.json.errors).toEqual([{ pointer: 'numberOfImages', detail: 'must be an integer from 1 to 4, got 9' }]);
    const missing = await get({});
    expectProblem(missing, 400, 'INVALID_REQUEST');
    expect(missing.json.errors).toEqual([{ pointer: 'prompt', detail: 'is required: a string' }]);
    expect(missing.headers.get('access-control-allow-origin')).toBe('*');
    expect(await client().modelCallCount()).toBe(0);
    await client().resetModel('filter-prompt');
    expectProblem(await get({ prompt: 'a fox' }), 422, 'CONTENT_FILTERED');
    await client().resetModel('server-error');
    expectProblem(await get({ prompt: 'a fox' }), 503, 'MODEL_BUSY');
  });

  it('responds to CORS preflights from any origin', async () => {
    const { status, headers } = await client().call('OPTIONS /generate-image', { headers: { 'origin': 'https://any.example', 'access-control-request-method': 'POST' } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(headers.get('access-control-allow-methods')).toMatch(/GET.*POST/);
  });

  it('stores every image under a unique key', async () => {
    const responses = await Promise.all([1, 2, 3].map(() => get({ prompt: 'a fox' })));
    expect(new Set(responses.map(({ json }) => new URL(String(json.body)).pathname)).size).toBe(3);
    const stored = await client().call(`GET /images/${responses[0].json.id}`);
    expect([stored.status, stored.json.prompt]).toEqual([200, 'a fox']);
  });
});

describe('examples/reference/r1 (GenAI App Backend) on the emulator', () => {
  const client = deploy('r1');

  it('generates text with parameters in snake case and camel case', async () => {
    const { status, json } = await client().call('POST /text', { body: { prompt: 'Write a short story about dragons', temperature: 0.7, top_p: 0.9, max_tokens: 500 } });
    expect([status, json]).toEqual([200, expect.objectContaining({ statusCode: 200, text: expect.stringMatching(/\w/), model: 'amazon.nova-lite-v1:0' })]);
    expect(json.body).toBe(json.text);
    expect(json.ignoredParameters).toBeUndefined();
    const camel = await client().call('POST /text', { body: { prompt: 'Write', topP: 0.9, maxTokens: 50 } });
    expect([camel.status, camel.json.ignoredParameters]).toEqual([200, undefined]);
  });

  it.each(PROMPTS)('generates an image and returns it as base64: %s', async (prompt) => {
    const { status, json, headers } = await client().call('POST /image', { body: { prompt }, headers: { origin: 'https://any.example' } });
    expect([status, json.prompt]).toEqual([200, prompt]);
    expect(imageSize(Buffer.from(String(json.image), 'base64')).type).toBe('png');
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it('accepts the dimensions of Nova Canvas and reports unsupported parameters', async () => {
    const { status, json } = await client().call('POST /image', { body: { prompt: 'a lake', width: 1280, height: 720, seed: 12, cfgScale: 6.5, quality: 'standard' } });
    expect([status, json.ignoredParameters]).toEqual([200, ['cfgScale', 'quality']]);
    const { width, height } = imageSize(Buffer.from(String(json.image), 'base64'));
    expect(width / height).toBeCloseTo(16 / 9, 1);
  });

  it('reports a value out of range with the parameter name of the client, without a model call', async () => {
    const { status, json } = await client().call('POST /text', { body: { prompt: 'Write', max_tokens: 5001 } });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/max_tokens', detail: 'must be an integer from 1 to 5000 for amazon.nova-lite-v1:0, got 5001' }]]);
    expectProblem(await client().call('POST /image', { body: {} }), 400, 'INVALID_REQUEST');
    expect(await client().modelCallCount()).toBe(0);
  });

  it('returns 404 for other routes', async () => {
    expectProblem(await client().call('POST /images', { body: { prompt: 'x' } }), 404, 'NOT_FOUND');
  });
});

describe('examples/reference/r4 (image to S3) on the emulator', () => {
  const client = deploy('r4');
  const post = (message: string) => client().call('POST /image-generation', { body: { message } });

  it.each(PROMPTS)('returns the message and the key of the stored image: %s', async (message) => {
    const { status, json } = await post(message);
    expect([status, json.message, json.prompt]).toEqual([200, 'Image Saved to S3', message]);
    expect(json.key).toMatch(/^output-images\/.+\.png$/);
    const [stack] = client().app.stacks;
    const object = await client().app.clients.s3.send(new GetObjectCommand({ Bucket: stack.outputs.ImageBucket, Key: String(json.key) }));
    expect([object.ContentType, imageSize(await object.Body!.transformToByteArray()).type]).toEqual(['image/png', 'png']);
  });

  it('accepts a body without a JSON content type', async () => {
    const response = await fetch(`${client().app.outputs.baseUrl}/image-generation`, { method: 'POST', body: JSON.stringify({ message: 'a fox' }) });
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ message: 'Image Saved to S3' })]);
  });

  it('stores images under unique keys and returns 429 after three throttled model calls', async () => {
    const [one, two] = await Promise.all([post('a fox'), post('a fox')]);
    expect(one.json.key).not.toBe(two.json.key);
    await client().resetModel('throttle');
    const throttled = await post('a fox');
    expectProblem(throttled, 429, 'THROTTLED');
    expect(await client().modelCallCount()).toBe(3);
    const missing = await client().call('POST /image-generation', { body: { prompt: 'a fox' } });
    expect([missing.status, missing.json.errors]).toEqual([400, [expect.objectContaining({ pointer: '/message' })]]);
  });
});

describe('examples/reference/r5 (movie poster) on the emulator', () => {
  const client = deploy('r5');
  const get = (query: Record<string, string>) => client().call(`GET /movie-poster-api-design?${new URLSearchParams(query)}`);

  it.each(PROMPTS)('generates an image: %s', async (prompt) => {
    const { status, json } = await get({ prompt });
    expect([status, json]).toEqual([200, expect.objectContaining({ statusCode: 200, prompt })]);
    expect(imageSize(await downloadImage(String(json.body))).type).toBe('png');
  });

  it('sends inference parameters to the model and reports unsupported and unknown ones', async () => {
    const { status, json, headers } = await get({
      prompt: 'a heist in Köln', seed: '42', aspect_ratio: '2:3', negative_prompt: 'text', output_format: 'jpeg', cfg_scale: '10', steps: '30', style_preset: 'cinematic', user_id: 'a@b.c',
    });
    expect([status, json.ignoredParameters]).toEqual([200, ['cfg_scale', 'steps', 'style_preset', 'user_id']]);
    expect(headers.get('x-ignored-parameters')).toBe('cfg_scale, steps, style_preset, user_id');
    const { width, height, type } = imageSize(await downloadImage(String(json.body)));
    expect([type, json.images[0]]).toEqual(['jpg', expect.objectContaining({ seed: 42, width, height })]);
    expect(width / height).toBeCloseTo(2 / 3, 1);
  });

  it.each([
    [{ seed: '-1' }, 'seed', /from 0 to 4294967295 for stability.*, got -1$/],
    [{ seed: 'lots' }, 'seed', /got "lots"$/],
    [{ samples: '5' }, 'samples', /from 1 to 4, got 5$/],
    [{ aspect_ratio: '7:3' }, 'aspect_ratio', /16:9/],
    [{ output_format: 'webp' }, 'output_format', /one of png, jpeg/],
  ])('reports %j with its parameter name', async (parameters, pointer, detail) => {
    const { status, json } = await get({ prompt: 'x', ...parameters as unknown as Record<string, string> });
    expect([status, json.errors]).toEqual([400, [{ pointer, detail: expect.stringMatching(detail) }]]);
    expect(await client().modelCallCount()).toBe(0);
  });

  it.each([[{}], [{ prompt: '' }]])('returns 400 from API Gateway without a prompt: %j', async (query) => {
    const response = await get(query as Record<string, string>);
    expectProblem(response, 400, 'INVALID_REQUEST');
    expect(response.json.errors[0].pointer).toBe('prompt');
    expect(await client().modelCallCount()).toBe(0);
  });
});

describe('examples/reference/r3 (Stable Diffusion on SageMaker) on the emulator', () => {
  const client = deploy('r3');
  const keys = () => client().app.outputs.apiKeys;
  const generate = (body: object) => client().call('POST /generate', { key: keys().web, body });
  const poll = (id: unknown, key = keys().web) => client().call(`GET /image/${String(id)}`, { key });

  const completed = (id: unknown) => eventually(async () => {
    const response = await poll(id);
    return response.json.status === 'processing' ? undefined : response;
  }, `image ${String(id)} is still processing`, 30_000);

  it.each(PROMPTS)('returns the status processing, then completed with the image: %s', async (text) => {
    await client().resetModel('ok', { delayMs: 1_500 });
    const started = await generate({ text, style: 'watercolor', resolution: '512x768' });
    expect([started.status, started.json]).toEqual([200, expect.objectContaining({
      image_id: expect.stringMatching(/^[0-9A-Z]{26}$/), status: 'processing', estimated_time: expect.any(Number), prompt: `${text}, watercolor`,
    })]);
    expect((await poll(started.json.image_id)).json).toMatchObject({ image_id: started.json.image_id, status: 'processing' });
    const { json } = await completed(started.json.image_id);
    expect(json).toMatchObject({ image_id: started.json.image_id, status: 'completed', generated_at: expect.stringMatching(/^20.*Z$/) });
    const { width, height } = imageSize(await downloadImage(String(json.image_url)));
    expect([width, height]).toEqual([512, 768]);
  });

  it('returns the status failed with the reason', async () => {
    await client().resetModel('server-error');
    const { json } = await completed((await generate({ text: 'a fox' })).json.image_id);
    expect(json).toMatchObject({ status: 'failed', error: expect.stringMatching(/model/), problem: { code: 'MODEL_ERROR' } });
    expect(await client().modelCallCount()).toBe(1);
  });

  it('returns 404 for an unknown id and for the image of another owner, and 401 for a wrong key', async () => {
    expectProblem(await poll('01JD0000000000000000009999'), 404, 'NOT_FOUND');
    expectProblem(await poll('sd-1234'), 404, 'NOT_FOUND');
    const { json: { image_id: id } } = await generate({ text: 'a fox' });
    expectProblem(await poll(id, keys().partner), 404, 'NOT_FOUND');
    expectProblem(await poll(id, 'wrong'), 401, 'UNAUTHENTICATED');
    expect((await completed(id)).json.status).toBe('completed');
  });

  it('reports validation errors with the legacy parameter names', async () => {
    const { status, json } = await generate({ text: 'a fox', resolution: 'HD' });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/resolution', detail: 'must be a width and a height, for example 1024x768, got "HD"' }]]);
    expect(await client().modelCallCount()).toBe(0);
  });

  it('uploads the web page with the URL of the API', async () => {
    const { clients: { s3 }, stacks: [{ resources, outputs }] } = client().app;
    const [, Bucket] = Object.entries(resources).find(([id]) => id.startsWith('PageBucket') && !id.includes('Policy'))!;
    const text = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
    expect(JSON.parse(await text('config.json'))).toMatchObject({
      name: 'Stable Diffusion image generator', apiUrl: outputs.ImagesUrl.replace(/\/$/, ''), queued: true, auth: { type: 'apiKey' },
    });
    expect(await text('index.html')).toContain('<div id="app">');
  });
});

import { imageSize } from 'image-size';
import { Client, type Answer } from './client';

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

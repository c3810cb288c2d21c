import { Client } from './client';

describe('examples/models/other-ways on the emulator, with IAM policies evaluated', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/models/other-ways', auth: true }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.model('ok'));

  const post = (path: string, body: object) => client.call(`POST ${path}`, { key: client.alice, body });

  it('draws with a conversation, a provisioned model and an endpoint', async () => {
    const { models } = (await client.call('GET /models', { key: client.alice })).json as unknown as { models: { id: string }[] };
    const others = models.map(({ id }) => id).slice(1);
    expect(others).toHaveLength(6);
    for (const model of others) {
      const answer = await post('/images', { prompt: 'a lighthouse', model, count: 2 });
      expect([model, answer.status, answer.json.images?.length]).toEqual([model, 201, 2]);
      expect((await fetch(answer.json.images[1].url)).status).toBe(200);
    }
  });

  it('writes text with Nova Lite', async () => {
    const { status, json } = await post('/text', { prompt: 'Name a lighthouse.' });
    expect([status, json.model]).toEqual([200, 'amazon.nova-lite-v1:0']);
  });

  it.each([['guardrail-input', 'prompt', 0], ['guardrail-output', 'output image', 1]])('tells which side the guardrail filtered: %s', async (mode, side, calls) => {
    await client.model(mode);
    const { status, json } = await post('/images', { prompt: 'a lighthouse' });
    expect([status, json.code, json.detail]).toEqual([422, 'CONTENT_FILTERED', expect.stringContaining(`the guardrail filtered the ${side}`)]);
    expect(await client.modelCalls()).toBe(calls);
  });

  it('keeps only the hash of a prompt', async () => {
    const { json } = await post('/images', { prompt: 'a lighthouse' });
    const later = await client.call(`GET /images/${json.id}`, { key: client.alice });
    expect([json.prompt, later.json.prompt]).toEqual(['a lighthouse', expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
  });
});

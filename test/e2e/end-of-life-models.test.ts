import facts from '../../local/model-service/models.json';
import { Client } from '../helpers/e2e/client';

const END_OF_LIFE = facts.filter(({ status }) => status === 'EOL').map(({ modelId }) => modelId);

describe('examples/models/end-of-life on the emulator', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/models/end-of-life' }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.resetModel('ok'));

  it.each(END_OF_LIFE)('returns MODEL_UNAVAILABLE for %s after one model call', async (model) => {
    const response = await client.call('POST /images', { key: client.alice, body: { prompt: 'a lighthouse', model } });
    expect([response.status, response.json.code]).toEqual([502, 'MODEL_UNAVAILABLE']);
    expect(await client.modelCallCount()).toBe(1);
  });

  it('returns the end-of-life dates at GET /models', async () => {
    const { models } = (await client.call('GET /models', { key: client.alice })).json as unknown as { models: { id: string; lifecycle: object }[] };
    const ended = models.filter(({ lifecycle }) => 'status' in lifecycle && lifecycle.status === 'ended');
    expect(ended.map(({ id }) => id).sort()).toEqual([...END_OF_LIFE].sort());
    expect(ended.find(({ id }) => id === 'amazon.nova-canvas-v1:0')?.lifecycle).toEqual({
      status: 'ended', legacySince: '2026-03-30', endOfLife: '2026-09-30', replacement: 'stability.stable-image-core-v1:1',
    });
  });
});

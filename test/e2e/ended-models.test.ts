import facts from '../../local/model-service/models.json';
import { Client } from '../helpers/e2e/client';

const ENDED = facts.filter(({ status }) => status === 'EOL').map(({ modelId }) => modelId);

describe('examples/models/ended on the emulator', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/models/ended' }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.model('ok'));

  it.each(ENDED)('answers that %s is not available, after one call', async (model) => {
    const answer = await client.call('POST /images', { key: client.alice, body: { prompt: 'a lighthouse', model } });
    expect([answer.status, answer.json.code]).toEqual([502, 'MODEL_UNAVAILABLE']);
    expect(await client.modelCalls()).toBe(1);
  });

  it('is honest about them in GET /models', async () => {
    const { models } = (await client.call('GET /models', { key: client.alice })).json as unknown as { models: { id: string; lifecycle: object }[] };
    const ended = models.filter(({ lifecycle }) => 'status' in lifecycle && lifecycle.status === 'ended');
    expect(ended.map(({ id }) => id).sort()).toEqual([...ENDED].sort());
    expect(ended.find(({ id }) => id === 'amazon.nova-canvas-v1:0')?.lifecycle).toEqual({
      status: 'ended', legacySince: '2026-03-30', endOfLife: '2026-09-30', replacement: 'stability.stable-image-core-v1:1',
    });
  });
});

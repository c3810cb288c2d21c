import { valuesIn } from '../../helpers/embedded-metrics';
import { CONFIGURATION, World } from '../../helpers/world';

const NOVA_2 = 'amazon.nova-2-lite-v1:0';

describe('the context of a request', () => {
  it('has the budget of the API', async () => {
    const world = new World({ ...CONFIGURATION, budget: { dailyUsd: 0.05 } });
    const post = () => world.call('POST /images', { body: { prompt: 'x' } });
    expect(await post()).toMatchObject({ status: 201, headers: { 'X-Budget-Remaining-Usd': '0.01' } });
    expect(await post()).toMatchObject({ status: 429, json: { code: 'QUOTA_EXCEEDED' } });
  });

  it('has a text model whose calls are measured', async () => {
    const world = new World({ ...CONFIGURATION, textModel: { id: NOVA_2, region: 'us-east-1' } });
    expect((await world.call('POST /text', { body: { prompt: 'x' } })).status).toBe(200);
    expect(valuesIn(world.logs, 'ModelLatency', { ApiId: CONFIGURATION.api, Model: NOVA_2 })).toHaveLength(1);
  });
});

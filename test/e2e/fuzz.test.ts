import { Client } from './client';
import { fuzz } from './schemathesis';

/** Always the same requests: a finding comes from a change of ours. `npm run check:slow` sends other and more ones. */
const SEED = 7;

describe('the document of examples/models, to an independent fuzzer', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/models' }); }, 600_000);
  afterAll(() => client?.app.close());

  it('names the address by which clients reach the API, and each of its routes', async () => {
    const { status, json } = await client.call('GET /openapi.json', { key: client.alice });
    const { servers, paths } = json as unknown as { servers: { url: string }[]; paths: object };
    expect([status, servers]).toEqual([200, [{ url: client.app.outputs.baseUrl }]]);
    expect(Object.keys(paths).sort()).toEqual([
      '/images', '/images/edits', '/images/uploads', '/images/{id}', '/models', '/openapi.json', '/text',
    ]);
  });

  it('is for callers of the API only', async () => {
    expect((await client.call('GET /openapi.json')).status).toBe(401);
  });

  it('promises no status, header, type or schema that the API does not keep', async () => {
    const { code, output, report } = await fuzz({ baseUrl: client.app.outputs.baseUrl, apiKey: client.alice, examples: 10, seed: SEED });
    expect([code, code === 0 ? '' : output]).toEqual([0, '']);
    expect(report).toMatchObject({ failures: [], errors: [], operations: { errored: 0 } });
    // all but the document itself, which is what it starts from
    expect(report?.operations).toMatchObject({ total: 8, tested: 8 });
    expect(Object.values(report!.phases).map(({ status }) => status)).toEqual(['success', 'success', 'success', 'success']);
    expect(report!.test_cases.generated).toBeGreaterThan(200);
    // a fuzzer that only ever met refusals would have seen little
    const accepted = Object.values(report!.valid_rates).filter((phases) => Object.values(phases).some((rates) => rates.accepted > 0));
    expect(accepted.length).toBeGreaterThan(5);
  }, 300_000);
});

import { Client } from '../helpers/e2e/client';
import { fuzz, FUZZED } from '../helpers/e2e/schemathesis';

/** Always the same requests: a finding comes from a change of ours. `npm run check:slow` sends other and more ones. */
const SEED = 7;

describe('the document of examples/models', () => {
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

});

describe.each(FUZZED)('what $app promises', ({ app, operations, ...options }) => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app }); }, 600_000);
  afterAll(() => client?.app.close());

  it('is what the API keeps: each status, header, type and schema', async () => {
    const { code, output, report } = await fuzz({ baseUrl: client.app.outputs.baseUrl, apiKey: client.alice, examples: 10, seed: SEED, ...options });
    expect([code, code === 0 ? '' : output]).toEqual([0, '']);
    expect(report).toMatchObject({ failures: [], errors: [], operations: { errored: 0 } });
    // all but the document itself, which is what it starts from
    expect(report?.operations.tested).toBe(operations);
    expect(Object.values(report!.phases).filter(({ status }) => !['success', 'skip'].includes(status))).toEqual([]);
    expect(report!.test_cases.generated).toBeGreaterThan(25 * operations);
    // a fuzzer that only ever met refusals would have seen little
    const accepted = Object.values(report!.valid_rates).filter((phases) => Object.values(phases).some((rates) => rates.accepted > 0));
    expect(accepted.length).toBeGreaterThan(operations / 2);
  }, 300_000);
});

import { Client } from '../helpers/e2e/client';
import { fuzz, FUZZED_APPS } from '../helpers/e2e/schemathesis';

/** A fixed seed sends the same requests in each run. `npm run check:slow` sends more requests with random seeds. */
const SEED = 7;

describe('GET /openapi.json of examples/models', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/models' }); }, 600_000);
  afterAll(() => client?.app.close());

  it('returns the URL of the API and all its routes', async () => {
    const { status, json } = await client.call('GET /openapi.json', { key: client.alice });
    const { servers, paths } = json as unknown as { servers: { url: string }[]; paths: object };
    expect([status, servers]).toEqual([200, [{ url: client.app.outputs.baseUrl }]]);
    expect(Object.keys(paths).sort()).toEqual([
      '/images', '/images/edits', '/images/uploads', '/images/{id}', '/models', '/openapi.json', '/text',
    ]);
  });

  it('returns 401 without credentials', async () => {
    expect((await client.call('GET /openapi.json')).status).toBe(401);
  });
});

describe.each(FUZZED_APPS)('$app on the emulator', ({ app, operations, ...options }) => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app }); }, 600_000);
  afterAll(() => client?.app.close());

  it('returns only documented status codes, headers, content types and schemas', async () => {
    const { code, output, report } = await fuzz({ baseUrl: client.app.outputs.baseUrl, apiKey: client.alice, examples: 10, seed: SEED, ...options });
    expect([code, code === 0 ? '' : output]).toEqual([0, '']);
    expect(report).toMatchObject({ failures: [], errors: [], operations: { errored: 0 } });
    // all operations except GET /openapi.json, which Schemathesis reads first
    expect(report?.operations.tested).toBe(operations);
    expect(Object.values(report!.phases).filter(({ status }) => !['success', 'skip'].includes(status))).toEqual([]);
    // with these settings, boundary values and examples are more than 25 requests for each operation on average
    expect(report!.test_cases.generated).toBeGreaterThan(25 * operations);
    // most operations must accept some requests, because rejected requests cover only the validation
    const accepted = Object.values(report!.valid_rates).filter((phases) => Object.values(phases).some((rates) => rates.accepted > 0));
    expect(accepted.length).toBeGreaterThan(operations / 2);
  }, 300_000);
});

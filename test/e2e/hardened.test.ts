import { Client } from '../helpers/e2e/client';
import { eventually } from '../helpers/e2e/eventually';

// With AUTH=true, the emulator evaluates the policies of the roles, among them the permissions boundary.
describe('examples/hardened on the emulator', () => {
  let client: Client;
  const printed: string[] = [];
  beforeAll(async () => {
    const context = { dailyBudgetUsd: '0.40', dailyBudgetUsdPerOwner: '0.20' };
    client = await Client.start({ app: 'examples/hardened', auth: true, context, log: (line) => printed.push(line) });
  }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.resetModel('ok'));

  it('prints what the emulator does not have', () => {
    for (const feature of ['AWS WAF', 'VPC of functions', 'VPC flow logs', 'S3 server access logs']) expect(printed.join('\n')).toContain(`dropped   ${feature}`);
  });

  it('generates an image for alice, which bob can neither read nor delete', async () => {
    const { status, json } = await client.generate(client.alice, { prompt: 'a lighthouse' });
    expect(status).toBe(201);
    expect((await fetch(json.images[0].url)).status).toBe(200);
    expect((await client.call(`GET /images/${json.id}`, { key: client.alice })).status).toBe(200);
    for (const method of ['GET', 'DELETE']) {
      expect(await client.call(`${method} /images/${json.id}`, { key: client.bob })).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    }
    expect((await client.call('GET /images', { key: client.bob })).json.images).toEqual([]);
  });

  it('generates an image asynchronously in the worker', async () => {
    const { status, json } = await client.generate(client.bob, { prompt: 'a fox' }, { prefer: 'respond-async' });
    expect(status).toBe(202);
    await eventually(async () => {
      const { json: { status: current } } = await client.call(`GET /images/${json.id}`, { key: client.bob });
      return current === 'succeeded' || undefined;
    }, 'the worker generated no image', 60_000);
  });

  it('returns 401 without a key', async () => {
    expect(await client.generate('')).toMatchObject({ status: 401, json: { code: 'UNAUTHENTICATED' } });
  });
});

import type { Template } from '../../local/template/template';
import { Client } from '../helpers/e2e/client';

const isPolicy = ({ Type }: { readonly Type: string }) => Type === 'AWS::IAM::Policy';

/** The same app, but nobody gave the function its permissions. */
function withoutPolicies(template: Template): Template {
  const policies = Object.keys(template.Resources).filter((id) => isPolicy(template.Resources[id]));
  expect(policies.length).toBeGreaterThan(0);
  const rest = Object.entries(template.Resources).filter(([id]) => !policies.includes(id));
  const text = JSON.stringify({ ...template, Resources: Object.fromEntries(rest) }, (name, value: unknown) =>
    (name === 'DependsOn' && Array.isArray(value) ? value.filter((id) => !policies.includes(String(id))) : value));
  return JSON.parse(text) as Template;
}

describe('the quickstart without its IAM policies', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/quickstart', auth: true, transformTemplate: withoutPolicies }); }, 600_000);
  afterAll(() => client?.app.close());

  it('delivers a paid picture inline, since the function may neither store nor record it', async () => {
    const { status, json } = await client.draw();
    expect([status, json.warning]).toEqual([201, 'STORAGE_FAILED']);
  });

  it.each(['GET /images', 'GET /images/01JD0000000000000000000001'])('fails at %s', async (route) => {
    expect((await client.call(route, { key: client.alice })).status).toBe(500);
  });

  it('fails before it pays, when a claim cannot be written', async () => {
    await client.model('ok');
    expect((await client.draw(client.alice, { prompt: 'x' }, { 'idempotency-key': 'k' })).status).toBe(500);
    expect(await client.modelCalls()).toBe(0);
  });
});

import type { Template } from '../../local/template/template';
import { Client } from '../helpers/e2e/client';

const isPolicy = ({ Type }: { readonly Type: string }) => Type === 'AWS::IAM::Policy';

/** Removes the IAM policies of the function from the template. */
function withoutPolicies(template: Template): Template {
  const policies = Object.keys(template.Resources).filter((id) => isPolicy(template.Resources[id]));
  expect(policies.length).toBeGreaterThan(0);
  const rest = Object.entries(template.Resources).filter(([id]) => !policies.includes(id));
  const text = JSON.stringify({ ...template, Resources: Object.fromEntries(rest) }, (name, value: unknown) =>
    (name === 'DependsOn' && Array.isArray(value) ? value.filter((id) => !policies.includes(String(id))) : value));
  return JSON.parse(text) as Template;
}

describe('examples/quickstart on the emulator without IAM policies', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/quickstart', auth: true, transformTemplate: withoutPolicies }); }, 600_000);
  afterAll(() => client?.app.close());

  it('returns a charged image inline if the function cannot store it', async () => {
    const { status, json } = await client.generate();
    expect([status, json.warning]).toEqual([201, 'STORAGE_FAILED']);
  });

  it.each(['GET /images', 'GET /images/01JD0000000000000000000001'])('returns 500 for %s', async (route) => {
    expect((await client.call(route, { key: client.alice })).status).toBe(500);
  });

  it('fails before the model call if the idempotency record cannot be written', async () => {
    await client.resetModel('ok');
    expect((await client.generate(client.alice, { prompt: 'x' }, { 'idempotency-key': 'k' })).status).toBe(500);
    expect(await client.modelCallCount()).toBe(0);
  });
});

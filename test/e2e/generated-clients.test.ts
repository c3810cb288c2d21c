import { Client } from '../helpers/e2e/client';
import { type GeneratedClient, pythonClient, typeScriptClient } from '../helpers/e2e/generated-clients';
import { temporaryFolder } from '../helpers/temporary-files';

const GENERATORS: Readonly<Record<string, (folder: string, document: object) => Promise<GeneratedClient>>> = {
  'openapi-typescript and openapi-fetch': typeScriptClient, 'openapi-python-client': pythonClient,
};

let client: Client;
beforeAll(async () => { client = await Client.start({ app: 'examples/openai' }); }, 600_000);
afterAll(() => client?.app.close());

describe('a client that is generated from GET /openapi.json with', () => {
  it.each(Object.keys(GENERATORS))('%s has correct types, and generates, edits, lists and deletes images', async (name) => {
    const { json: document } = await client.call('GET /openapi.json', { key: client.alice });
    const generated = await GENERATORS[name](temporaryFolder(), document);
    expect(generated.typeErrors).toBe('');

    const { json: before } = await client.call('GET /images', { key: client.bob });
    expect(before.images).toEqual([]);
    expect(await generated.call(client.app.outputs.baseUrl, client.bob)).toEqual({
      generated: true, edited: 'remove-background', listed: [true, true], problem: ['INVALID_REQUEST', 400, '/count'], deleted: 204,
    });
    const { json: { images: [image] } } = await client.call('GET /images', { key: client.bob });
    await client.call(`DELETE /images/${image.id}`, { key: client.bob });
  }, 300_000);
});

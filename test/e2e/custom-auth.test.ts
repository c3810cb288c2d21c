import { Client } from '../helpers/e2e/client';
import { expectOwnImagesOnly, expectRefused } from '../helpers/e2e/owners';

describe('a Lambda authorizer of the user', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/custom-auth' }); }, 600_000);
  afterAll(() => client?.app.close());

  const partner = (secret: string) => ({ 'X-Partner-Secret': secret });

  it('names the owners', () => expectOwnImagesOnly(client, partner('secret-of-a'), partner('secret-of-b')));

  it('is asked with what a page may send, and the document says', async () => {
    const preflight = await client.call('OPTIONS /images', {
      headers: { 'origin': 'http://localhost:5173', 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-partner-secret' },
    });
    expect(preflight.headers.get('access-control-allow-headers')?.split(',')).toContain('X-Partner-Secret');
    const { json } = await client.call('GET /openapi.json', { headers: partner('secret-of-a') });
    expect(json).toMatchObject({ components: { securitySchemes: { 'X-Partner-Secret': { type: 'apiKey', in: 'header', name: 'X-Partner-Secret' } } } });
  });

  it.each<[401 | 403, string, Record<string, string>]>([
    [401, 'no secret', {}], [401, 'another secret', partner('guessed')], [403, 'a secret that is blocked', partner('secret-of-c')],
    [401, 'the name of a partner', { 'X-Partner-Id': 'partner-a' }],
  ])('answers %i to %s', async (status, _what, headers) => {
    expectRefused(await client.call('GET /images', { headers }), status);
  });
});

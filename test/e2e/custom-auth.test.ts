import { Client } from '../helpers/e2e/client';
import { expectAuthError, expectOwnerIsolation } from '../helpers/e2e/owners';

describe('examples/custom-auth on the emulator', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/custom-auth' }); }, 600_000);
  afterAll(() => client?.app.close());

  const partner = (secret: string) => ({ 'X-Partner-Secret': secret });

  it('isolates the images of each principal', () => expectOwnerIsolation(client, partner('secret-of-a'), partner('secret-of-b')));

  it('allows the authorizer header in CORS preflight responses and describes it in the OpenAPI document', async () => {
    const preflight = await client.call('OPTIONS /images', {
      headers: { 'origin': 'http://localhost:5173', 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-partner-secret' },
    });
    expect(preflight.headers.get('access-control-allow-headers')?.split(',')).toContain('X-Partner-Secret');
    const { json } = await client.call('GET /openapi.json', { headers: partner('secret-of-a') });
    expect(json).toMatchObject({ components: { securitySchemes: { 'X-Partner-Secret': { type: 'apiKey', in: 'header', name: 'X-Partner-Secret' } } } });
  });

  it.each<[401 | 403, string, Record<string, string>]>([
    [401, 'a missing secret', {}], [401, 'an unknown secret', partner('guessed')], [403, 'a blocked secret', partner('secret-of-c')],
    [401, 'a partner name without a secret', { 'X-Partner-Id': 'partner-a' }],
  ])('returns %i for %s', async (status, _case, headers) => {
    expectAuthError(await client.call('GET /images', { headers }), status);
  });
});

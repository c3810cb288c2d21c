import { signRequest } from '../../local/api/sign-request';
import { CREDENTIALS, REGION } from '../../local/emulator/clients';
import { Client } from '../helpers/e2e/client';

describe('examples/iam on the emulator', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/iam' }); }, 600_000);
  afterAll(() => client?.app.close());

  async function signedCall(route: string, body?: object) {
    const [method, path] = route.split(' ');
    const url = `${client.app.outputs.baseUrl}${path}`;
    const headers = await signRequest({
      method, url, headers: body ? { 'content-type': 'application/json' } : {}, body: body ? JSON.stringify(body) : '', credentials: CREDENTIALS, region: REGION,
    });
    return client.call(route, { body, headers });
  }

  it('returns 403 for an unsigned request', async () => {
    const { status, json } = await client.call('POST /images', { body: { prompt: 'a lighthouse' } });
    expect([status, json.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('generates, lists and deletes images with signed requests', async () => {
    const { status, json } = await signedCall('POST /images', { prompt: 'a lighthouse' });
    expect(status).toBe(201);
    expect((await fetch(json.images[0].url)).status).toBe(200);
    expect((await signedCall('GET /images')).json.images.map(({ id }) => id)).toEqual([json.id]);
    expect((await signedCall(`DELETE /images/${json.id}`)).status).toBe(204);
    expect((await signedCall('GET /images')).json.images).toEqual([]);
  });

  it('returns no CORS headers without corsOrigins', async () => {
    expect((await signedCall('GET /images')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

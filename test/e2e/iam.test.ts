import { signed } from '../../local/api/sign-request';
import { CREDENTIALS, REGION } from '../../local/emulator/clients';
import { Client } from '../helpers/e2e/client';

describe('the default construct, for callers with AWS credentials', () => {
  let client: Client;
  beforeAll(async () => { client = await Client.start({ app: 'examples/iam' }); }, 600_000);
  afterAll(() => client?.app.close());

  async function signedCall(route: string, body?: object) {
    const [method, path] = route.split(' ');
    const url = `${client.app.outputs.baseUrl}${path}`;
    const headers = await signed(method, url, body ? { 'content-type': 'application/json' } : {}, body ? JSON.stringify(body) : '', CREDENTIALS, REGION);
    return client.call(route, { body, headers });
  }

  it('refuses an unsigned request', async () => {
    const { status, json } = await client.call('POST /images', { body: { prompt: 'a lighthouse' } });
    expect([status, json.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('draws, lists and deletes for one that is signed', async () => {
    const { status, json } = await signedCall('POST /images', { prompt: 'a lighthouse' });
    expect(status).toBe(201);
    expect((await fetch(json.images[0].url)).status).toBe(200);
    expect((await signedCall('GET /images')).json.images.map(({ id }) => id)).toEqual([json.id]);
    expect((await signedCall(`DELETE /images/${json.id}`)).status).toBe(204);
    expect((await signedCall('GET /images')).json.images).toEqual([]);
  });

  it('has no CORS headers, as no origin is allowed', async () => {
    expect((await signedCall('GET /images')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

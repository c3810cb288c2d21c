import { imageSize } from 'image-size';
import { PLAYGROUND_DATA_HEADERS, type PlaygroundConfiguration, playgroundHeaders } from '../../src/private/contract/playground';
import { Client } from '../helpers/e2e/client';
import { PNG } from '../helpers/world';

describe('examples/playground on the emulator', () => {
  let client: Client;
  let url: string;
  let configuration: PlaygroundConfiguration;

  beforeAll(async () => {
    client = await Client.start({ app: 'examples/playground' });
    url = client.app.outputs.playgroundUrl!;
    configuration = await (await fetch(`${url}/config.json`)).json() as PlaygroundConfiguration;
  }, 600_000);
  afterAll(() => client?.app.close());

  /** Sends a request as the page does. */
  const call = (method: string, path: string, body?: object) => fetch(`${url}${configuration.api}${path}`, {
    method, headers: { 'x-api-key': client.alice, ...(body && { 'Content-Type': 'application/json' }) }, body: body && JSON.stringify(body),
  });

  /** Returns the URL on the origin of the page, as the page does. */
  function onPage(signed: string): string {
    const { host, pathname, search } = new URL(signed);
    expect(host).toBe(configuration.imagesHost);
    return `${url}${configuration.images}${pathname}${search}`;
  }

  it('serves the page with the security headers of CloudFront', async () => {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/<!doctype html>/i);
    for (const [name, value] of Object.entries(playgroundHeaders())) expect([name, response.headers.get(name)]).toEqual([name, value]);
  });

  it('serves the configuration of the construct with the local hosts', () => {
    expect(configuration).toEqual({
      name: 'Image playground',
      api: '/api',
      apiUrl: client.app.outputs.baseUrl,
      images: '/i',
      imagesHost: new URL(client.app.outputs.awsEndpointUrl).host,
      uploads: '/u',
      queued: true,
      retentionDays: 30,
      auth: { type: 'apiKey' },
    });
  });

  it('forwards requests to the API with their credentials', async () => {
    const response = await call('GET', '/models');
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveProperty('models');
    for (const [name, value] of Object.entries(PLAYGROUND_DATA_HEADERS)) expect([name, response.headers.get(name)]).toEqual([name, value]);
    expect((await fetch(`${url}${configuration.api}/models`)).status).toBe(401);
  });

  it('serves images by their signed URLs only', async () => {
    const created = await (await call('POST', '/images', { prompt: 'a lighthouse' })).json() as { images: { url: string }[] };
    const page = onPage(created.images[0].url);
    const response = await fetch(page);
    expect(response.status).toBe(200);
    expect(imageSize(Buffer.from(await response.arrayBuffer())).type).toBe('png');
    expect(response.headers.get('content-security-policy')).toBe(PLAYGROUND_DATA_HEADERS['Content-Security-Policy']);
    expect((await fetch(page.replace(/X-Amz-Signature=../, 'X-Amz-Signature=00'))).status).toBe(403);
  });

  it('uploads images, which can then be edited', async () => {
    const upload = await (await call('POST', '/images/uploads', { contentType: 'image/png' })).json() as { id: string; url: string; fields: Record<string, string> };
    const form = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
    form.append('file', new Blob([PNG], { type: 'image/png' }));
    const response = await fetch(`${url}${configuration.uploads}`, { method: 'POST', body: form });
    expect([response.status, await response.text()]).toEqual([204, '']);
  });
});

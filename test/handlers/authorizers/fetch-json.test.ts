import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchJson } from '../../../src/handlers/authorizers/fetch-json';

describe('fetchJson', () => {
  const server = http.createServer(({ url, headers }, response) => {
    if (url === '/redirect') response.writeHead(302, { location: '/keys' }).end();
    else if (url === '/keys') response.end(`{"accept":"${headers.accept}"}`);
    else response.writeHead(503).end('{}');
  });
  const urlOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  beforeAll(() => new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); }));
  afterAll(() => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  }));

  it('returns the body of the response', async () => {
    expect(new TextDecoder().decode(await fetchJson(urlOf('/keys')))).toBe('{"accept":"application/json"}');
  });

  it('fails for an error status', async () => {
    await expect(fetchJson(urlOf('/missing'))).rejects.toThrow('/missing returned status 503');
  });

  it('does not follow redirects', async () => {
    await expect(fetchJson(urlOf('/redirect'))).rejects.toThrow();
  });
});

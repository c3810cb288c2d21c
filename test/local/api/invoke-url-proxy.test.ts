import * as http from 'node:http';
import { type AddressInfo } from 'node:net';
import { type InvokeUrlProxy, startInvokeUrlProxy } from '../../../local/api/invoke-url-proxy';
import { LocalRunError } from '../../../local/cli/local-run-error';
import { findFreePort } from '../../../local/processes/free-port';

interface ReceivedRequest {
  readonly method?: string;
  readonly url?: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listen(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  }));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts a proxy on its own port, because fetch reuses connections of earlier tests to the same port. */
async function startProxy(port?: number): Promise<InvokeUrlProxy> {
  const proxy = await startInvokeUrlProxy(port ?? await findFreePort());
  closers.push(() => proxy.close());
  return proxy;
}

/** Starts an emulator that records its requests. */
async function emulator(respond: http.RequestListener = (_, response) => response.end('ok')): Promise<{ url: string; requests: ReceivedRequest[] }> {
  const requests: ReceivedRequest[] = [];
  const url = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      requests.push({ method: request.method, url: request.url, headers: request.headers, rawHeaders: request.rawHeaders, body });
      respond(request, response);
    });
  });
  return { url, requests };
}

describe('request forwarding', () => {
  it('forwards method, path, query, headers and body with the host of the API', async () => {
    const { url, requests } = await emulator();
    const baseUrl = (await startProxy()).forwardTo({ emulator: url, apiId: 'abc12345', stage: 'prod' });
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/prod$/);

    await fetch(`${baseUrl}/images/a%20b?limit=2&x=%2F`, { method: 'PATCH', body: 'text', headers: { 'X-Api-Key': 'k', 'Authorization': 'AWS4 ...' } });

    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'PATCH', url: '/prod/images/a%20b?limit=2&x=%2F', body: 'text' });
    expect(requests[0].headers).toMatchObject({
      'host': `abc12345.execute-api.localhost:${new URL(url).port}`, 'x-forwarded-host': new URL(baseUrl).host, 'x-api-key': 'k', 'authorization': 'AWS4 ...',
    });
  });

  it('copies the bearer token to x-api-key on the bearer key paths', async () => {
    const { url, requests } = await emulator();
    const baseUrl = (await startProxy()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod', bearerKeyPaths: ['/v1/models'] });
    const get = (path: string, headers: Record<string, string>) => fetch(`${baseUrl}${path}`, { headers });
    await get('/v1/models', { Authorization: 'Bearer key' });
    await get('/v1/models?x=1', { 'Authorization': 'bearer key', 'X-Api-Key': 'other' });
    await get('/v1/models', { 'X-Api-Key': 'other' });
    await get('/v1/models', { Authorization: 'Basic key' });
    await get('/images', { Authorization: 'Bearer key' });
    await get('/images', { 'X-Api-Key': 'other' });
    expect(requests.map(({ headers }) => headers['x-api-key'])).toEqual(['key', 'key', undefined, undefined, undefined, 'other']);
  });

  it('replaces the forwarded host and scheme of a client', async () => {
    const { url, requests } = await emulator();
    const baseUrl = (await startProxy()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' });
    await fetch(baseUrl, { headers: { 'X-Forwarded-Host': 'evil', 'X-Forwarded-Proto': 'https' } });
    expect(requests[0].headers).toMatchObject({ 'x-forwarded-host': new URL(baseUrl).host, 'x-forwarded-proto': 'http' });
  });

  it('returns status, headers and body of the response', async () => {
    const bytes = Buffer.from([0, 255, 137, 80]);
    const { url } = await emulator((_, response) => response.writeHead(429, { 'Retry-After': '3', 'Location': '/prod/images/1' }).end(bytes));
    const response = await fetch((await startProxy()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' }));
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(response.headers.get('location')).toBe('/prod/images/1');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  it('streams the response body', async () => {
    let finish: () => void = () => undefined;
    const { url } = await emulator((_, response) => {
      response.write('first');
      finish = () => response.end('last');
    });
    const response = await fetch((await startProxy()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' }));
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
    finish();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('last');
  });

  it('removes the Content-Length of a response without a body', async () => {
    const { url } = await emulator((request) => request.socket.end('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\nVary: Origin\r\n\r\n'));
    const response = await fetch((await startProxy()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' }), { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('content-length')).toBeNull();
    expect(response.headers.get('vary')).toBe('Origin');
  });

  it('returns 403 for another stage, as AWS does, and forwards nothing', async () => {
    const { url, requests } = await emulator();
    const baseUrl = (await startProxy()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' });
    const response = await fetch(`${new URL(baseUrl).origin}/_ministack/reset`, { method: 'POST' });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Forbidden' });
    expect((await fetch(`${baseUrl}x`)).status).toBe(403);
    expect(requests).toEqual([]);
  });

  it('returns 502 when the emulator does not respond', async () => {
    const response = await fetch((await startProxy()).forwardTo({ emulator: 'http://127.0.0.1:1', apiId: 'a', stage: 'prod' }));
    expect(response.status).toBe(502);
    expect(((await response.json()) as { message: string }).message).toMatch(/the emulator does not respond/);
  });

  it('returns 503 before the app is deployed', async () => {
    const port = await findFreePort();
    await startProxy(port);
    const response = await fetch(`http://127.0.0.1:${port}/prod/images`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: 'the app is not deployed yet' });
  });
});

describe('startInvokeUrlProxy', () => {
  it('fails when the requested port is in use and names the port', async () => {
    const usedPort = Number(new URL(await listen(() => undefined)).port);
    const error = await startInvokeUrlProxy(usedPort).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LocalRunError);
    expect((error as LocalRunError).message).toBe(`port ${usedPort} is already in use`);
    expect((error as LocalRunError).fix).toContain(`--port ${usedPort + 1}`);
  });

  it('uses a different free port for each proxy', async () => {
    const proxies = [await startInvokeUrlProxy(), await startInvokeUrlProxy(), await startInvokeUrlProxy()];
    closers.push(...proxies.map((proxy) => () => proxy.close()));
    const urls = proxies.map((proxy) => proxy.forwardTo({ emulator: 'http://127.0.0.1:1', apiId: 'a', stage: 's' }));
    expect(new Set(urls).size).toBe(3);
  });

  it('closes open connections at once', async () => {
    const { url } = await emulator(() => undefined);
    const proxy = await startProxy();
    const pending = fetch(proxy.forwardTo({ emulator: url, apiId: 'a', stage: 'prod' })).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = performance.now();
    await proxy.close();
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(await pending).toMatchObject({ message: 'fetch failed' });
  });
});

import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import { InvokeUrlProxy, startInvokeUrlProxy } from '../../../local/api/invoke-url-proxy';
import { LocalRunError } from '../../../local/cli/local-run-error';
import { findFreePort } from '../../../local/processes/free-port';

interface Seen {
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

/** On a port of its own: fetch keeps connections, and would try those of an earlier test on the same port. */
async function opened(port?: number): Promise<InvokeUrlProxy> {
  const front = await startInvokeUrlProxy(port ?? await findFreePort());
  closers.push(() => front.close());
  return front;
}

/** An emulator that writes down what it gets. */
async function emulator(answer: http.RequestListener = (_, response) => response.end('ok')): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const url = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, rawHeaders: request.rawHeaders, body });
      answer(request, response);
    });
  });
  return { url, seen };
}

describe('forwarding', () => {
  it('passes method, path, query, headers and body on, under the name of the API', async () => {
    const { url, seen } = await emulator();
    const baseUrl = (await opened()).forwardTo({ emulator: url, apiId: 'abc12345', stage: 'prod' });
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/prod$/);

    await fetch(`${baseUrl}/images/a%20b?limit=2&x=%2F`, { method: 'PATCH', body: 'text', headers: { 'X-Api-Key': 'k', 'Authorization': 'AWS4 ...' } });

    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'PATCH', url: '/prod/images/a%20b?limit=2&x=%2F', body: 'text' });
    expect(seen[0].headers).toMatchObject({
      'host': `abc12345.execute-api.localhost:${new URL(url).port}`, 'x-forwarded-host': new URL(baseUrl).host, 'x-api-key': 'k', 'authorization': 'AWS4 ...',
    });
  });

  it('puts API keys that come as bearer tokens where the emulator looks for them, on the paths that are told', async () => {
    const { url, seen } = await emulator();
    const baseUrl = (await opened()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod', bearerKeyPaths: ['/v1/models'] });
    const get = (path: string, headers: Record<string, string>) => fetch(`${baseUrl}${path}`, { headers });
    await get('/v1/models', { Authorization: 'Bearer key' });
    await get('/v1/models?x=1', { 'Authorization': 'bearer key', 'X-Api-Key': 'other' });
    await get('/v1/models', { 'X-Api-Key': 'other' });
    await get('/v1/models', { Authorization: 'Basic key' });
    await get('/images', { Authorization: 'Bearer key' });
    await get('/images', { 'X-Api-Key': 'other' });
    expect(seen.map(({ headers }) => headers['x-api-key'])).toEqual(['key', 'key', undefined, undefined, undefined, 'other']);
  });

  it('does not let a client choose the forwarded host and scheme', async () => {
    const { url, seen } = await emulator();
    const baseUrl = (await opened()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' });
    await fetch(baseUrl, { headers: { 'X-Forwarded-Host': 'evil', 'X-Forwarded-Proto': 'https' } });
    expect(seen[0].headers).toMatchObject({ 'x-forwarded-host': new URL(baseUrl).host, 'x-forwarded-proto': 'http' });
  });

  it('passes status, headers and bytes back', async () => {
    const bytes = Buffer.from([0, 255, 137, 80]);
    const { url } = await emulator((_, response) => response.writeHead(429, { 'Retry-After': '3', 'Location': '/prod/images/1' }).end(bytes));
    const response = await fetch((await opened()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' }));
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(response.headers.get('location')).toBe('/prod/images/1');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  it('streams: the first bytes arrive before the answer is complete', async () => {
    let finish: () => void = () => undefined;
    const { url } = await emulator((_, response) => {
      response.write('first');
      finish = () => response.end('last');
    });
    const response = await fetch((await opened()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' }));
    const reader = response.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
    finish();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('last');
  });

  it('takes the length from an answer that has no body', async () => {
    const { url } = await emulator((request) => request.socket.end('HTTP/1.1 204 No Content\r\nContent-Length: 2\r\nVary: Origin\r\n\r\n'));
    const response = await fetch((await opened()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' }), { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('content-length')).toBeNull();
    expect(response.headers.get('vary')).toBe('Origin');
  });

  it('answers 403 for another stage, as AWS does, and asks nobody', async () => {
    const { url, seen } = await emulator();
    const baseUrl = (await opened()).forwardTo({ emulator: url, apiId: 'a', stage: 'prod' });
    const response = await fetch(`${new URL(baseUrl).origin}/_ministack/reset`, { method: 'POST' });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Forbidden' });
    expect((await fetch(`${baseUrl}x`)).status).toBe(403);
    expect(seen).toEqual([]);
  });

  it('answers 502 when the emulator is gone', async () => {
    const response = await fetch((await opened()).forwardTo({ emulator: 'http://127.0.0.1:1', apiId: 'a', stage: 'prod' }));
    expect(response.status).toBe(502);
    expect(((await response.json()) as { message: string }).message).toMatch(/the emulator does not answer/);
  });

  it('answers 503 before the app is deployed', async () => {
    const port = await findFreePort();
    await opened(port);
    const response = await fetch(`http://127.0.0.1:${port}/prod/images`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ message: 'the app is not deployed yet' });
  });
});

describe('openFront', () => {
  it('fails when the port asked for is taken, and names it', async () => {
    const taken = Number(new URL(await listen(() => undefined)).port);
    const failure = await startInvokeUrlProxy(taken).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LocalRunError);
    expect((failure as LocalRunError).message).toBe(`port ${taken} is taken`);
    expect((failure as LocalRunError).fix).toContain(`--port ${taken + 1}`);
  });

  it('finds a free port for each of several', async () => {
    const fronts = [await startInvokeUrlProxy(), await startInvokeUrlProxy(), await startInvokeUrlProxy()];
    closers.push(...fronts.map((front) => () => front.close()));
    const urls = fronts.map((front) => front.forwardTo({ emulator: 'http://127.0.0.1:1', apiId: 'a', stage: 's' }));
    expect(new Set(urls).size).toBe(3);
  });

  it('closes at once, open connections included', async () => {
    const { url } = await emulator(() => undefined);
    const front = await opened();
    const pending = fetch(front.forwardTo({ emulator: url, apiId: 'a', stage: 'prod' })).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = performance.now();
    await front.close();
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(await pending).toMatchObject({ message: 'fetch failed' });
  });
});

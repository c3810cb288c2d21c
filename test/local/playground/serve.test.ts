import * as http from 'node:http';
import { type AddressInfo } from 'node:net';
import { type PlaygroundServerOptions, startPlaygroundServer } from '../../../local/playground/serve';
import { findFreePort } from '../../../local/processes/free-port';
import { PLAYGROUND_DATA_HEADERS, type PlaygroundConfiguration, playgroundHeaders } from '../../../src/private/contract/playground';
import { temporaryFolder, writeFiles } from '../../helpers/temporary-files';

const CONFIGURATION: PlaygroundConfiguration = {
  name: 'Test', api: '/api', apiUrl: 'http://api', images: '/i', imagesHost: 'bucket', uploads: '/u', queued: false, auth: { type: 'apiKey' },
};
const PAGE = { 'index.html': '<!doctype html>', 'main-ABC.js': 'main()', 'chunks/edit-DEF.css': 'p{}', 'manifest.webmanifest': '{}' };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Upstream {
  readonly url: string;
  readonly requests: { readonly line: string; readonly headers: http.IncomingHttpHeaders; readonly body: string }[];
}

/** Starts a server in place of the API or the bucket, which records its requests. */
async function startUpstream(): Promise<Upstream> {
  const requests: Upstream['requests'] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => {
      requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      response.writeHead(418, { 'Retry-After': '3', 'Referrer-Policy': 'unsafe-url' }).end('body');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  }));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

async function startPage(options: Partial<PlaygroundServerOptions> = {}): Promise<string> {
  const folder = temporaryFolder();
  const root = `${folder}/page`;
  writeFiles(root, PAGE);
  writeFiles(folder, { secret: 'secret' });
  const server = await startPlaygroundServer({
    root, port: await findFreePort(), apiUrl: 'http://127.0.0.1:1', bucketUrl: 'http://127.0.0.1:1/bucket', configuration: CONFIGURATION, ...options,
  });
  closers.push(() => server.close());
  return server.url;
}

/** Sends a request without changing its path. */
function send(url: string, path: string, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    http.request(url, { path, method, agent: false }, (response) => resolve(response.resume().statusCode)).once('error', reject).end();
  });
}

describe('page files', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'no-cache', '<!doctype html>'],
    ['/index.html', 'text/html; charset=utf-8', 'no-cache', '<!doctype html>'],
    ['/main-ABC.js?x=1', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'main()'],
    ['/chunks/edit-DEF.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable', 'p{}'],
    ['/manifest.webmanifest', 'application/manifest+json', 'no-cache', '{}'],
    ['/config.json', 'application/json', 'no-cache', JSON.stringify(CONFIGURATION)],
  ])('serves %s with type, caching and security headers', async (path, type, cacheControl, body) => {
    const response = await fetch(`${await startPage()}${path}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(body);
    for (const [name, value] of Object.entries({ 'Content-Type': type, 'Cache-Control': cacheControl, ...playgroundHeaders() })) {
      expect([name, response.headers.get(name)]).toEqual([name, value]);
    }
  });

  it('adds the origins of sign-in and of images to the policy', async () => {
    const auth = { type: 'cognito', domain: 'https://x.auth.example.com/path', clientId: 'c', issuer: 'https://i', scopes: [], token: 'id' } as const;
    const url = await startPage({ configuration: { ...CONFIGURATION, auth }, imageOrigins: ['https://d.example.com'] });
    const policy = (await fetch(url)).headers.get('content-security-policy');
    expect(policy).toContain("connect-src 'self' https://x.auth.example.com;");
    expect(policy).toContain("img-src 'self' blob: https://d.example.com;");
  });

  it.each(['/missing.js', '/chunks', '/../secret', '/%2e%2e/secret', '/%', '/%00', '/i', '/api'])('returns 403 for %s, as S3 does', async (path) => {
    expect(await send(await startPage(), path)).toBe(403);
  });

  it('returns 403 for other methods, and headers only for HEAD', async () => {
    const url = await startPage();
    expect(await send(url, '/', 'POST')).toBe(403);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '15', '']);
  });
});

describe('API requests', () => {
  it('forwards /api/* to the stage with all headers except the host', async () => {
    const api = await startUpstream();
    const url = await startPage({ apiUrl: `${api.url}/prod` });
    const response = await fetch(`${url}/api/images/a%20b?limit=2&x=%2F`, { method: 'PATCH', body: 'text', headers: { 'Authorization': 'Bearer t', 'X-Api-Key': 'k' } });
    expect(response.status).toBe(418);
    expect(await response.text()).toBe('body');
    expect(response.headers.get('retry-after')).toBe('3');
    expect(api.requests).toHaveLength(1);
    expect(api.requests[0]).toMatchObject({ line: 'PATCH /prod/images/a%20b?limit=2&x=%2F', body: 'text' });
    expect(api.requests[0].headers).toMatchObject({ 'authorization': 'Bearer t', 'x-api-key': 'k', 'host': new URL(api.url).host });
  });

  it('replaces the security headers of the response', async () => {
    const api = await startUpstream();
    const { headers } = await fetch(`${await startPage({ apiUrl: api.url })}/api/models`);
    for (const [name, value] of Object.entries(PLAYGROUND_DATA_HEADERS)) expect([name, headers.get(name)]).toEqual([name, value]);
  });

  it('returns 502 if the API does not respond', async () => {
    expect(await send(await startPage(), '/api/models')).toBe(502);
  });
});

describe('images and uploads', () => {
  it('forwards signed URLs to the bucket without credentials of the page', async () => {
    const bucket = await startUpstream();
    const url = await startPage({ bucketUrl: `${bucket.url}/bucket` });
    await fetch(`${url}/i/bucket/images/a.png?X-Amz-Signature=1%2B2`, { headers: { 'Authorization': 'Bearer t', 'X-Api-Key': 'k', 'Cookie': 'c=1', 'Range': 'bytes=0-1' } });
    expect(bucket.requests).toHaveLength(1);
    const [{ line, headers }] = bucket.requests;
    expect(line).toBe('GET /bucket/images/a.png?X-Amz-Signature=1%2B2');
    expect(headers).toMatchObject({ host: new URL(bucket.url).host, range: 'bytes=0-1' });
    for (const name of ['authorization', 'x-api-key', 'cookie']) expect(headers).not.toHaveProperty(name);
  });

  it('forwards uploads to the URL of the bucket', async () => {
    const bucket = await startUpstream();
    const url = await startPage({ bucketUrl: `${bucket.url}/bucket` });
    await fetch(`${url}/u`, { method: 'POST', body: 'form', headers: { 'Content-Type': 'multipart/form-data; boundary=x' } });
    expect(bucket.requests).toMatchObject([{ line: 'POST /bucket', body: 'form', headers: { 'content-type': 'multipart/form-data; boundary=x' } }]);
  });

  it('forwards nothing else', async () => {
    const bucket = await startUpstream();
    const url = await startPage({ bucketUrl: `${bucket.url}/bucket` });
    expect(await send(url, '/u', 'PUT')).toBe(405);
    expect(await send(url, '/i/bucket/a.png', 'DELETE')).toBe(403);
    expect(await send(url, '/i/other/a.png')).toBe(403);
    expect(await send(url, '/i/bucket-2/a.png')).toBe(403);
    expect(bucket.requests).toHaveLength(0);
  });
});

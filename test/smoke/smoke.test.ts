import * as http from 'node:http';
import { type AddressInfo } from 'node:net';
import { smokeTest } from '../helpers/smoke';

/** An image of the API that this server pretends to be. */
const IMAGE = { id: '01KAJ3W0V5E2M8Q9XG7T4R6B1N', status: 'succeeded', model: 'm', images: [{ url: '', contentType: 'image/png' }] };
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(2_000)]);
const KEY = 'secret-key-value';

interface Reply {
  readonly status: number;
  readonly type?: string;
  readonly body?: object | Buffer;
}
type Replies = Readonly<Record<string, (request: { headers: http.IncomingHttpHeaders; body: string; calls: number; last: string }) => Reply>>;

const problem = (status: number, code: string): Reply => ({ status, type: 'application/problem+json', body: { code, requestId: 'r' } });

/** Responses of an API without faults. */
const CORRECT: Replies = {
  'GET /models': ({ headers }) => (headers['x-api-key'] ? { status: 200, body: { models: [{ id: 'm' }] } } : problem(403, 'UNAUTHENTICATED')),
  'POST /images': ({ headers, body }) => {
    if (body.length > 6_000_000) return problem(413, 'PAYLOAD_TOO_LARGE');
    if (!body.endsWith('}')) return problem(400, 'INVALID_REQUEST');
    if (headers.prefer) return { status: 202, body: { id: IMAGE.id } };
    return headers.accept === 'image/png' ? { status: 201, type: 'image/png', body: PNG } : { status: 201, body: IMAGE };
  },
  'GET /no-such-path': () => problem(404, 'NOT_FOUND'),
  'POST /v1/images/generations': () => ({ status: 200, body: { id: IMAGE.id } }),
  'POST /images/uploads': () => ({ status: 201, body: { url: '', fields: { key: 'k' } } }),
  'GET /file': () => ({ status: 200, type: 'image/png', body: PNG }),
  'POST /file': () => ({ status: 204 }),
  [`GET /images/${IMAGE.id}`]: ({ last }) => (last.startsWith('DELETE') ? problem(404, 'NOT_FOUND') : { status: 200, body: IMAGE }),
  [`DELETE /images/${IMAGE.id}`]: () => ({ status: 204 }),
};

let close = (): void => {};
afterEach(() => close());

/** Starts a server with these responses and runs the smoke test against it. */
async function smoke(replies: Replies, args: readonly string[] = ['--openai', '--queued', '--edits']) {
  const calls: Record<string, number> = {};
  let last = '';
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const route = `${request.method} ${request.url}`;
      calls[route] = (calls[route] ?? 0) + 1;
      const { status, type, body } = replies[route]?.({ headers: request.headers, body: Buffer.concat(chunks).toString(), calls: calls[route], last }) ?? problem(500, 'NO_ROUTE');
      last = route;
      response.writeHead(status, { 'content-type': type ?? 'application/json' });
      response.end(Buffer.isBuffer(body) ? body : body && JSON.stringify(body).replaceAll('"url":""', `"url":"${url}file"`));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  close = () => server.close();
  return smokeTest(['--url', url, '--key', KEY, ...args]);
}

describe('the smoke test', () => {
  it('passes all checks of an API without faults', async () => {
    const { status, results, report } = await smoke(CORRECT);
    expect(Object.values(results)).toEqual(Object.values(results).map(() => 'pass'));
    expect(Object.keys(results)).toHaveLength(12);
    expect(report).toContain('12 passed, 0 failed, 0 skipped');
    expect(status).toBe(0);
  });

  it('skips what the API does not have', async () => {
    const { status, report } = await smoke(CORRECT, []);
    expect(report).toContain('9 passed, 0 failed, 3 skipped');
    expect(status).toBe(0);
  });

  it.each<[string, Replies]>([
    ['The credentials are accepted', { 'GET /models': () => problem(403, 'FORBIDDEN') }],
    ['An API key in Authorization and in x-api-key has the same owner', { [`GET /images/${IMAGE.id}`]: () => problem(404, 'NOT_FOUND') }],
    ['An image is returned as bytes', {
      'POST /images': (request) => (request.headers.accept === 'image/png'
        ? { status: 201, type: 'image/png', body: Buffer.from(PNG.toString('base64')) } : CORRECT['POST /images'](request)),
    }],
    ['API Gateway returns problem documents: no credentials', {
      'GET /models': (request) => (request.headers['x-api-key']
        ? CORRECT['GET /models'](request) : { status: 403, body: { message: 'Forbidden' } }),
    }],
    ['API Gateway returns problem documents: body without JSON', {
      'POST /images': (request) => (request.body.endsWith('}')
        ? CORRECT['POST /images'](request) : { status: 400, type: 'application/json', body: { code: 'x', requestId: 'r' } }),
    }],
    ['API Gateway returns problem documents: unknown path', { 'GET /no-such-path': () => ({ status: 200, body: {} }) }],
    ['A body above the limit of Lambda is rejected', {
      'POST /images': (request) => (request.body.length > 6_000_000
        ? problem(500, 'INTERNAL') : CORRECT['POST /images'](request)),
    }],
    ['A job completes', { [`GET /images/${IMAGE.id}`]: () => ({ status: 200, body: { status: 'failed' } }) }],
    ['An image is generated, and its URL works', { 'GET /file': () => ({ status: 403, type: 'application/xml' }) }],
    ['A repeated request with the same Idempotency-Key returns the same image', {
      'POST /images': (request) => {
        const reply = CORRECT['POST /images'](request);
        return request.calls > 4 && reply.status === 201 ? { ...reply, body: { ...IMAGE, id: `other-${request.calls}` } } : reply;
      },
    }],
    ['An upload is accepted', { 'POST /file': () => ({ status: 403 }) }],
    ['An image is deleted', { [`GET /images/${IMAGE.id}`]: () => ({ status: 200, body: IMAGE }) }],
  ])('reports a failure of: %s', async (title, faulty) => {
    const { status, results } = await smoke({ ...CORRECT, ...faulty });
    expect(results[title]).toBe('FAIL');
    expect(status).toBe(1);
  });

  it('prints neither the key nor URLs of images', async () => {
    const { report, errors } = await smoke(CORRECT);
    expect(report + errors).not.toMatch(new RegExp(`${KEY}|/file`));
  });

  it.each<[string, string[]]>([
    ["--url must be the URL of the API, the value of images.url, got ''", []],
    ["--url must be the URL of the API, the value of images.url, got 'abc'", ['--url', 'abc']],
    ['--key or --token is missing; an API with ApiAuth.iam() needs signed requests', ['--url', 'http://127.0.0.1:1/']],
    ["Unknown option '--kye'", ['--kye', 'x']],
  ])('fails with: %s', async (message, args) => {
    const { status, errors } = await smokeTest(args);
    expect(errors).toContain(message);
    expect(status).toBe(2);
  });
});

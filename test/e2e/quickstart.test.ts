import { FilterLogEventsCommand, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { imageSize } from 'image-size';
import { DIFFERENCES } from '../../local/differences';
import { INVALID_REQUESTS } from '../fixtures/invalid-requests';
import { Client, type ApiResponse } from '../helpers/e2e/client';

// With AUTH=true, the emulator evaluates the policies of the function role: missing permissions fail.
describe.each([['without IAM', false], ['with IAM policies evaluated (AUTH=true)', true]])('examples/quickstart on the emulator, %s', (_, auth) => {
  let client: Client;
  const printed: string[] = [];
  beforeAll(async () => { client = await Client.start({ app: 'examples/quickstart', auth, log: (line) => printed.push(line) }); }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.resetModel('ok'));

  const objectKeys = async () => {
    const bucket = client.app.stacks[0];
    const [id] = Object.entries(bucket.template.Resources).find(([, { Type }]) => Type === 'AWS::S3::Bucket')!;
    const { Contents = [] } = await client.app.clients.s3.send(new ListObjectsV2Command({ Bucket: bucket.resources[id] }));
    return Contents.map(({ Key }) => Key!);
  };

  function expectProblem(response: ApiResponse, status: number, code: string): void {
    expect([response.status, response.json.code]).toEqual([status, code]);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(response.json).toMatchObject({ status, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/), error: { message: expect.any(String) } });
  }

  it('prints every difference from AWS that applies', () => {
    for (const difference of ['requestContext.identity.apiKey', 'time to live', 'request validation']) expect(printed.join('\n')).toContain(difference);
    expect(DIFFERENCES.length).toBeGreaterThan(10);
  });

  it('generates an image and serves it at the presigned URL', async () => {
    const { status, json, headers } = await client.generate(client.alice, { prompt: 'a lighthouse', seed: 7, aspectRatio: '16:9' });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/prod/images/${json.id}`);
    const response = await fetch(json.images[0].url);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(imageSize(bytes)).toMatchObject({ type: 'png', width: json.images[0].width, height: json.images[0].height });
  });

  it('returns the image itself for Accept: image/png, and the same image for the same seed', async () => {
    const images = await Promise.all([1, 2].map(async () => {
      const response = await fetch(`${client.app.outputs.baseUrl}/images`, {
        method: 'POST', headers: { 'x-api-key': client.alice, 'content-type': 'application/json', 'accept': 'image/png' }, body: JSON.stringify({ prompt: 'a fox', seed: 3 }),
      });
      expect([response.status, response.headers.get('content-type')]).toEqual([201, 'image/png']);
      return Buffer.from(await response.arrayBuffer());
    }));
    expect(images[0].equals(images[1])).toBe(true);
    expect(imageSize(images[0]).type).toBe('png');
  });

  it('returns problem documents with CORS headers for a missing key, a wrong key and an unknown path', async () => {
    expectProblem(await client.generate(''), 401, 'UNAUTHENTICATED');
    const wrong = await client.generate('wrong');
    expectProblem(wrong, 401, 'UNAUTHENTICATED');
    expect(wrong.text).toContain('Incorrect API key provided');
    expectProblem(await client.call('GET /nowhere', { key: client.alice }), 404, 'NOT_FOUND');
    expectProblem(await client.call('PUT /images', { key: client.alice }), 404, 'NOT_FOUND');
    expect(await client.modelCallCount()).toBe(0);
  });

  it('responds to a CORS preflight without a key', async () => {
    const { status, headers } = await client.call('OPTIONS /images', { headers: { 'origin': 'http://localhost:5173', 'access-control-request-method': 'POST' } });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(headers.get('access-control-allow-headers')).toMatch(/Idempotency-Key/);
    expect(headers.get('access-control-allow-methods')).toMatch(/POST/);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('returns a new URL on GET, isolates owners and deletes permanently', async () => {
    const { json: { id } } = await client.generate();
    const stored = await client.call(`GET /images/${id}`, { key: client.alice });
    expect(stored.status).toBe(200);
    expect((await fetch(stored.json.images[0].url)).status).toBe(200);

    expectProblem(await client.call(`GET /images/${id}`, { key: client.bob }), 404, 'NOT_FOUND');
    expectProblem(await client.call(`DELETE /images/${id}`, { key: client.bob }), 404, 'NOT_FOUND');
    const listed = async (key: string) => (await client.call('GET /images', { key })).json.images.map((image) => image.id);
    expect((await listed(client.alice))[0]).toBe(id);
    expect(await listed(client.bob)).not.toContain(id);

    expect((await objectKeys()).filter((key) => key.includes(id))).toHaveLength(1);
    expect((await client.call(`DELETE /images/${id}`, { key: client.alice })).status).toBe(204);
    expectProblem(await client.call(`GET /images/${id}`, { key: client.alice }), 404, 'NOT_FOUND');
    expect((await objectKeys()).filter((key) => key.includes(id))).toEqual([]);
    expect((await fetch(stored.json.images[0].url)).status).toBe(404);
  });

  it('paginates the list', async () => {
    for (let i = 0; i < 3; i++) await client.generate(client.bob);
    const first = await client.call('GET /images?limit=2', { key: client.bob });
    const second = await client.call(`GET /images?limit=2&cursor=${first.json.cursor}`, { key: client.bob });
    expect(first.json.images).toHaveLength(2);
    expect(second.json.images.length).toBeGreaterThanOrEqual(1);
    expect(first.json.images.map(({ id }) => id)).not.toContain(second.json.images[0].id);
    for (const query of ['limit=0', 'limit=1&limit=2']) {
      expectProblem(await client.call(`GET /images?${query}`, { key: client.bob }), 400, 'INVALID_REQUEST');
    }
  });

  it.each([
    ['filter-prompt', 422, 'CONTENT_FILTERED', 1],
    ['filter-output', 422, 'CONTENT_FILTERED', 1],
    ['end-of-life', 502, 'MODEL_UNAVAILABLE', 1],
    ['access-denied', 502, 'MODEL_UNAVAILABLE', 1],
    ['server-error', 503, 'MODEL_BUSY', 3],
    ['malformed', 502, 'MODEL_ERROR', 1],
    ['truncated', 502, 'MODEL_ERROR', 1],
    ['reset', 502, 'MODEL_ERROR', 1],
    ['throttle', 429, 'THROTTLED', 3],
  ])('model mode %s: returns %i %s after %i model call(s)', async (mode, status, code, calls) => {
    await client.resetModel(mode);
    const response = await client.generate();
    expectProblem(response, status, code);
    if (status === 429 || status === 503) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await client.modelCallCount()).toBe(calls);
  });

  it('retries one throttled model call', async () => {
    await client.resetModel('throttle', { times: 1 });
    expect((await client.generate()).status).toBe(201);
    expect(await client.modelCallCount()).toBe(2);
  });

  it('returns all validation errors of a body together, without a model call', async () => {
    const invalid = INVALID_REQUESTS[INVALID_REQUESTS.length - 1];
    const response = await client.generate(client.alice, invalid.body);
    expectProblem(response, 400, 'INVALID_REQUEST');
    expect(response.json.errors.map(({ pointer }) => pointer).sort()).toEqual([...invalid.pointers].sort());
    expect(await client.modelCallCount()).toBe(0);
  });

  it('generates one image for 20 concurrent requests with one idempotency key, and returns it for a later request', async () => {
    const headers = { 'idempotency-key': `key-${Math.random()}` };
    const responses = await Promise.all(Array.from({ length: 20 }, () => client.generate(client.alice, { prompt: 'a fox' }, headers)));
    const created = responses.filter(({ status }) => status === 201);
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set(created.length === 20 ? [201] : [201, 409]));
    expect(new Set(created.map(({ json }) => json.id)).size).toBe(1);
    const later = await client.generate(client.alice, { prompt: 'a fox' }, headers);
    expect([later.status, later.json.id]).toEqual([201, created[0].json.id]);
    expectProblem(await client.generate(client.alice, { prompt: 'another fox' }, headers), 422, 'IDEMPOTENCY_MISMATCH');
    expect((await client.generate(client.bob, { prompt: 'a fox' }, headers)).json.id).not.toBe(created[0].json.id);
    expect(await client.modelCallCount()).toBe(2);
  });

  it('lists the model with its price', async () => {
    const { json } = await client.call('GET /models', { key: client.bob });
    expect(json.models).toMatchObject([{ id: 'stability.stable-image-core-v1:1', default: true, priceUsd: 0.04 }]);
  });

  it('logs no prompts, keys or URLs', async () => {
    await client.generate(client.alice, { prompt: 'a very secret lighthouse' }, { 'idempotency-key': 'a-secret-key' });
    const lines: string[] = [];
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: client.app.clients.logs }, {})) {
      for (const { logGroupName } of logGroups) {
        const { events = [] } = await client.app.clients.logs.send(new FilterLogEventsCommand({ logGroupName }));
        lines.push(...events.map(({ message = '' }) => message));
      }
    }
    const text = lines.join('\n');
    expect(text).toContain('"route":"POST /images"');
    for (const forbidden of ['lighthouse', 'a fox', 'secret-key', 'X-Amz-Signature', client.alice, client.bob]) expect(text).not.toContain(forbidden);
  });
});

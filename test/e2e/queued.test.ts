import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, ListQueuesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { Client, type ApiResponse } from '../helpers/e2e/client';
import { eventually } from '../helpers/e2e/eventually';
import { smokeTest } from '../helpers/smoke';

const TIMEOUT_MS = 60_000;

describe('examples/queued on the emulator', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start({ app: 'examples/queued', auth: true });
  }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.resetModel('ok'));

  const enqueue = (body: object = { prompt: 'a lighthouse' }, headers: Record<string, string> = {}) =>
    client.generate(client.alice, body, { prefer: 'respond-async', ...headers });
  const get = async (id: string): Promise<ApiResponse['json']> => (await client.call(`GET /images/${id}`, { key: client.alice })).json;

  const completed = (id: string) => eventually(async () => {
    const json = await get(id);
    return json.status === 'queued' || json.status === 'running' ? undefined : json;
  }, `image ${id} did not complete`, TIMEOUT_MS);

  async function queueUrl(part: string): Promise<string> {
    const { QueueUrls = [] } = await client.app.clients.sqs.send(new ListQueuesCommand({}));
    return QueueUrls.find((url) => url.includes(part))!;
  }

  async function messageCount(part: string): Promise<number> {
    const { Attributes } = await client.app.clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl: await queueUrl(part), AttributeNames: ['ApproximateNumberOfMessages'] }));
    return Number(Attributes?.ApproximateNumberOfMessages);
  }

  it('passes the smoke test for a first deployment', async () => {
    const { results } = await smokeTest(['--url', client.app.outputs.baseUrl, '--key', client.alice, '--queued']);
    expect(Object.values(results)).not.toContain('FAIL');
    expect(results['A job completes']).toBe('pass');
  });

  it('returns 202 and generates the image asynchronously', async () => {
    await client.resetModel('ok', { delayMs: 1_500 });
    const { status, json, headers } = await enqueue({ prompt: 'a lighthouse', seed: 7 });
    expect([status, headers.get('preference-applied'), headers.get('location')]).toEqual([202, 'respond-async', `/prod/images/${json.id}`]);
    expect(json).toMatchObject({ status: 'queued', estimatedSeconds: expect.any(Number) });
    const done = await completed(json.id);
    expect([done.status, done.images.length]).toEqual(['succeeded', 1]);
    expect((await fetch(done.images[0].url)).status).toBe(200);
  });

  it('processes 200 jobs once each with at most four concurrent workers and lists them in request order', async () => {
    await client.resetModel('ok', { delayMs: 200 });
    const ids: string[] = [];
    for (let index = 0; index < 200; index++) ids.push((await enqueue({ prompt: `lighthouse ${index}`, aspectRatio: '1:1' })).json.id);
    for (const id of ids) expect((await completed(id)).status).toBe('succeeded');
    const { total, mostAtOnce } = await client.modelCalls();
    expect(total).toBe(200);
    expect(mostAtOnce).toBeLessThanOrEqual(4);
    expect(mostAtOnce).toBeGreaterThan(1);

    const listed: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const { json } = await client.call(`GET /images?limit=100${cursor && `&cursor=${cursor}`}`, { key: client.alice });
      listed.push(...json.images.map(({ id }) => id));
      cursor = json.cursor as string | undefined;
    }
    expect(listed.slice(0, 200)).toEqual([...ids].reverse());
  }, 300_000);

  it('generates one image for ten concurrent deliveries of a job', async () => {
    await client.resetModel('ok', { delayMs: 1_000 });
    const { json: { id } } = await enqueue();
    const QueueUrl = await queueUrl('ImagesQueue');
    await Promise.all(Array.from({ length: 9 }, () => client.app.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ owner: 'client:alice', id }) }))));
    expect((await completed(id)).status).toBe('succeeded');
    await sleep(3_000);
    expect(await client.modelCallCount()).toBe(1);
  });

  it.each([['buffered', {}], ['queued', { prefer: 'respond-async' }]])('generates one image for 200 requests with one idempotency key, 20 of them concurrent: %s', async (_delivery, headers) => {
    await client.resetModel('ok', { delayMs: 500 });
    const key = { 'idempotency-key': `key of ${_delivery}` };
    const pending = Array.from({ length: 200 }, (_, index) => index);
    const responses: ApiResponse[] = [];
    await Promise.all(Array.from({ length: 20 }, async () => {
      while (pending.pop() !== undefined) responses.push(await client.generate(client.alice, { prompt: 'one key' }, { ...key, ...headers }));
    }));
    const statuses = new Set(responses.map(({ status }) => status));
    for (const status of statuses) expect([201, 202, 409]).toContain(status);
    const ids = new Set(responses.filter(({ status }) => status < 300).map(({ json }) => json.id));
    expect(ids.size).toBe(1);
    expect((await completed([...ids][0])).status).toBe('succeeded');
    expect(await client.modelCallCount()).toBe(1);
  }, 120_000);

  it('reports why a job failed and sends it to the dead-letter queue, except for filtered content', async () => {
    const before = await messageCount('DeadLetter');
    await client.resetModel('filter-prompt');
    const filtered = await completed((await enqueue()).json.id);
    expect(filtered).toMatchObject({ status: 'failed', attempts: 1, problem: { code: 'CONTENT_FILTERED', status: 422 } });
    expect(await messageCount('DeadLetter')).toBe(before);
    await client.resetModel('end-of-life');
    const unavailable = await completed((await enqueue()).json.id);
    expect(unavailable).toMatchObject({ status: 'failed', problem: { code: 'MODEL_UNAVAILABLE' } });
    expect([await messageCount('DeadLetter'), await client.modelCallCount()]).toEqual([before + 1, 1]);
  });

  it('retries a throttled job', async () => {
    await client.resetModel('throttle', { times: 3 });
    const { json: { id } } = await enqueue();
    expect((await completed(id)).status).toBe('succeeded');
    expect(await client.modelCallCount()).toBe(4);
  });

  it('processes a batch of 100 requests, 3 of them filtered and 2 throttled, without an additional model call', async () => {
    await client.resetModel('filter-prompt', { times: 3 });
    const requests = Array.from({ length: 100 }, (_, index) => ({ prompt: `lighthouse ${index}` }));
    const call = () => client.call('POST /images/batches', { key: client.alice, body: { requests }, headers: { 'idempotency-key': 'a batch' } });
    const [{ status, json: { id } }, repeated] = [await call(), await call()];
    expect([status, repeated.json.id]).toEqual([202, id]);
    const counts = async () => (await client.call(`GET /images/batches/${id}`, { key: client.alice })).json.counts as Record<string, number>;
    while ((await counts()).failed !== 3) await sleep(250);
    await client.setModelMode('throttle', { times: 2 });
    while ((await counts()).succeeded !== 97) await sleep(250);
    expect(await counts()).toEqual({ succeeded: 97, failed: 3 });
    expect(await client.modelCallCount()).toBe(100 + 2);
    expect((await client.call(`GET /images/batches/${id}`, { key: client.bob })).status).toBe(404);
  }, 120_000);

  it('cancels a queued job', async () => {
    await client.resetModel('ok', { delayMs: 1_500 });
    const ids = await Promise.all(Array.from({ length: 9 }, async () => (await enqueue()).json.id));
    const last = ids.at(-1)!;
    const { status } = await client.call(`DELETE /images/${last}`, { key: client.alice });
    expect([204, 409]).toContain(status);
    if (status === 204) expect((await client.call(`GET /images/${last}`, { key: client.alice })).status).toBe(404);
    for (const id of ids.slice(0, -1)) expect((await completed(id)).status).toBe('succeeded');
    expect(await client.modelCallCount()).toBe(status === 204 ? 8 : 9);
  });
});

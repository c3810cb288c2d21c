import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, ListQueuesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { Client, type Answer } from '../helpers/e2e/client';
import { eventually } from '../helpers/e2e/eventually';

const WAITING_MS = 60_000;

describe('queued delivery', () => {
  let client: Client;
  beforeAll(async () => {
    client = await Client.start({ app: 'examples/queued', auth: true });
  }, 600_000);
  afterAll(() => client?.app.close());
  beforeEach(() => client.model('ok'));

  const later = (body: object = { prompt: 'a lighthouse' }, headers: Record<string, string> = {}) =>
    client.draw(client.alice, body, { prefer: 'respond-async', ...headers });
  const get = async (id: string): Promise<Answer['json']> => (await client.call(`GET /images/${id}`, { key: client.alice })).json;

  const ended = (id: string) => eventually(async () => {
    const json = await get(id);
    return json.status === 'queued' || json.status === 'running' ? undefined : json;
  }, `image ${id} is not done`, WAITING_MS);

  async function queueUrl(part: string): Promise<string> {
    const { QueueUrls = [] } = await client.app.clients.sqs.send(new ListQueuesCommand({}));
    return QueueUrls.find((url) => url.includes(part))!;
  }

  async function waitingIn(part: string): Promise<number> {
    const { Attributes } = await client.app.clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl: await queueUrl(part), AttributeNames: ['ApproximateNumberOfMessages'] }));
    return Number(Attributes?.ApproximateNumberOfMessages);
  }

  it('answers at once, and has the image later', async () => {
    await client.model('ok', { delayMs: 1_500 });
    const { status, json, headers } = await later({ prompt: 'a lighthouse', seed: 7 });
    expect([status, headers.get('preference-applied'), headers.get('location')]).toEqual([202, 'respond-async', `/prod/images/${json.id}`]);
    expect(json).toMatchObject({ status: 'queued', estimatedSeconds: expect.any(Number) });
    const done = await ended(json.id);
    expect([done.status, done.images.length]).toEqual(['succeeded', 1]);
    expect((await fetch(done.images[0].url)).status).toBe(200);
  });

  it('draws 200 jobs by four workers at most, each once, and lists them in the order of the requests', async () => {
    await client.model('ok', { delayMs: 200 });
    const ids: string[] = [];
    for (let index = 0; index < 200; index++) ids.push((await later({ prompt: `lighthouse ${index}`, aspectRatio: '1:1' })).json.id);
    for (const id of ids) expect((await ended(id)).status).toBe('succeeded');
    const { total, mostAtOnce } = await client.modelLedger();
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

  it('draws once what is handed out ten times at once', async () => {
    await client.model('ok', { delayMs: 1_000 });
    const { json: { id } } = await later();
    const QueueUrl = await queueUrl('ImagesQueue');
    await Promise.all(Array.from({ length: 9 }, () => client.app.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ owner: 'client:alice', id }) }))));
    expect((await ended(id)).status).toBe('succeeded');
    await sleep(3_000);
    expect(await client.modelCalls()).toBe(1);
  });

  it.each([['buffered', {}], ['queued', { prefer: 'respond-async' }]])('buys one image by one key, 200 requests, 20 at once: %s', async (_delivery, headers) => {
    await client.model('ok', { delayMs: 500 });
    const key = { 'idempotency-key': `key of ${_delivery}` };
    const waiting = Array.from({ length: 200 }, (_, index) => index);
    const answers: Answer[] = [];
    await Promise.all(Array.from({ length: 20 }, async () => {
      while (waiting.pop() !== undefined) answers.push(await client.draw(client.alice, { prompt: 'one key' }, { ...key, ...headers }));
    }));
    const seen = new Set(answers.map(({ status }) => status));
    for (const status of seen) expect([201, 202, 409]).toContain(status);
    const ids = new Set(answers.filter(({ status }) => status < 300).map(({ json }) => json.id));
    expect(ids.size).toBe(1);
    expect((await ended([...ids][0])).status).toBe('succeeded');
    expect(await client.modelCalls()).toBe(1);
  }, 120_000);

  it('tells why a job failed, and puts it aside where an operator can help', async () => {
    const before = await waitingIn('DeadLetter');
    await client.model('filter-prompt');
    const filtered = await ended((await later()).json.id);
    expect(filtered).toMatchObject({ status: 'failed', attempts: 1, problem: { code: 'CONTENT_FILTERED', status: 422 } });
    expect(await waitingIn('DeadLetter')).toBe(before);
    await client.model('end-of-life');
    const gone = await ended((await later()).json.id);
    expect(gone).toMatchObject({ status: 'failed', problem: { code: 'MODEL_UNAVAILABLE' } });
    expect([await waitingIn('DeadLetter'), await client.modelCalls()]).toEqual([before + 1, 1]);
  });

  it('tries again later what the model throttles', async () => {
    await client.model('throttle', { times: 3 });
    const { json: { id } } = await later();
    expect((await ended(id)).status).toBe('succeeded');
    expect(await client.modelCalls()).toBe(4);
  });

  it('draws a batch of 100, of which 3 are filtered and 2 throttled, without a call too many', async () => {
    await client.model('filter-prompt', { times: 3 });
    const requests = Array.from({ length: 100 }, (_, index) => ({ prompt: `lighthouse ${index}` }));
    const call = () => client.call('POST /images/batches', { key: client.alice, body: { requests }, headers: { 'idempotency-key': 'a batch' } });
    const [{ status, json: { id } }, repeated] = [await call(), await call()];
    expect([status, repeated.json.id]).toEqual([202, id]);
    const counts = async () => (await client.call(`GET /images/batches/${id}`, { key: client.alice })).json.counts as Record<string, number>;
    while ((await counts()).failed !== 3) await sleep(250);
    await client.mode('throttle', { times: 2 });
    while ((await counts()).succeeded !== 97) await sleep(250);
    expect(await counts()).toEqual({ succeeded: 97, failed: 3 });
    expect(await client.modelCalls()).toBe(100 + 2);
    expect((await client.call(`GET /images/batches/${id}`, { key: client.bob })).status).toBe(404);
  }, 120_000);

  it('cancels what waits', async () => {
    await client.model('ok', { delayMs: 1_500 });
    const ids = await Promise.all(Array.from({ length: 9 }, async () => (await later()).json.id));
    const last = ids.at(-1)!;
    const { status } = await client.call(`DELETE /images/${last}`, { key: client.alice });
    expect([204, 409]).toContain(status);
    if (status === 204) expect((await client.call(`GET /images/${last}`, { key: client.alice })).status).toBe(404);
    for (const id of ids.slice(0, -1)) expect((await ended(id)).status).toBe('succeeded');
    expect(await client.modelCalls()).toBe(status === 204 ? 8 : 9);
  });
});

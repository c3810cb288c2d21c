import { ApiError } from '../../../../src/handlers/shared/errors';
import { CONFIGURATION, World } from '../../../helpers/world';

let world: World;
beforeEach(() => { world = new World(); });

/** As OpenAI's SDKs send: a request, and how often they sent it before. */
const send = (attempt: number, body: object = {}, more: { keyId?: string; headers?: Record<string, string> } = {}) =>
  world.call('POST /v1/images/generations', {
    body: { prompt: 'a fox', ...body }, keyId: more.keyId, headers: { 'X-Stainless-Retry-Count': String(attempt), ...more.headers },
  });

const MINUTE = 60_000;

describe('a repeated request', () => {
  it('is answered with the image of the first', async () => {
    const first = await send(0);
    const second = await send(1);
    expect([second.status, second.json]).toEqual([200, first.json]);
    expect(world.models.calls).toHaveLength(1);
  });

  it('draws where the first never arrived', async () => {
    expect((await send(1)).status).toBe(200);
    expect((await send(2)).status).toBe(200);
    expect(world.models.calls).toHaveLength(1);
  });

  it('waits for the first', async () => {
    world.models.next.push(async (input) => {
      while (world.slept.length < 3) await Promise.resolve();
      return world.models.respond(input);
    });
    const first = send(0);
    const second = send(1);
    expect((await second).json).toEqual((await first).json);
    expect(world.models.calls).toHaveLength(1);
  });

  it('is sent away to come again where the first takes longer than there is time', async () => {
    world.models.next.push(() => new Promise(() => undefined));
    void send(0);
    await new Promise((resolve) => setImmediate(resolve));
    const { status, json, headers } = await send(1);
    expect([status, json.code, headers['x-should-retry']]).toEqual([409, 'IN_PROGRESS', undefined]);
    expect(Number(headers['Retry-After'])).toBeGreaterThan(0);
  });

  it('of what was filtered is refused again', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'the prompt was filtered'));
    expect((await send(0)).status).toBe(400);
    expect((await send(1)).status).toBe(400);
    expect(world.models.calls).toHaveLength(1);
  });

  it('draws again where nothing was charged', async () => {
    world.models.failWith(new ApiError('MODEL_BUSY', 'busy', { retryAfterSeconds: 10 }));
    expect((await send(0)).status).toBe(503);
    expect((await send(1)).status).toBe(200);
  });

  it('gets a URL where its bytes cannot be read', async () => {
    await send(0);
    world.store.read = async () => { throw new Error('S3 is slow'); };
    const { status, json } = await send(1);
    expect([status, json.data]).toEqual([200, [{ url: expect.stringContaining('https://signed/') }]]);
    expect(world.models.calls).toHaveLength(1);
  });

  it('may be repeated where it cannot be seen what the first left', async () => {
    world.records.put = async () => { throw new Error('the function was stopped'); };
    world.claims.settle = async () => { throw new Error('the function was stopped'); };
    await send(0);
    world.time += MINUTE;
    const find = world.store.find.bind(world.store);
    world.store.find = async () => { throw new Error('S3 is slow'); };
    const failed = await send(1);
    expect([failed.status, failed.headers['x-should-retry']]).toEqual([500, undefined]);
    world.store.find = find;
    world.time += MINUTE;
    expect([(await send(2)).status, world.models.calls.length]).toEqual([200, 1]);
  });

  it('is known for as long as the first can run', async () => {
    const [claim] = await (async () => { await send(0); return [...world.claims.items.values()]; })();
    expect(claim.expiresAt).toBeGreaterThan(claim.leaseUntil);
  });

  it('finds what a first attempt that died had stored', async () => {
    const put = world.records.put.bind(world.records);
    world.records.put = async () => { throw new Error('the function was stopped'); };
    world.claims.settle = async () => { throw new Error('the function was stopped'); };
    const first = await send(0);
    world.records.put = put;
    world.time += MINUTE;
    const second = await send(1);
    expect([second.status, second.json.data, world.models.calls.length]).toEqual([200, first.json.data, 1]);
  });
});

describe('another request', () => {
  it('is a first attempt, however alike', async () => {
    const [a, b] = [await send(0), await send(0)];
    expect(a.json.id).not.toBe(b.json.id);
    expect(world.models.calls).toHaveLength(2);
    // a repetition is one of the latest
    expect((await send(1)).json.id).toBe(b.json.id);
  });

  it('is one after five minutes', async () => {
    await send(0);
    world.time += 5 * MINUTE - 1;
    await send(1);
    expect(world.models.calls).toHaveLength(1);
    world.time += 1;
    await send(1);
    expect(world.models.calls).toHaveLength(2);
  });

  it.each<[string, object]>([['prompt', { prompt: 'a hare' }], ['size', { size: '1024x1536' }], ['stream', { stream: true }]])('is one with another %s', async (_, body) => {
    await send(0);
    await send(1, body);
    expect(world.models.calls).toHaveLength(2);
  });

  it('is somebody else\'s', async () => {
    await send(0);
    await send(1, {}, { keyId: 'key-b' });
    expect(world.models.calls).toHaveLength(2);
  });

  it.each([undefined, 'x', '-1', '1.5', ''])('is a first attempt where the count is %j', async (count) => {
    const headers = count === undefined ? undefined : { 'X-Stainless-Retry-Count': count };
    for (let i = 0; i < 2; i++) await world.call('POST /v1/images/generations', { body: { prompt: 'a fox' }, headers });
    expect(world.models.calls).toHaveLength(2);
  });

  it('that fails later hides none that is paid for', async () => {
    let drawn: () => void = () => undefined;
    world.models.next.push(async (input) => {
      await new Promise<void>((resolve) => { drawn = resolve; });
      return world.models.respond(input);
    });
    const first = send(0);
    await new Promise((resolve) => setImmediate(resolve));
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    expect((await send(0)).status).toBe(502);
    drawn();
    const { json } = await first;
    expect((await send(1)).json).toEqual(json);
    expect(world.models.calls).toHaveLength(2);
  });

  it('is one that an Idempotency-Key cannot stand in the way of', async () => {
    await send(0);
    const [key] = [...world.claims.items.values()].map((claim) => claim.key);
    // as it stands in the table no header can carry it
    expect(() => new Headers({ 'Idempotency-Key': key })).toThrow();
  });

  it('is somebody else\'s where nobody is known', async () => {
    world = new World({ ...CONFIGURATION, auth: { mode: 'none' } });
    const from = (sourceIp: string, attempt: number) => world.call('POST /v1/images/generations', {
      body: { prompt: 'a fox' }, headers: { 'X-Stainless-Retry-Count': String(attempt) }, identity: { sourceIp, userAgent: 'SDK' },
    });
    const first = await from('192.0.2.1', 0);
    expect((await from('192.0.2.2', 1)).json.id).not.toBe(first.json.id);
    expect((await from('192.0.2.1', 1)).json.id).toBe(first.json.id);
  });

  it('has no claim left over when two alike ran at once', async () => {
    await Promise.all([send(0), send(0)]);
    expect(world.logs.join()).not.toContain('claim not closed');
  });
});

describe('an Idempotency-Key', () => {
  it('goes before the count', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const first = await send(0, {}, { headers });
    expect((await send(0, {}, { headers })).json).toEqual(first.json);
    expect((await send(0, { prompt: 'a hare' }, { headers })).status).toBe(422);
    expect(world.models.calls).toHaveLength(1);
  });
});

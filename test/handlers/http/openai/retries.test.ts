import { ApiError } from '../../../../src/handlers/shared/api-error';
import { CONFIGURATION, World } from '../../../helpers/world';

let world: World;
beforeEach(() => { world = new World(); });

/** Sends a request as OpenAI's SDKs do, with the number of retries. */
const send = (retryCount: number, body: object = {}, call: { keyId?: string; headers?: Record<string, string> } = {}) =>
  world.call('POST /v1/images/generations', {
    body: { prompt: 'a fox', ...body }, keyId: call.keyId, headers: { 'X-Stainless-Retry-Count': String(retryCount), ...call.headers },
  });

const MINUTE = 60_000;

describe('a retry', () => {
  it('returns the image of the first request', async () => {
    const first = await send(0);
    const second = await send(1);
    expect(second.status).toBe(200);
    expect(second.json).toEqual(first.json);
    expect(world.models.calls).toHaveLength(1);
  });

  it('generates an image if the first request never arrived', async () => {
    expect((await send(1)).status).toBe(200);
    expect((await send(2)).status).toBe(200);
    expect(world.models.calls).toHaveLength(1);
  });

  it('waits for the first request', async () => {
    world.models.next.push(async (input) => {
      while (world.slept.length < 3) await Promise.resolve();
      return world.models.respond(input);
    });
    const first = send(0);
    const second = send(1);
    expect((await second).json).toEqual((await first).json);
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns 409 with Retry-After if the first request is still running at the deadline', async () => {
    world.models.next.push(() => new Promise(() => undefined));
    void send(0);
    await new Promise((resolve) => setImmediate(resolve));
    const { status, json, headers } = await send(1);
    expect({ status, json }).toMatchObject({ status: 409, json: { code: 'IN_PROGRESS' } });
    expect(headers['X-Should-Retry']).toBeUndefined();
    expect(Number(headers['Retry-After'])).toBeGreaterThan(0);
  });

  it('leaves the claim to the next retry if it has no time for a model call after it waited for the lease', async () => {
    world.models.next.push(() => new Promise(() => undefined));
    void send(0);
    await new Promise((resolve) => setImmediate(resolve));
    world.time += 10_000;
    const { status, headers } = await send(1);
    expect(status).toBe(409);
    expect(headers['X-Should-Retry']).toBeUndefined();
    expect((await send(2)).status).toBe(200);
    expect(world.models.calls).toHaveLength(2);
  });

  it('returns the same error if the first request was filtered', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'the prompt was filtered'));
    expect((await send(0)).status).toBe(400);
    expect((await send(1)).status).toBe(400);
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns the same error for ten minutes if the first call may have been charged', async () => {
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    const first = await send(0);
    world.time += 10 * MINUTE - 1;
    const second = await send(1);
    expect({ status: second.status, detail: second.json.detail }).toEqual({ status: first.status, detail: first.json.detail });
    expect(second.headers).toMatchObject({ 'X-Should-Retry': 'false', 'Idempotency-Replayed': 'true' });
    expect(world.models.calls).toHaveLength(1);
  });

  it('calls the model again if the first call was not charged', async () => {
    world.models.failWith(new ApiError('MODEL_BUSY', 'busy', { retryAfterSeconds: 10 }));
    expect((await send(0)).status).toBe(503);
    expect((await send(1)).status).toBe(200);
  });

  it('returns a URL if the stored image cannot be read', async () => {
    await send(0);
    world.store.read = async () => { throw new Error('S3 is slow'); };
    const { status, json } = await send(1);
    expect(status).toBe(200);
    expect(json.data).toEqual([{ url: expect.stringContaining('https://signed/') }]);
    expect(world.models.calls).toHaveLength(1);
  });

  it('can be retried if S3 fails to find the images of the first request', async () => {
    world.records.put = async () => { throw new Error('the function was stopped'); };
    world.claims.update = async () => { throw new Error('the function was stopped'); };
    await send(0);
    world.time += MINUTE;
    const find = world.store.find.bind(world.store);
    world.store.find = async () => { throw new Error('S3 is slow'); };
    const failed = await send(1);
    expect(failed.status).toBe(500);
    expect(failed.headers['X-Should-Retry']).toBeUndefined();
    world.store.find = find;
    world.time += MINUTE;
    expect((await send(2)).status).toBe(200);
    expect(world.models.calls).toHaveLength(1);
  });

  it('is recognized for as long as the first request can run', async () => {
    const [claim] = await (async () => { await send(0); return [...world.claims.items.values()]; })();
    expect(claim.expiresAt).toBeGreaterThan(claim.leaseUntil);
  });

  it('finds the image that an interrupted first request stored', async () => {
    const put = world.records.put.bind(world.records);
    world.records.put = async () => { throw new Error('the function was stopped'); };
    world.claims.update = async () => { throw new Error('the function was stopped'); };
    const first = await send(0);
    world.records.put = put;
    world.time += MINUTE;
    const second = await send(1);
    expect(second.status).toBe(200);
    expect(second.json.data).toEqual(first.json.data);
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns the image of the first request that the guardrail could not check, without a second charge', async () => {
    world = new World({ ...CONFIGURATION, policy: { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } } });
    world.guardrail.fails = (_text, what) => (what === 'output image' ? new Error('no connection') : undefined);
    expect((await send(0)).status).toBe(503);
    world.guardrail.fails = () => undefined;
    expect((await send(1)).status).toBe(200);
    expect(world.models.calls).toHaveLength(1);
  });

  it('does not look for stored images if it is the first request', async () => {
    const find = jest.spyOn(world.store, 'find');
    await send(0);
    expect(find).not.toHaveBeenCalled();
  });

  it('returns the image of the earlier request if an equal later one failed', async () => {
    let respond: () => void = () => undefined;
    world.models.next.push(async (input) => {
      await new Promise<void>((resolve) => { respond = resolve; });
      return world.models.respond(input);
    });
    const first = send(0);
    await new Promise((resolve) => setImmediate(resolve));
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    expect((await send(0)).status).toBe(502);
    respond();
    const { json } = await first;
    expect((await send(1)).json).toEqual(json);
    expect(world.models.calls).toHaveLength(2);
  });

  it('has a claim key that no Idempotency-Key header can contain', async () => {
    await send(0);
    const [key] = [...world.claims.items.values()].map((claim) => claim.key);
    expect(() => new Headers({ 'Idempotency-Key': key })).toThrow();
  });
});

describe('a new image is generated', () => {
  it('for each request with retry count 0', async () => {
    const [a, b] = [await send(0), await send(0)];
    expect(a.json.id).not.toBe(b.json.id);
    expect(world.models.calls).toHaveLength(2);
    // a retry belongs to the latest equal request
    expect((await send(1)).json.id).toBe(b.json.id);
  });

  it('for a retry after five minutes', async () => {
    await send(0);
    world.time += 5 * MINUTE - 1;
    await send(1);
    expect(world.models.calls).toHaveLength(1);
    world.time += 1;
    await send(1);
    expect(world.models.calls).toHaveLength(2);
  });

  it.each<[string, object]>([['prompt', { prompt: 'a hare' }], ['size', { size: '1024x1536' }], ['stream', { stream: true }]])('for a retry with another %s', async (_field, body) => {
    await send(0);
    await send(1, body);
    expect(world.models.calls).toHaveLength(2);
  });

  it('for a retry of another owner', async () => {
    await send(0);
    await send(1, {}, { keyId: 'key-b' });
    expect(world.models.calls).toHaveLength(2);
  });

  it.each([undefined, 'x', '-1', '1.5', ''])('for each request with the retry count %j', async (count) => {
    const headers = count === undefined ? undefined : { 'X-Stainless-Retry-Count': count };
    for (let i = 0; i < 2; i++) await world.call('POST /v1/images/generations', { body: { prompt: 'a fox' }, headers });
    expect(world.models.calls).toHaveLength(2);
  });

  it('for a retry of another client of an API without authentication', async () => {
    world = new World({ ...CONFIGURATION, auth: { mode: 'none' } });
    const sendFrom = (sourceIp: string, retryCount: number) => world.call('POST /v1/images/generations', {
      body: { prompt: 'a fox' }, headers: { 'X-Stainless-Retry-Count': String(retryCount) }, identity: { sourceIp, userAgent: 'SDK' },
    });
    const first = await sendFrom('192.0.2.1', 0);
    expect((await sendFrom('192.0.2.2', 1)).json.id).not.toBe(first.json.id);
    expect((await sendFrom('192.0.2.1', 1)).json.id).toBe(first.json.id);
  });
});

it('two equal requests are processed at the same time without an error', async () => {
  await Promise.all([send(0), send(0)]);
  expect(world.logs.join()).not.toContain('idempotency claim not updated');
});

describe('an Idempotency-Key on an OpenAI route', () => {
  it('returns the same image for a request with other fields that have no effect', async () => {
    const sendAs = (user: string) => world.call('POST /v1/images/generations', { body: { prompt: 'a fox', user }, headers: { 'Idempotency-Key': 'k' } });
    expect((await sendAs('a')).json.id).toBe((await sendAs('b')).json.id);
  });

  it('has priority over the retry count', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const first = await send(0, {}, { headers });
    expect((await send(0, {}, { headers })).json).toEqual(first.json);
    expect((await send(0, { prompt: 'a hare' }, { headers })).status).toBe(422);
    expect(world.models.calls).toHaveLength(1);
  });
});

import { ApiError } from '../../../src/handlers/shared/api-error';
import { imageFile } from '../../fixtures/images';
import { CONFIGURATION, REMAINING_TIME_MS, throttled, World } from '../../helpers/world';

const HOUR_MS = 3600 * 1000;
const LEASE_MS = REMAINING_TIME_MS + 5_000;
const FILE = imageFile(64, 64);
const SD35 = { ...CONFIGURATION, models: [{ id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }] };
let world: World;
beforeEach(() => { world = new World(); });

const post = (body: unknown = { prompt: 'x' }, key = 'k', keyId = 'key-a') =>
  world.call('POST /images', { body, headers: { 'Idempotency-Key': key }, keyId });
const respondWithFile = () => {
  world.models.respond = ({ seed }) => ({ bytes: FILE, seed, contentType: 'image/png', width: 64, height: 64 });
};

/** Sends a request whose function times out, before or after it stored its image. */
async function interrupt(stored: boolean, body: unknown = { prompt: 'x' }): Promise<void> {
  const put = world.store.put.bind(world.store);
  const never = new Promise<never>(() => undefined);
  await new Promise<void>((interrupted) => {
    world.store.put = async (key, image, deadline) => {
      if (stored) await put(key, image, deadline);
      interrupted();
      return never;
    };
    void post(body);
  });
  world.store.put = put;
}

describe('a request with an Idempotency-Key', () => {
  it('returns the same image, with a new signature, when it is repeated', async () => {
    const first = await post({ prompt: 'x', seed: 3 });
    world.time += HOUR_MS;
    const second = await post({ seed: 3, prompt: 'x' });
    expect(second.status).toBe(201);
    expect(second.json.id).toBe(first.json.id);
    expect(second.headers.Location).toBe(first.headers.Location);
    expect(second.json.images[0].expiresAt).toBe('2026-11-21T14:00:00.000Z');
    expect(world.models.calls).toHaveLength(1);
  });

  it('leads to one model call if it is sent 20 times at once', async () => {
    const responses = await Promise.all(Array.from({ length: 20 }, () => post()));
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const response of responses.filter(({ status }) => status !== 201)) {
      expect(response).toMatchObject({ status: 409, json: { code: 'IN_PROGRESS' }, headers: { 'Retry-After': '5' } });
    }
    expect(world.models.calls).toHaveLength(1);
  });

  it('continues if its claim was written but the response of DynamoDB was lost', async () => {
    world.claims.take = async (claim) => { world.claims.items.set(claim.owner + claim.key, claim); return claim; };
    expect((await post()).status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns 422 for another body with the same key', async () => {
    await post({ prompt: 'x' });
    expect(await post({ prompt: 'y' })).toMatchObject({ status: 422, json: { code: 'IDEMPOTENCY_MISMATCH' } });
    expect(world.models.calls).toHaveLength(1);
  });

  it('does not share its key with other owners', async () => {
    const alice = await post({ prompt: 'x' }, 'k', 'key-a');
    const bob = await post({ prompt: 'y' }, 'k', 'key-b');
    expect(bob.status).toBe(201);
    expect(bob.json.id).not.toBe(alice.json.id);
  });

  it('can use the key for a new image after 24 hours', async () => {
    const first = await post();
    world.time += 24 * HOUR_MS - 1;
    expect((await post()).json.id).toBe(first.json.id);
    world.time += 1;
    expect((await post()).json.id).not.toBe(first.json.id);
  });

  it('does not claim the key if it is not valid', async () => {
    expect((await post({})).status).toBe(400);
    expect((await post()).status).toBe(201);
  });

  it.each<[ApiError['code'] | 'a bug', Error]>([
    ['MODEL_ERROR', new ApiError('MODEL_ERROR', 'failed')], ['MODEL_TIMEOUT', new ApiError('MODEL_TIMEOUT', 'failed')], ['a bug', new TypeError('bug')],
  ])('returns the same error for 24 hours after %s, which may have been charged', async (_code, error) => {
    world.models.failWith(error);
    const first = await post();
    expect(first.status).toBeGreaterThanOrEqual(500);
    expect(first.headers).not.toHaveProperty('Idempotency-Replayed');
    for (let time = 0; time < 9; time++) {
      const { status, json, headers } = await post();
      expect({ status, code: json.code, detail: json.detail }).toEqual({ status: first.status, code: first.json.code, detail: first.json.detail });
      expect(headers['Idempotency-Replayed']).toBe('true');
      world.time += 2 * HOUR_MS;
    }
    expect(world.models.calls).toHaveLength(1);
    expect((await post({ prompt: 'x' }, 'another key')).status).toBe(201);
  });

  it.each(['MODEL_UNAVAILABLE', 'MODEL_BUSY'] as const)('can be repeated after %s, which is not charged', async (code) => {
    world.models.failWith(new ApiError(code, 'failed', code === 'MODEL_BUSY' ? { retryAfterSeconds: 10 } : {}));
    expect((await post()).json.code).toBe(code);
    expect((await post()).status).toBe(201);
  });

  it('can be repeated after throttling', async () => {
    world.models.failWith(throttled(), throttled(), throttled());
    expect((await post()).status).toBe(429);
    expect((await post()).status).toBe(201);
  });

  it('returns the same error without a model call after it was filtered', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'the model filtered the prompt'));
    const first = await post();
    expect(first.headers).not.toHaveProperty('Idempotency-Replayed');
    expect(await post()).toMatchObject({ status: 422, json: { code: 'CONTENT_FILTERED', detail: first.json.detail }, headers: { 'Idempotency-Replayed': 'true' } });
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns 404 without a model call after its image was deleted', async () => {
    const { json } = await post();
    await world.call(`DELETE /images/${json.id}`);
    expect((await post()).status).toBe(404);
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns 404 without a model call after its image was deleted, although the claim could not be marked as done', async () => {
    world.claims.fails = true;
    const { json } = await post();
    await world.call(`DELETE /images/${json.id}`);
    world.claims.fails = false;
    world.time += LEASE_MS;
    expect((await post()).status).toBe(404);
    world.time += 23 * HOUR_MS;
    expect((await post()).status).toBe(404);
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns the same image after its input image was deleted', async () => {
    world = new World(SD35);
    respondWithFile();
    const { json } = await world.call('POST /images', { body: { prompt: 'x' } });
    const body = { prompt: 'x', image: json.id, strength: 0.5 };
    const first = await post(body);
    await world.call(`DELETE /images/${json.id}`);
    expect((await post(body)).json.id).toBe(first.json.id);
    expect(world.models.calls).toHaveLength(2);
  });

  it('returns its image if the claim cannot be updated', async () => {
    world.claims.fails = true;
    const first = await post();
    expect(first.status).toBe(201);
    expect((await post()).json.id).toBe(first.json.id);
    expect(world.models.calls).toHaveLength(1);
    expect(world.logs.join()).toContain('idempotency claim not updated');
  });

  it('returns the error of the model if the claim cannot be updated', async () => {
    world.claims.fails = true;
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    expect((await post()).json.code).toBe('MODEL_ERROR');
    expect(world.logs.join()).toContain('idempotency claim not updated');
    // the error is stored in the bucket instead
    world.time += LEASE_MS;
    expect(await post()).toMatchObject({ json: { code: 'MODEL_ERROR', detail: 'failed' }, headers: { 'Idempotency-Replayed': 'true' } });
    // the claim can be updated again
    world.claims.fails = false;
    world.time += LEASE_MS;
    for (let time = 0; time < 2; time++) expect((await post()).json.code).toBe('MODEL_ERROR');
    expect(world.models.calls).toHaveLength(1);
  });

  it.each([4, 4 * 1024 * 1024 + 1])('returns the seed without a second charge after its image of %i bytes could not be stored', async (size) => {
    world = new World({ ...CONFIGURATION, events: {} });
    world.models.respond = ({ seed }) => ({ bytes: Buffer.alloc(size), seed, contentType: 'image/png', width: 1, height: 1 });
    world.store.fails = () => true;
    const first = await post({ prompt: 'x', seed: 7 });
    expect(first.status).toBe(size > 4 ? 500 : 201);
    expect(world.logs.join()).toContain('image not stored');
    world.store.fails = () => false;
    for (let time = 0; time < 2; time++) {
      expect(await post({ prompt: 'x', seed: 7 })).toMatchObject({ status: 500, json: { detail: expect.stringMatching(/not be stored.*seed 7/) }, headers: { 'Idempotency-Replayed': 'true' } });
    }
    expect(world.models.calls).toHaveLength(1);
    expect(world.eventPublisher.published).toMatchObject([{ outcome: 'failed', record: { failures: [{ seed: 7 }] } }]);
  });

  it('stores different fingerprints of the same body for different keys, so that a prompt cannot be guessed', async () => {
    await post();
    await post(undefined, 'another');
    const fingerprints = [...world.claims.items.values()].map(({ fingerprint }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(2);
  });

  it('leaves the key to another request after an error that was not charged', async () => {
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not available'));
    expect((await post()).status).toBe(502);
    expect((await post({ prompt: 'y' })).status).toBe(201);
  });

  it('marks its claim as done', async () => {
    await post();
    expect([...world.claims.items.values()]).toMatchObject([{ state: 'done' }]);
  });

  it('does not look for stored images if it is the first with its key', async () => {
    const find = jest.spyOn(world.store, 'find');
    expect((await world.call('POST /images', { body: { prompt: 'x' } })).status).toBe(201);
    expect((await post()).status).toBe(201);
    expect(find).not.toHaveBeenCalled();
  });
});

describe('the response to a repeated request', () => {
  it('contains the image inline if requested, which is read only then', async () => {
    const read = jest.spyOn(world.store, 'read');
    const first = await post({ prompt: 'x', response: 'base64' });
    expect(read).not.toHaveBeenCalled();
    const second = await post({ prompt: 'x', response: 'base64' });
    expect(second.json.images).toEqual(first.json.images);
    expect(second.json).not.toHaveProperty('warning');
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('contains an image of the maximum size inline', async () => {
    world.models.respond = ({ seed }) => ({ bytes: Buffer.alloc(4 * 1024 * 1024), seed, contentType: 'image/png', width: 1, height: 1 });
    await post({ prompt: 'x', response: 'base64' });
    const { json } = await post({ prompt: 'x', response: 'base64' });
    expect(json.images).toMatchObject([{ base64: expect.any(String) }]);
    expect(json).not.toHaveProperty('warning');
  });

  it('contains a URL if the image cannot be read', async () => {
    await post({ prompt: 'x', response: 'base64' });
    world.store.read = async () => { throw new Error('S3 is not available'); };
    expect((await post({ prompt: 'x', response: 'base64' })).json.images).toMatchObject([{ url: expect.stringContaining('https:') }]);
  });

  it('is the image itself if requested', async () => {
    const send = () => world.call('POST /images', { body: { prompt: 'x' }, headers: { 'Idempotency-Key': 'k', 'Accept': 'image/png' } });
    const [first, second] = [await send(), await send()];
    expect(second).toMatchObject({ status: 201, isBase64: true, text: first.text });
    expect(world.models.calls).toHaveLength(1);
  });

  it('contains a URL if the image is too large, and does not read the image', async () => {
    world.models.respond = ({ seed }) => ({ bytes: Buffer.alloc(4 * 1024 * 1024 + 1), seed, contentType: 'image/png', width: 1, height: 1 });
    await post({ prompt: 'x', response: 'base64' });
    const read = jest.spyOn(world.store, 'read');
    const { json } = await post({ prompt: 'x', response: 'base64' });
    expect(json).toMatchObject({ warning: 'INLINE_TOO_LARGE', images: [{ url: expect.stringContaining('https:') }] });
    expect(read).not.toHaveBeenCalled();
  });
});

describe('a request that is repeated after an interruption', () => {
  it('returns 409 until the lease ends', async () => {
    await interrupt(false);
    expect((await post()).status).toBe(409);
    world.time += LEASE_MS - 1;
    expect((await post()).status).toBe(409);
    world.time += 1;
    expect((await post()).status).toBe(201);
  });

  it('returns the end of the lease as Retry-After if it is near', async () => {
    await interrupt(false);
    world.time += LEASE_MS - 1_500;
    expect((await post()).headers['Retry-After']).toBe('2');
  });

  it('returns the stored image without a model call', async () => {
    await interrupt(true);
    world.time += LEASE_MS;
    const { status, json } = await post();
    expect(status).toBe(201);
    expect(json.images).toMatchObject([{ seed: world.models.calls[0].seed }]);
    expect(world.models.calls).toHaveLength(1);
    expect((await world.call(`GET /images/${json.id}`)).status).toBe(200);
  });

  it('uses the same seed if no image was stored', async () => {
    await interrupt(false);
    world.time += LEASE_MS;
    await post();
    expect(world.models.calls[1].seed).toBe(world.models.calls[0].seed);
  });

  it('fails without a model call while S3 cannot be read', async () => {
    await interrupt(true);
    world.time += LEASE_MS;
    const find = world.store.find.bind(world.store);
    world.store.find = async () => { throw new Error('503 slow down'); };
    expect((await post()).status).toBe(500);
    world.store.find = find;
    world.time += LEASE_MS;
    expect((await post()).status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
  });

  it('continues if the successor of the claim was written but the response of DynamoDB was lost', async () => {
    await interrupt(false);
    world.time += LEASE_MS;
    const take = world.claims.take.bind(world.claims);
    world.claims.take = async (claim, now, supersedes) => {
      const existing = await take(claim, now, supersedes);
      return supersedes ? claim : existing;
    };
    expect((await post()).status).toBe(201);
  });

  it('returns the creation time of the first request, from which S3 counts the expiration', async () => {
    await interrupt(true);
    world.time += 12 * HOUR_MS;
    expect((await post()).json.createdAt).toBe('2026-11-21T12:00:00.250Z');
  });

  it('does not lose stored images if it fails itself', async () => {
    world = new World(SD35);
    respondWithFile();
    const { json: source } = await world.call('POST /images', { body: { prompt: 'x' } });
    const body = { prompt: 'x', image: source.id, strength: 0.5, count: 2 };
    const put = world.store.put.bind(world.store);
    await new Promise<void>((interrupted) => {
      world.store.put = async (key, image, deadline) => {
        if (key.endsWith('0.png')) return put(key, image, deadline);
        interrupted();
        return new Promise(() => undefined);
      };
      void post(body);
    });
    world.store.put = put;
    world.time += LEASE_MS;
    const readIfExists = world.store.readIfExists.bind(world.store);
    world.store.readIfExists = async (key) => { if (key.endsWith('.png')) throw new Error('S3 is slow'); return undefined; };
    expect((await post(body)).status).toBe(500);
    world.store.readIfExists = readIfExists;
    const { json } = await post(body);
    expect(json.images).toHaveLength(2);
    // the source, the two images of the interrupted request, and the second of them again
    expect(world.models.calls).toHaveLength(4);
    expect(world.models.calls[3].image).toEqual(FILE);
  });

  it('takes over the claim once if it is sent ten times at once', async () => {
    await interrupt(false);
    world.time += LEASE_MS;
    const statuses = (await Promise.all(Array.from({ length: 10 }, () => post()))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(world.models.calls).toHaveLength(2);
  });

  it('returns 409 until the lease ends, also if the first request could not write its record', async () => {
    world.records.fails = true;
    expect((await post()).status).toBe(201);
    world.records.fails = false;
    expect(await post()).toMatchObject({ status: 409, json: { code: 'IN_PROGRESS' } });
    world.time += LEASE_MS;
    expect((await post()).status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
  });

  it('writes the record that the first request could not write', async () => {
    world.records.fails = true;
    expect((await post()).json.warning).toBe('RECORD_FAILED');
    expect(world.logs.join()).toContain('"message":"record not written","id":"01JD');
    world.records.fails = false;
    world.time += LEASE_MS;
    const { status, json } = await post();
    expect(status).toBe(201);
    expect(world.models.calls).toHaveLength(1);
    expect((await world.call(`GET /images/${json.id}`)).status).toBe(200);
  });
});

it('a request without an Idempotency-Key writes no claim', async () => {
  await world.call('POST /images', { body: { prompt: 'x' } });
  expect(world.claims.items.size).toBe(0);
});

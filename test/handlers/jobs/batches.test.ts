import { ApiError } from '../../../src/handlers/shared/api-error';
import { imageFile } from '../../fixtures/images';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { CORE, throttled, type Call } from '../../helpers/world';

let world: QueuedWorld;
beforeEach(() => { world = new QueuedWorld(); });

interface BatchView {
  readonly counts: Record<string, number>;
  readonly images: readonly { readonly id: string; readonly status: string; readonly problem?: { readonly code: string } }[];
}

const post = (requests: unknown, call: Call = {}) => world.call('POST /images/batches', { body: { requests }, ...call });
const getBatch = async (id: string) => (await world.call(`GET /images/batches/${id}`)).json as unknown as BatchView;
const NO_BATCH = { status: 404, json: { code: 'NOT_FOUND', detail: 'the batch does not exist or belongs to another owner' } };
const prompts = (count: number) => Array.from({ length: count }, (_, index) => ({ prompt: `bay ${index}` }));
const ids = ({ images }: { readonly images: readonly Record<string, unknown>[] }) => images.map(({ id }) => id);
/** Delivers all messages, which the worker deletes. */
const deliverAll = async () => {
  for (const isDeleted of await world.deliverAll()) expect(isDeleted).toBe(true);
};

describe('a batch', () => {
  it('returns 202, and its images are generated in the order of its requests', async () => {
    const { status, json, headers } = await post(prompts(3));
    expect(status).toBe(202);
    expect(headers.Location).toBe(`/prod/images/batches/${json.id}`);
    expect(json.images).toHaveLength(3);
    expect(json.estimatedSeconds).toBe(Math.ceil(5 * (1 + 3 / 4)));
    expect(json.images).toEqual(ids(json).map((id) => ({ id, status: 'queued' })));
    expect(await getBatch(json.id)).toMatchObject({ counts: { queued: 3 }, images: json.images });
    await deliverAll();
    expect((await getBatch(json.id)).counts).toEqual({ succeeded: 3 });
    expect(world.models.calls.map(({ prompt }) => prompt)).toEqual(['bay 0', 'bay 1', 'bay 2']);
    expect((await world.call('GET /images')).json.images.map(({ id }) => id)).toEqual(ids(json).reverse());
  });

  it('with the fields of its requests in another order is the same request under a key', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const first = await post([{ prompt: 'a bay', seed: 1, outputFormat: 'png' }], { headers });
    const second = await post([{ outputFormat: 'png', seed: 1, prompt: 'a bay' }], { headers });
    expect(second).toMatchObject({ status: 202, json: { id: first.json.id } });
    expect((await post([{ prompt: 'a bay', seed: 2, outputFormat: 'png' }], { headers })).status).toBe(422);
    const two = { 'Idempotency-Key': 'two' };
    await post(prompts(2), { headers: two });
    expect((await post(prompts(2).reverse(), { headers: two })).status).toBe(422);
  });

  it.each(['0'.repeat(1_100), 'x', '01jd0000000000000000000001'])('returns 404 for %s, which is not an id, without a read of the table', async (id) => {
    const get = jest.spyOn(world.batches, 'get');
    expect(await world.call(`GET /images/batches/${id}`)).toMatchObject(NO_BATCH);
    expect(get).not.toHaveBeenCalled();
  });

  it('returns the first errors when many of its requests are not valid', async () => {
    const fields = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`field${index}`, 1]));
    const { status, json, text } = await post(Array.from({ length: 100 }, () => fields));
    expect(status).toBe(400);
    expect(json.errors).toHaveLength(50);
    // 100 errors, 50 of each request: the others are not parsed
    expect(json.detail).toMatch(/and 80 more$/);
    expect(text.length).toBeLessThan(50_000);
  });

  it('of 100 requests, 3 filtered and 2 throttled, has 97 images, 3 problems and 102 model calls', async () => {
    const { json } = await post(prompts(100));
    const busy = new Set(['bay 10', 'bay 20']);
    world.models.respond = ({ prompt = '', seed }) => {
      if (prompt.endsWith('9') && Number(prompt.slice(4)) < 30) throw new ApiError('CONTENT_FILTERED', 'the model filtered the prompt');
      if (busy.delete(prompt)) throw throttled();
      return { bytes: Buffer.from('x'), seed, contentType: 'image/png', width: 1, height: 1 };
    };
    while (world.queue.messages.length > 0) await deliverAll();
    const { counts, images } = await getBatch(json.id);
    expect(counts).toEqual({ succeeded: 97, failed: 3 });
    expect(images.flatMap(({ problem }) => problem?.code ?? [])).toEqual(['CONTENT_FILTERED', 'CONTENT_FILTERED', 'CONTENT_FILTERED']);
    expect(world.models.calls).toHaveLength(102);
  });

  it.each([{}, { headers: { 'Idempotency-Key': 'k' } }])('returns 413 without jobs if the images of a request are too large: %j', async (call) => {
    const image = Buffer.alloc(4 * 1024 * 1024 + 1).toString('base64');
    expect(await post([{ prompt: 'a bay' }, { operation: 'remove-background', image }], call)).toMatchObject({ status: 413, json: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(world.queue.messages).toEqual([]);
  });

  it('returns 500 without jobs if S3 fails when input images are read, each of which is read once', async () => {
    const find = jest.spyOn(world.store, 'readIfExists').mockRejectedValue(new Error('S3 is not available'));
    const requests = Array.from({ length: 5 }, (_, index) => ({ operation: 'remove-background', image: `01JD000000000000000000999${index}` }));
    expect((await post(requests)).status).toBe(500);
    find.mockClear().mockResolvedValue(undefined);
    expect((await post(requests)).json.errors).toHaveLength(5);
    expect(find).toHaveBeenCalledTimes(5);
    expect(world.queue.messages).toEqual([]);
  });

  it('without a key returns 202 with all ids if SQS refuses one message, and reports this one as failed', async () => {
    const send = world.queue.send.bind(world.queue);
    jest.spyOn(world.queue, 'send').mockImplementationOnce(async () => { throw new Error('SQS is not available'); }).mockImplementation(send);
    const { status, json } = await post(prompts(10));
    expect(status).toBe(202);
    expect(json.images.map((image) => image.status)).toEqual(['failed', ...Array.from({ length: 9 }, () => 'queued')]);
    expect(world.store.documents).toHaveLength(9);
    await deliverAll();
    const { counts, images } = await getBatch(json.id);
    expect(counts).toEqual({ succeeded: 9, failed: 1 });
    expect(json.images[0]).toEqual(images[0]);
    expect(images[0]).toMatchObject({ problem: { code: 'INTERNAL', detail: 'the job could not be enqueued; send the request again' } });
    expect(world.models.calls).toHaveLength(9);
    expect(await world.status(json.images[0].id as string)).toMatchObject({ model: CORE, images: [] });
    expect(world.logged('job not enqueued')).toMatchObject([{ id: json.images[0].id, cause: 'Error' }]);
  });

  it('without a key fails if SQS refuses all messages, and nothing is generated', async () => {
    world.queue.fails = true;
    expect((await post(prompts(3))).status).toBe(500);
    expect(world.store.documents).toEqual([]);
    expect(world.records.items).toEqual([]);
  });

  it('returns 400 without jobs if any request is not valid', async () => {
    const { status, json } = await post([{ prompt: 'a bay' }, { prompt: ' ', count: 9 }, { operation: 'inpaint', image: 'x' }]);
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/requests/1/prompt', '/requests/1/count', '/requests/2/operation']);
    expect(world.queue.messages).toEqual([]);
    expect(world.records.items).toEqual([]);
    expect(world.batches.items).toEqual([]);
  });

  it.each<[unknown, string]>([
    [[], '/requests'], [prompts(101), '/requests'], ['x', '/requests'], [undefined, '/requests'], [['x'], '/requests/0'],
  ])('returns 400 unless it has 1 to 100 requests: %j', async (requests, pointer) => {
    const { status, json } = await post(requests);
    expect(status).toBe(400);
    expect(json.errors[0].pointer).toBe(pointer);
  });

  it.each([{}, { headers: { 'Idempotency-Key': 'k' } }])('returns 400 without jobs if an input image does not exist or is not suitable: %j', async (call) => {
    const find = jest.spyOn(world.store, 'readIfExists');
    const missing = { operation: 'remove-background', image: '01JD0000000000000000009999' };
    const small = { operation: 'remove-background', image: imageFile(16, 16).toString('base64') };
    const { status, json } = await post([...Array.from({ length: 20 }, () => missing), small, { prompt: 'a bay' }], call);
    expect(status).toBe(400);
    expect(json.errors).toHaveLength(21);
    expect(json.errors[0]).toEqual({ pointer: '/requests/0', detail: 'image: the image does not exist or belongs to another owner' });
    expect(json.errors[20].pointer).toBe('/requests/20/image');
    expect(find).toHaveBeenCalledTimes(1);
    expect(world.queue.messages).toEqual([]);
    expect(world.batches.items).toEqual([]);
    expect((await post(prompts(1), call)).status).toBe(202);
  });

  it('returns 400 for inline responses', async () => {
    expect((await post([{ prompt: 'a bay', response: 'base64' }])).json.errors[0].pointer).toBe('/requests/0/response');
  });

  it('generates the other images if the prompt policy filters one', async () => {
    const { status, json } = await post([{ prompt: 'a bay' }, { prompt: 'forbidden fruit' }]);
    await deliverAll();
    const { counts, images } = await getBatch(json.id);
    expect(status).toBe(202);
    expect(json.images).toMatchObject([{ status: 'queued' }, { status: 'failed', problem: { code: 'CONTENT_FILTERED' } }]);
    expect(counts).toEqual({ succeeded: 1, failed: 1 });
    expect(images[1]).toMatchObject({ status: 'failed', problem: { code: 'CONTENT_FILTERED' } });
    expect(world.models.calls).toHaveLength(1);
    const filtered = (await world.call(`GET /images/${images[1].id}`)).json;
    expect(filtered).toMatchObject({ status: 'failed', images: [], problem: { code: 'CONTENT_FILTERED', requestId: 'request-1' } });
    expect(filtered).not.toHaveProperty('failures');
  });

  it('sends no message for a filtered request if no rule uses the events', async () => {
    await post([{ prompt: 'forbidden fruit' }]);
    expect(world.queue.messages).toEqual([]);
  });

  it('names the requested model or edit operation of a filtered request', async () => {
    world = new QueuedWorld({ ...QUEUED, models: [...QUEUED.models, { id: 'stability.sd3-5-large-v1:0', region: 'us-west-2' }], events: {} });
    const image = imageFile(96, 64).toString('base64');
    const edit = { operation: 'style-transfer', image, styleImage: image, prompt: 'forbidden fruit' };
    await post([{ prompt: 'forbidden fruit' }, { prompt: 'forbidden fruit', model: 'sd3-5-large' }, edit]);
    await deliverAll();
    const expected = [
      { model: CORE }, { model: 'stability.sd3-5-large-v1:0' }, { model: 'stability.stable-style-transfer-v1:0', operation: 'style-transfer' },
    ];
    expect(world.records.items).toMatchObject(expected);
    expect(world.eventPublisher.published.map(({ record }) => record)).toMatchObject(expected);
  });

  it('stores filtered requests until the images would expire', async () => {
    const { json } = await post([{ prompt: 'forbidden fruit' }]);
    const { imageExpiresAt, createdAt } = (await world.call(`GET /images/${json.images[0].id}`)).json as unknown as Record<string, string>;
    expect(Date.parse(imageExpiresAt) - Date.parse(createdAt)).toBe(30 * 24 * 3600 * 1000);
  });

  it('belongs to its owner', async () => {
    const { json: { id } } = await post(prompts(1));
    expect(await world.call(`GET /images/batches/${id}`, { keyId: 'key-b' })).toMatchObject(NO_BATCH);
  });

  it('returns 404 when the API has no queue', async () => {
    const { queue, ...configuration } = QUEUED;
    world = new QueuedWorld(configuration);
    expect(await post(prompts(1))).toMatchObject({ status: 404, json: { code: 'NOT_FOUND', detail: 'this API has no queue' } });
  });

  it('counts cancelled images as deleted', async () => {
    const { json } = await post(prompts(2));
    await world.call(`DELETE /images/${json.images[0].id}`);
    expect((await getBatch(json.id)).counts).toEqual({ deleted: 1, queued: 1 });
  });

  it('is a new batch for each request without a key', async () => {
    const [one, two] = [await post(prompts(1)), await post(prompts(1))];
    expect(one.json.id).not.toBe(two.json.id);
    expect(world.queue.messages).toHaveLength(2);
    expect(world.claims.items.size).toBe(0);
  });
});

describe('the response of POST /images/batches', () => {
  it('reports an item as deleted if neither its message nor its record could be written', async () => {
    jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('SQS is not available'));
    const create = world.records.create.bind(world.records);
    jest.spyOn(world.records, 'create').mockImplementation(async (record, deadline) => {
      if (record.job.state === 'failed') throw new Error('DynamoDB is not available');
      return create(record, deadline);
    });
    const { status, json } = await post(prompts(2));
    expect(status).toBe(202);
    expect(json.images).toEqual([{ id: expect.any(String), status: 'deleted' }, { id: expect.any(String), status: 'queued' }]);
    expect((await getBatch(json.id)).images).toEqual(json.images);
    expect(world.logged('record not written')).toMatchObject([{ id: json.images[0].id, cause: 'Error' }]);
  });

  it('to a repeated request reports a deleted image', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const { json } = await post(prompts(2), { headers });
    await world.call(`DELETE /images/${json.images[0].id}`);
    expect((await post(prompts(2), { headers })).json.images.map((image) => image.status)).toEqual(['deleted', 'queued']);
  });

  it('to a repeated request is not found after it expired', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    await post(prompts(2), { headers });
    world.batches.items.length = 0;
    expect(await post(prompts(2), { headers })).toMatchObject(NO_BATCH);
  });
});

describe('a batch with an idempotency key', () => {
  const headers = { 'Idempotency-Key': 'k' };

  it('is enqueued once, however often it is repeated', async () => {
    const [first, second] = [await post(prompts(3), { headers }), await post(prompts(3), { headers })];
    await deliverAll();
    const third = await post(prompts(3), { headers });
    expect(second.json.images).toEqual(first.json.images);
    expect(third.json.images).toEqual(ids(first.json).map((id) => ({ id, status: 'succeeded' })));
    await deliverAll();
    expect(world.models.calls).toHaveLength(3);
  });

  it('returns 422 for another body with the same key', async () => {
    await post(prompts(3), { headers });
    expect((await post(prompts(2), { headers })).json.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('sends no message when it is repeated after it was enqueued', async () => {
    await post(prompts(3), { headers });
    world.time += LEASE_MS;
    await post(prompts(3), { headers });
    expect(world.queue.messages).toHaveLength(3);
  });

  it('can be repeated at once after some requests could not be enqueued', async () => {
    jest.spyOn(world.queue, 'send').mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('SQS is not available'));
    expect((await post(prompts(3), { headers })).status).toBe(500);
    const { status, json } = await post(prompts(3), { headers });
    expect(status).toBe(202);
    await deliverAll();
    expect((await getBatch(json.id)).counts).toEqual({ succeeded: 3 });
    expect(world.models.calls).toHaveLength(3);
  });

  it('returns the error of a request that may be enqueued', async () => {
    jest.spyOn(world.queue, 'send').mockRejectedValueOnce(new Error('SQS is not available'));
    jest.spyOn(world.records, 'cancel').mockRejectedValueOnce(new Error('DynamoDB is not available'));
    expect(await post(prompts(1), { headers })).toMatchObject({ status: 500, json: { code: 'INTERNAL', charged: 'maybe' } });
  });

  it('returns 409 while an interrupted request holds the lease, and is completed afterwards', async () => {
    const send = jest.spyOn(world.queue, 'send').mockImplementationOnce(() => new Promise(() => undefined));
    void post(prompts(3), { headers });
    while (send.mock.calls.length < 3) await new Promise(setImmediate);
    expect(await post(prompts(3), { headers })).toMatchObject({ status: 409, json: { code: 'IN_PROGRESS' }, headers: { 'Retry-After': '5' } });
    world.time += LEASE_MS - 1_500;
    expect((await post(prompts(3), { headers })).headers['Retry-After']).toBe('2');
    world.time += 1_500;
    const { json } = await post(prompts(3), { headers });
    await deliverAll();
    expect((await getBatch(json.id)).counts).toEqual({ succeeded: 3 });
    expect(world.models.calls).toHaveLength(3);
  });

  it('sends messages for queued jobs only, when it is repeated after an interruption', async () => {
    jest.spyOn(world.claims, 'update').mockRejectedValueOnce(new Error('DynamoDB is not available'));
    const { json } = await post(prompts(3), { headers });
    const [first, second] = world.queue.messages.splice(0);
    await world.deliver(first.message);
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    await world.deliver(second.message);
    world.time += LEASE_MS;
    const repeated = await post(prompts(3), { headers });
    expect(repeated.json.images).toMatchObject([{ status: 'succeeded' }, { status: 'failed', problem: { code: 'MODEL_ERROR' } }, { status: 'queued' }]);
    expect(world.queue.messages.map(({ message: { id } }) => id)).toEqual([json.images[2].id]);
    await deliverAll();
    expect((await getBatch(json.id)).counts).toEqual({ succeeded: 2, failed: 1 });
    expect(world.models.calls).toHaveLength(3);
  });
});

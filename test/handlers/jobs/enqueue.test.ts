import { ApiError } from '../../../src/handlers/shared/api-error';
import { imageFile } from '../../fixtures/images';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { CONFIGURATION, START } from '../../helpers/world';

let world: QueuedWorld;
beforeEach(() => { world = new QueuedWorld(); });

const idempotent = { headers: { 'Idempotency-Key': 'k' } };

describe('an asynchronous request', () => {
  it('returns 202 with the location of the images and an estimate', async () => {
    const { status, headers, json } = await world.enqueue({ prompt: 'a bay', seed: 7 });
    expect(status).toBe(202);
    expect(headers).toMatchObject({ 'Location': `/prod/images/${json.id}`, 'Preference-Applied': 'respond-async' });
    expect(json).toEqual({
      id: json.id,
      status: 'queued',
      model: CONFIGURATION.models[0].id,
      prompt: 'a bay',
      parameters: { aspectRatio: '1:1', seed: 7, outputFormat: 'png' },
      createdAt: new Date(START).toISOString(),
      imageExpiresAt: expect.any(String),
      images: [],
      ageSeconds: 0,
      attempts: 0,
      estimatedSeconds: Math.ceil(5 * (1 + 1 / 4)),
    });
    expect(world.models.calls).toEqual([]);
    expect(world.queue.messages).toEqual([{ message: { owner: 'client:alice', id: json.id }, delaySeconds: 0 }]);
  });

  it('with a number that the table cannot store records 0', async () => {
    world = new QueuedWorld({ ...QUEUED, models: [{ id: 'custom', region: 'us-west-2', family: 'stability-v1-text_prompts' }] });
    const { status, json } = await world.enqueue({ prompt: 'a bay', cfgScale: 1e-313 });
    expect({ status, json }).toMatchObject({ status: 202, json: { parameters: { cfgScale: 0 } } });
    await world.deliver(world.message);
    expect(await world.status(json.id)).toMatchObject({ status: 'succeeded', parameters: { cfgScale: 0 } });
  });

  it('results in the same model call as a synchronous request', async () => {
    const body = { prompt: 'a bay', seed: 7, count: 2, outputFormat: 'jpeg' };
    const synchronous = await world.call('POST /images', { body });
    const { json: { id } } = await world.enqueue(body);
    world.time += 3_000;
    expect(await world.deliver(world.message)).toBe(true);
    const { status, images, ...others } = await world.status(id);
    expect(status).toBe('succeeded');
    expect(images).toMatchObject(synchronous.json.images.map(({ seed, contentType }) => ({ seed, contentType })));
    expect(others).not.toHaveProperty('attempts');
    expect(world.models.calls.slice(2)).toEqual(world.models.calls.slice(0, 2));
    expect(world.store.documents).toEqual([]);
  });

  it.each(['respond-async, wait=10', 'return=minimal, Respond-Async', 'respond-async; x=1'])('is recognized by Prefer: %s', async (Prefer) => {
    expect((await world.enqueue(undefined, { headers: { Prefer } })).status).toBe(202);
  });

  it.each(['respond-asynchronously', 'wait=10', ''])('is not recognized by Prefer: %j', async (Prefer) => {
    expect((await world.enqueue(undefined, { headers: { Prefer } })).status).toBe(201);
  });

  it('returns 201 if the API has no queue', async () => {
    world = new QueuedWorld({ ...QUEUED, queue: undefined });
    const { status, headers } = await world.enqueue();
    expect(status).toBe(201);
    expect(headers).not.toHaveProperty('Preference-Applied');
  });

  it('returns 400 without a job if it is not valid', async () => {
    expect((await world.enqueue({ prompt: ' ' })).status).toBe(400);
    expect((await world.enqueue({ prompt: 'a bay', response: 'base64' })).json.errors).toEqual([
      { pointer: '/response', detail: 'must be url for asynchronous requests' },
    ]);
    expect(world.queue.messages).toEqual([]);
    expect(world.records.items).toEqual([]);
    expect(world.store.documents).toEqual([]);
  });

  it('returns 500 without a record if the message cannot be sent', async () => {
    world.queue.fails = true;
    expect((await world.enqueue()).status).toBe(500);
    expect(world.records.items).toEqual([]);
    expect(world.store.documents).toEqual([]);
  });

  it.each([
    ['is not created', async () => undefined],
    ['is created and the response is lost', (create: () => Promise<void>) => create()],
  ])('returns 500 without a request in the bucket if the record %s, and can be repeated with its key', async (_case, write) => {
    for (const call of [{}, idempotent]) {
      const create = world.records.create.bind(world.records);
      jest.spyOn(world.records, 'create').mockImplementationOnce(async (record, deadline) => {
        await write(() => create(record, deadline));
        throw new Error('no response');
      });
      expect((await world.enqueue(undefined, call)).status).toBe(500);
      expect(world.store.documents).toEqual([]);
      expect(world.records.items).toEqual([]);
    }
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    await world.deliverAll();
    expect((await world.status(id)).status).toBe('succeeded');
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns 500 without a request in the bucket and without a record if the request is stored and the response is lost', async () => {
    const write = world.store.write.bind(world.store);
    jest.spyOn(world.store, 'write').mockImplementationOnce(async (...parameters) => { await write(...parameters); throw new Error('no response'); });
    expect((await world.enqueue()).status).toBe(500);
    expect([world.store.documents, world.records.items, world.queue.messages]).toEqual([[], [], []]);
  });

  it('returns 500 without a request in the bucket if the record may have been created and cannot be deleted, and has no key', async () => {
    jest.spyOn(world.records, 'create').mockRejectedValueOnce(new Error('no response'));
    jest.spyOn(world.records, 'cancel').mockRejectedValueOnce(new Error('no response'));
    expect((await world.enqueue()).status).toBe(500);
    expect(world.store.documents).toEqual([]);
    expect(world.queue.messages).toEqual([]);
  });

  it('logs that its request could not be deleted from the bucket', async () => {
    world.queue.fails = true;
    jest.spyOn(world.store, 'remove').mockRejectedValueOnce(new Error('S3 is not available'));
    expect((await world.enqueue()).status).toBe(500);
    expect(world.logged('job documents not deleted')).toMatchObject([{ cause: 'Error' }]);
  });

  it('writes the record and the request before it sends the message', async () => {
    const send = jest.spyOn(world.queue, 'send').mockImplementationOnce(async () => {
      expect(world.records.items).toHaveLength(1);
      expect(world.store.documents).toHaveLength(1);
    });
    expect((await world.enqueue()).status).toBe(202);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('belongs to its owner', async () => {
    const { json: { id } } = await world.enqueue();
    expect((await world.call(`GET /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
    expect((await world.call(`DELETE /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
    expect((await world.call('GET /images')).json.images).toMatchObject([{ id, status: 'queued' }]);
  });

  it('does not write its prompt to messages and logs, nor to the record with retention none', async () => {
    world = new QueuedWorld({ ...QUEUED, policy: { retention: 'none' } });
    const { json: { id } } = await world.enqueue({ prompt: 'a secret bay' });
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed', { cause: new Error('cannot generate a secret bay') }));
    await world.deliver(world.message);
    expect((await world.status(id)).status).toBe('failed');
    for (const place of [world.queue.messages, world.queue.deadLetters, world.records.items, world.logs]) {
      expect(JSON.stringify(place)).not.toContain('secret');
    }
  });

  it('creates a new job for each request without a key', async () => {
    const [one, two] = [await world.enqueue(), await world.enqueue()];
    expect(one.json.id).not.toBe(two.json.id);
    expect(world.queue.messages).toHaveLength(2);
    expect(world.claims.items.size).toBe(0);
  });
});

describe('an asynchronous edit', () => {
  const file = imageFile(96, 64);
  const edit = (body: object, headers: Record<string, string> = {}) =>
    world.call('POST /images/edits', { body, headers: { Prefer: 'respond-async', ...headers } });

  /** Generates an image, to be edited. */
  async function generateImage(): Promise<string> {
    world.models.next.push(({ seed }) => ({ bytes: file, seed, contentType: 'image/png', width: 96, height: 64 }));
    return (await world.call('POST /images', { body: { prompt: 'a bay' } })).json.id;
  }

  async function upload(bytes: Uint8Array): Promise<string> {
    const { json } = await world.call('POST /images/uploads', { body: { contentType: 'image/png' } });
    world.store.putUpload((json.fields as Record<string, string>).key, bytes);
    return json.id;
  }

  it.each<[string, () => Promise<string>]>([
    ['a generated image', generateImage], ['an upload', () => upload(file)], ['an inline image', async () => file.toString('base64')],
  ])('completes with %s as input', async (_source, createInput) => {
    const image = await createInput();
    const edited = imageFile(64, 96);
    world.models.calls.length = 0;
    world.models.next.push(({ seed }) => ({ bytes: edited, seed, contentType: 'image/png', width: 64, height: 96 }));

    const { status, json: { id } } = await edit({ operation: 'remove-background', image });
    expect(status).toBe(202);
    expect(world.models.calls).toEqual([]);
    expect(await world.deliver(world.message)).toBe(true);

    expect(world.models.calls).toMatchObject([{ image: file, count: 1 }]);
    expect(world.models.calledModels.at(-1)).toMatchObject({ id: 'stability.stable-image-remove-background-v1:0' });
    expect(await world.status(id)).toMatchObject({ status: 'succeeded', operation: 'remove-background', images: [{ width: 64, height: 96 }] });
    const record = await world.records.get('client:alice', id);
    expect(record).not.toHaveProperty('job');
    expect(record).toMatchObject({ operation: 'remove-background', failures: [] });
    expect(await world.store.read(record!.images[0].key)).toEqual(edited);
    expect(world.store.documents).toEqual([]);
  });

  it('loads several input images', async () => {
    const style = imageFile(64, 96);
    const { json: { id } } = await edit({ operation: 'style-transfer', image: await generateImage(), styleImage: await upload(style) });
    await world.deliver(world.message);
    expect((await world.status(id)).status).toBe('succeeded');
    expect(world.models.calls.at(-1)).toMatchObject({ image: file, styleImage: style });
  });

  it('returns 400 without a job if the model does not accept the input image', async () => {
    const { status, json } = await edit({ operation: 'remove-background', image: await upload(imageFile(8, 8)) });
    expect(status).toBe(400);
    expect(json.errors).toMatchObject([{ pointer: '/image' }]);
    expect(world.queue.messages).toEqual([]);
  });

  it.each([[{}], [{ 'Idempotency-Key': 'k' }]])('returns 404 without a job or a claim if the input image does not exist: %j', async (headers) => {
    const { status } = await edit({ operation: 'remove-background', image: '01JD0000000000000000009999' }, headers as Record<string, string>);
    expect(status).toBe(404);
    expect(world.queue.messages).toEqual([]);
    expect(world.records.items).toEqual([]);
    expect(world.claims.items.size).toBe(0);
  });

  it('fails if its input image is deleted before the worker loads it', async () => {
    const image = await generateImage();
    const { json: { id } } = await edit({ operation: 'remove-background', image });
    await world.call(`DELETE /images/${image}`);
    expect(await world.deliver(world.message)).toBe(true);
    expect(await world.status(id)).toMatchObject({ status: 'failed', problem: { code: 'NOT_FOUND' } });
    // the operator cannot correct it
    expect(world.queue.deadLetters).toEqual([]);
    expect(world.store.documents).toEqual([]);
  });
});

describe('an asynchronous request with an idempotency key', () => {
  it('creates one job, however often it is repeated', async () => {
    const first = await world.enqueue(undefined, idempotent);
    const second = await world.enqueue(undefined, idempotent);
    await world.deliver(world.message);
    const third = await world.enqueue(undefined, idempotent);
    const { id } = first.json;
    expect(first).toMatchObject({ status: 202, json: { id, status: 'queued' } });
    expect(second).toMatchObject({ status: 202, json: { id, status: 'queued' } });
    expect(third).toMatchObject({ status: 201, json: { id, status: 'succeeded' } });
    expect(world.queue.messages).toHaveLength(1);
    expect(world.models.calls).toHaveLength(1);
  });

  it('marks its claim as done', async () => {
    await world.enqueue(undefined, idempotent);
    expect([...world.claims.items.values()]).toMatchObject([{ state: 'done' }]);
  });

  it('returns 404 after its job was cancelled, although the claim could not be marked as done', async () => {
    world.claims.fails = true;
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    world.claims.fails = false;
    world.time += LEASE_MS;
    expect((await world.enqueue(undefined, idempotent)).status).toBe(404);
    expect(world.queue.messages).toHaveLength(1);
    expect(world.records.items).toEqual([]);
  });

  it('shares the key with synchronous requests', async () => {
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    const synchronous = () => world.call('POST /images', { body: { prompt: 'a bay' }, ...idempotent });
    expect(await synchronous()).toMatchObject({ status: 409, json: { code: 'IN_PROGRESS' }, headers: { 'Retry-After': '5' } });
    await world.deliver(world.message);
    expect(await synchronous()).toMatchObject({ status: 201, json: { id } });
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns 422 for another body with the same key', async () => {
    await world.enqueue(undefined, idempotent);
    expect((await world.enqueue({ prompt: 'a cat' }, idempotent)).json.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('can be repeated after the message could not be sent', async () => {
    world.queue.fails = true;
    expect((await world.enqueue(undefined, idempotent)).status).toBe(500);
    world.queue.fails = false;
    const { status, json } = await world.enqueue(undefined, idempotent);
    await world.deliver(world.message);
    expect(status).toBe(202);
    expect((await world.status(json.id)).status).toBe('succeeded');
    expect(world.models.calls).toHaveLength(1);
  });

  it('sends the message again while its claim is not done', async () => {
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    const [[key, claim]] = [...world.claims.items];
    world.claims.items.set(key, { ...claim, state: 'running' });
    expect((await world.enqueue(undefined, idempotent)).json.id).toBe(id);
    expect(world.queue.messages).toHaveLength(2);
    expect((await world.enqueue(undefined, idempotent)).json.id).toBe(id);
    expect(world.queue.messages).toHaveLength(2);
  });

  it('sends no message again for a job that a worker has started or completed, although its claim is not done', async () => {
    await world.enqueue(undefined, idempotent);
    const [[key, claim]] = [...world.claims.items];
    const { message } = world;
    const repeat = async () => {
      world.claims.items.set(key, { ...claim, state: 'running' });
      return (await world.enqueue(undefined, idempotent)).json.status;
    };
    let whileRunning: unknown;
    world.models.next.push(async (input) => {
      whileRunning = await repeat();
      return world.models.respond(input);
    });
    await world.deliver(message);
    expect([whileRunning, await repeat()]).toEqual(['running', 'succeeded']);
    expect(world.queue.messages).toHaveLength(1);
  });

  it('returns 422 after its content was filtered, for synchronous requests too', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'the model filtered the prompt'));
    await world.enqueue(undefined, idempotent);
    await world.deliver(world.message);
    expect((await world.enqueue(undefined, idempotent)).json.code).toBe('CONTENT_FILTERED');
    expect((await world.call('POST /images', { body: { prompt: 'a bay' }, ...idempotent })).json.code).toBe('CONTENT_FILTERED');
  });

  it('returns the same error after a failure that may have been charged, for synchronous requests too, and a new key starts anew', async () => {
    world.models.failWith(new ApiError('MODEL_ERROR', 'the model failed'));
    await world.enqueue(undefined, idempotent);
    await world.deliver(world.message);
    const replay = { status: 502, headers: { 'Idempotency-Replayed': 'true' }, json: { code: 'MODEL_ERROR', detail: 'the model failed' } };
    for (let time = 0; time < 3; time++) expect(await world.enqueue(undefined, idempotent)).toMatchObject(replay);
    expect(await world.call('POST /images', { body: { prompt: 'a bay' }, ...idempotent })).toMatchObject(replay);
    await world.deliverAll();
    expect(world.models.calls).toHaveLength(1);
    expect((await world.enqueue(undefined, { headers: { 'Idempotency-Key': 'another' } })).json.status).toBe('queued');
  });

  it('enqueues a failed job again that was not charged', async () => {
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not available'));
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    await world.deliver(world.message);
    expect((await world.status(id)).status).toBe('failed');
    expect(await world.enqueue(undefined, idempotent)).toMatchObject({ status: 202, json: { id, status: 'queued' } });
    await world.deliver(world.message);
    expect((await world.status(id)).status).toBe('succeeded');
  });

  it('enqueues a failed job once if two requests repeat it at the same time', async () => {
    const { json: { id } } = await world.enqueue(undefined, idempotent);
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not available'));
    await world.deliver(world.message);
    const responses = await Promise.all([world.enqueue(undefined, idempotent), world.enqueue(undefined, idempotent)]);
    for (const { json } of responses) expect(json).toMatchObject({ id, status: 'queued' });
    await world.deliverAll();
    expect((await world.status(id)).status).toBe('succeeded');
    expect(world.models.calls).toHaveLength(2);
  });

  it('finds the images that an attempt of the failed job stored', async () => {
    const body = { prompt: 'a bay', count: 2 };
    const { json: { id } } = await world.enqueue(body, idempotent);
    jest.spyOn(world.records, 'put').mockImplementationOnce(() => new Promise(() => undefined));
    void world.deliver(world.message);
    while (world.store.objects.size < 2) await new Promise(setImmediate);
    await new Promise(setImmediate);
    world.time += LEASE_MS;
    expect(await world.deliver(world.message, 3)).toBe(true);
    expect((await world.status(id)).status).toBe('failed');
    expect((await world.enqueue(body, idempotent)).json.status).toBe('queued');
    await world.deliver(world.message);
    expect((await world.status(id)).images).toHaveLength(2);
    expect(world.models.calls).toHaveLength(2);
  });
});

import type { JobRecord } from '../../../src/handlers/generation/records';
import { ApiError } from '../../../src/handlers/shared/errors';
import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { CONFIGURATION, PNG, START, throttled, TIME_MS, World, type Response, type Call } from '../../helpers/world';

const QUEUED: HandlerConfiguration = {
  ...CONFIGURATION,
  edits: { region: 'us-east-1', operations: ['remove-background'] },
  queue: { url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 3600 },
};
const LEASE_MS = TIME_MS + 5_000;

let world: World;
beforeEach(() => { world = new World(QUEUED); });

const later = (body: object = { prompt: 'a bay' }, call: Call = {}): Promise<Response> =>
  world.call('POST /images', { body, ...call, headers: { Prefer: 'respond-async', ...call.headers } });
const status = async (id: string, call: Call = {}) => (await world.call(`GET /images/${id}`, call)).json;
const message = () => world.queue.messages.at(-1)!.message;
const record = () => world.records.items[0] as JobRecord;
/** Hands out the newest message until it has done its work, as SQS would in the end. */
const drain = async () => {
  for (let receives = 1; receives < 10; receives++) {
    if (await world.work(message(), receives)) return;
    world.time += LEASE_MS;
  }
};

describe('a request that can wait', () => {
  it('is answered at once, with where its images will be and about when', async () => {
    const { status: code, headers, json } = await later({ prompt: 'a bay', seed: 7 });
    expect([code, headers.Location, headers['Preference-Applied']]).toEqual([202, `/prod/images/${json.id}`, 'respond-async']);
    expect(json).toEqual({
      id: json.id,
      status: 'queued',
      model: CONFIGURATION.models[0].id,
      prompt: 'a bay',
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

  it('is drawn by the worker as it would have been at once', async () => {
    const atOnce = await world.call('POST /images', { body: { prompt: 'a bay', seed: 7, count: 2, outputFormat: 'jpeg' } });
    const { json: { id } } = await later({ prompt: 'a bay', seed: 7, count: 2, outputFormat: 'jpeg' });
    world.time += 3_000;
    expect(await world.work(message())).toBe(true);
    const done = await status(id);
    const facts = ({ images }: Response['json']) => images.map(({ seed, contentType }) => ({ seed, contentType }));
    expect([done.status, facts(done)]).toEqual(['succeeded', facts(atOnce.json)]);
    expect(done).not.toHaveProperty('attempts');
    expect(world.models.calls.slice(2)).toEqual(world.models.calls.slice(0, 2));
    expect(world.store.documents).toEqual([]);
  });

  it.each(['respond-async, wait=10', 'return=minimal, Respond-Async', 'respond-async; x=1'])('says so as RFC 7240 has it: %s', async (Prefer) => {
    expect((await later(undefined, { headers: { Prefer } })).status).toBe(202);
  });

  it.each(['respond-asynchronously', 'wait=10', ''])('does not say so: %j', async (Prefer) => {
    expect((await later(undefined, { headers: { Prefer } })).status).toBe(201);
  });

  it('is drawn at once where there is no queue', async () => {
    world = new World({ ...QUEUED, queue: undefined });
    const { status: code, headers } = await later();
    expect([code, headers['Preference-Applied']]).toEqual([201, undefined]);
  });

  it('can be an edit', async () => {
    const picture = (await world.call('POST /images', { body: { prompt: 'a bay' } })).json.id;
    world.models.drawing = ({ image, seed }) => ({ bytes: image ?? PNG, seed, contentType: 'image/png', width: 1, height: 1 });
    const body = { operation: 'remove-background', image: picture };
    const refused = await world.call('POST /images/edits', { body, headers: { Prefer: 'respond-async' } });
    // a picture of one pixel is refused at once
    expect([refused.status, refused.json.errors[0].pointer]).toEqual([400, '/image']);
    expect(world.queue.messages).toEqual([]);
  });

  it('is refused at once where it makes no sense', async () => {
    expect((await later({ prompt: ' ' })).status).toBe(400);
    expect((await later({ prompt: 'a bay', response: 'base64' })).json.errors).toEqual([
      { pointer: '/response', detail: 'must be url where images are drawn later: they are not there yet' },
    ]);
    expect([world.queue.messages, world.records.items, world.store.documents]).toEqual([[], [], []]);
  });

  it('is not drawn twice where nobody knows whether it was handed in', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    world.queue.fails = true;
    jest.spyOn(world.records, 'remove').mockRejectedValueOnce(new Error('table is gone'));
    expect((await later(undefined, { headers })).status).toBe(500);
    world.queue.fails = false;
    world.time += LEASE_MS;
    const { json: { id } } = await later(undefined, { headers });
    await world.work(message());
    expect([(await status(id)).status, world.records.items.length, world.models.calls.length]).toEqual(['succeeded', 1, 1]);
  });

  it('leaves nothing that looks as if it waited where it cannot be handed in', async () => {
    world.queue.fails = true;
    expect((await later()).status).toBe(500);
    expect(world.records.items).toEqual([]);
  });

  it('belongs to its caller', async () => {
    const { json: { id } } = await later();
    expect((await world.call(`GET /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
    expect((await world.call(`DELETE /images/${id}`, { keyId: 'key-b' })).status).toBe(404);
    expect((await world.call('GET /images')).json.images.map((image) => [image.id, image.status])).toEqual([[id, 'queued']]);
  });

  it('keeps its prompt out of message, log and, where that is wanted, record', async () => {
    world = new World({ ...QUEUED, policy: { retention: 'none' } });
    const { json: { id } } = await later({ prompt: 'a secret bay' });
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed', { cause: new Error('cannot draw a secret bay') }));
    await world.work(message());
    expect((await status(id)).status).toBe('failed');
    for (const place of [world.queue.messages, world.queue.deadLetters, world.records.items, world.logs]) expect(JSON.stringify(place)).not.toContain('secret');
  });
});

describe('one key buys one image', () => {
  const headers = { 'Idempotency-Key': 'k' };

  it('whenever the request is repeated', async () => {
    const first = await later(undefined, { headers });
    const second = await later(undefined, { headers });
    await world.work(message());
    const third = await later(undefined, { headers });
    expect([first, second, third].map((answer) => [answer.status, answer.json.id, answer.json.status])).toEqual([
      [202, first.json.id, 'queued'], [202, first.json.id, 'queued'], [201, first.json.id, 'succeeded'],
    ]);
    expect([world.queue.messages.length, world.models.calls.length]).toEqual([1, 1]);
  });

  it('also where the other one will not wait', async () => {
    const { json: { id } } = await later(undefined, { headers });
    const atOnce = () => world.call('POST /images', { body: { prompt: 'a bay' }, headers });
    const refused = await atOnce();
    expect([refused.status, refused.json.code, refused.headers['Retry-After']]).toEqual([409, 'IN_PROGRESS', '5']);
    await world.work(message());
    const done = await atOnce();
    expect([done.status, done.json.id, world.models.calls.length]).toEqual([201, id, 1]);
  });

  it('and refuses another request', async () => {
    await later(undefined, { headers });
    expect((await later({ prompt: 'a cat' }, { headers })).json.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('also where the first attempt died before it could be handed in', async () => {
    world.queue.fails = true;
    expect((await later(undefined, { headers })).status).toBe(500);
    world.queue.fails = false;
    const { status: code, json } = await later(undefined, { headers });
    await world.work(message());
    expect([code, (await status(json.id)).status, world.models.calls.length]).toEqual([202, 'succeeded', 1]);
  });

  it('and has the message sent again where nobody knows whether it was', async () => {
    const { json: { id } } = await later(undefined, { headers });
    const [[key, claim]] = [...world.claims.items];
    world.claims.items.set(key, { ...claim, state: 'running' });
    expect((await later(undefined, { headers })).json.id).toBe(id);
    expect(world.queue.messages).toHaveLength(2);
    expect((await later(undefined, { headers })).json.id).toBe(id);
    expect(world.queue.messages).toHaveLength(2);
  });

  it('tells of a filtered request that it was, and tries any other again', async () => {
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'the model filtered the prompt'), new ApiError('MODEL_UNAVAILABLE', 'not there'));
    await later(undefined, { headers });
    await world.work(message());
    expect((await later(undefined, { headers })).json.code).toBe('CONTENT_FILTERED');
    expect((await world.call('POST /images', { body: { prompt: 'a bay' }, headers })).json.code).toBe('CONTENT_FILTERED');

    const { json: { id } } = await later({ prompt: 'a cat' }, { headers: { 'Idempotency-Key': 'other' } });
    await world.work(message());
    expect((await status(id)).status).toBe('failed');
    const again = await later({ prompt: 'a cat' }, { headers: { 'Idempotency-Key': 'other' } });
    expect([again.status, again.json.id, again.json.status]).toEqual([202, id, 'queued']);
    await world.work(message());
    expect((await status(id)).status).toBe('succeeded');
  });
});

describe('a job', () => {
  it('that is handed out ten times at once is drawn once', async () => {
    const { json: { id } } = await later();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => world.work(message())));
    expect(outcomes.filter(Boolean).length).toBeGreaterThan(0);
    // those that came too late have it handed out again, and then find it done
    expect(await world.work(message(), 2)).toBe(true);
    expect([world.models.calls.length, world.store.objects.size, (await status(id)).status]).toEqual([1, 1, 'succeeded']);
  });

  it('that is being drawn says so, and waits for that before it goes to another worker', async () => {
    const { json: { id } } = await later();
    let seen: Response['json'] | undefined;
    world.models.next.push(async (input) => {
      world.time += 4_000;
      seen = await status(id);
      expect(await world.work(message(), 2)).toBe(false);
      return world.models.drawing(input);
    });
    await world.work(message());
    expect(seen).toMatchObject({ status: 'running', attempts: 1, ageSeconds: 4 });
    expect(world.queue.visibilityChanges).toEqual([(TIME_MS + 5_000 - 4_000) / 1000]);
    expect(world.models.calls).toHaveLength(1);
  });

  const hang = () => new Promise<never>(() => undefined);

  it.each<[string, number, () => jest.SpyInstance]>([
    ['before the model is called', 1, () => jest.spyOn(world.store, 'read').mockImplementationOnce(hang)],
    ['between the model and the bucket', 2, () => jest.spyOn(world.store, 'put').mockImplementationOnce(hang)],
    ['between the bucket and the record', 1, () => jest.spyOn(world.records, 'put').mockImplementationOnce(hang)],
    ['after the record was written', 1, () => jest.spyOn(world.store, 'remove').mockImplementationOnce(hang)],
  ])('whose worker dies %s has one image, by %i calls', async (_when, calls, dieThere) => {
    const { json: { id } } = await later({ prompt: 'a bay', seed: 7 });
    const last = dieThere();
    void world.work(message());
    while (last.mock.calls.length === 0) await new Promise(setImmediate);

    world.time += LEASE_MS;
    expect(await world.work(message(), 2)).toBe(true);
    const done = await status(id);
    expect([done.status, done.images.map(({ seed }) => seed), world.store.objects.size, world.models.calls.length]).toEqual(['succeeded', [7], 1, calls]);
  });

  it('whose workers die each time is failed for good the last time it is handed out, without another call', async () => {
    const { json: { id } } = await later();
    const died = (attempts: number) => ({ ...record(), job: { ...record().job, state: 'running', attempts, leaseUntil: world.time - 1 } }) as JobRecord;
    world.records.items.splice(0, 1, died(2));
    expect(await world.work(message(), 3)).toBe(true);
    expect(await status(id)).toMatchObject({ status: 'failed', attempts: 2, problem: { code: 'INTERNAL', status: 500, requestId: 'work-1' } });
    expect([world.models.calls.length, world.queue.deadLetters]).toEqual([0, [{ owner: 'client:alice', id, redriveOfRevision: expect.any(Number) }]]);
  });

  it('that the model throttles waits longer each time, and does not use up how often it is handed out', async () => {
    const { json: { id } } = await later();
    for (let round = 1; round <= 12; round++) {
      world.models.failWith(throttled(), throttled(), throttled());
      expect(await world.work(message())).toBe(true);
      expect(await status(id)).toMatchObject({ status: 'queued', attempts: round });
      expect(record().job.throttles).toBe(round);
    }
    const delays = world.queue.messages.slice(1).map(({ delaySeconds }) => delaySeconds);
    expect(delays[0]).toBeGreaterThanOrEqual(10);
    expect(delays[0]).toBeLessThanOrEqual(20);
    expect(Math.max(...delays)).toBeGreaterThan(300);
    expect(Math.max(...delays)).toBeLessThanOrEqual(900);
    expect(world.queue.visibilityChanges).toEqual([]);
    expect(await world.work(message())).toBe(true);
    expect((await status(id)).status).toBe('succeeded');
  });

  it('that waited too long fails without a call', async () => {
    const { json: { id } } = await later();
    // SQS drops the message after an hour
    world.time += 3600 * 1000;
    expect(await world.work(message())).toBe(true);
    expect([(await status(id)).problem, world.models.calls]).toEqual([expect.objectContaining({ code: 'MODEL_TIMEOUT' }), []]);
  });

  it.each<[ApiError['code'], boolean]>([
    ['CONTENT_FILTERED', false], ['MODEL_ERROR', true], ['MODEL_TIMEOUT', true], ['MODEL_UNAVAILABLE', true],
  ])('that fails by %s is failed at once, and put aside where an operator can help: %s', async (code, isAside) => {
    const { json: { id } } = await later();
    world.models.failWith(new ApiError(code, `why: ${code}`));
    expect(await world.work(message())).toBe(true);
    expect(await status(id)).toMatchObject({ status: 'failed', attempts: 1, images: [], problem: { code, detail: `why: ${code}`, type: expect.stringMatching(code) } });
    expect([world.queue.deadLetters.length, world.store.documents.length]).toEqual(isAside ? [1, 1] : [0, 0]);
    // a second copy of the message changes nothing
    expect(await world.work(message(), 2)).toBe(true);
    expect(world.models.calls).toHaveLength(1);
  });

  it('that is asked for again finds what an attempt stored', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const { json: { id } } = await later({ prompt: 'a bay', count: 2 }, { headers });
    jest.spyOn(world.records, 'put').mockImplementationOnce(() => new Promise(() => undefined));
    void world.work(message());
    while (world.store.objects.size < 2) await new Promise(setImmediate);
    await new Promise(setImmediate);
    world.time += LEASE_MS;
    expect(await world.work(message(), 3)).toBe(true);
    expect((await status(id)).status).toBe('failed');
    expect((await later({ prompt: 'a bay', count: 2 }, { headers })).json.status).toBe('queued');
    await world.work(message());
    expect([(await status(id)).images.length, world.models.calls.length]).toEqual([2, 2]);
  });

  it('that failed for good is worked on again where an operator hands it in, once', async () => {
    const { json: { id } } = await later();
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not subscribed'));
    await world.work(message());
    const [aside] = world.queue.deadLetters;
    world.time += 7200 * 1000;
    expect(await world.work(aside)).toBe(true);
    expect([(await status(id)).status, world.models.calls.length]).toEqual(['succeeded', 2]);
    expect(await world.work(aside, 2)).toBe(true);
    expect(world.models.calls).toHaveLength(2);
  });

  it('whose image cannot be stored says by which seed it is drawn again', async () => {
    const { json: { id } } = await later({ prompt: 'a bay', seed: 7 });
    world.store.fails = (key) => key.endsWith('.png');
    expect(await world.work(message())).toBe(true);
    expect((await status(id)).problem).toMatchObject({ code: 'INTERNAL', detail: expect.stringContaining('seed') });
    expect(record().job.failure?.seed).toBe(7);
    expect(world.models.calls).toHaveLength(1);
  });

  it('whose record cannot be written keeps its image for the next time', async () => {
    const { json: { id } } = await later();
    const put = jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('table is gone'));
    expect(await world.work(message())).toBe(false);
    expect(put).toHaveBeenCalledTimes(1);
    await drain();
    expect([(await status(id)).status, world.models.calls.length, world.store.objects.size]).toEqual(['succeeded', 1, 1]);
  });

  it('some of whose images fail has the others', async () => {
    const { json: { id } } = await later({ prompt: 'a bay', count: 3 });
    world.models.failWith(new ApiError('CONTENT_FILTERED', 'filtered'));
    await world.work(message());
    expect(await status(id)).toMatchObject({ status: 'succeeded', images: [{}, {}], failures: [{ code: 'CONTENT_FILTERED' }] });
  });

  it('is not lost by a message that makes no sense, nor by one of nobody', async () => {
    expect(await world.work('{')).toBe(false);
    expect(await world.work({ owner: 'client:alice', id: 'x' })).toBe(true);
  });
});

describe('DELETE', () => {
  it('cancels what has not begun', async () => {
    const { json: { id } } = await later();
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect((await world.call(`GET /images/${id}`)).status).toBe(404);
    expect(await world.work(message())).toBe(true);
    expect([world.models.calls, world.store.documents]).toEqual([[], []]);
  });

  it('does not take away what is being drawn', async () => {
    const { json: { id } } = await later();
    let refused: Response | undefined;
    world.models.next.push(async (input) => {
      refused = await world.call(`DELETE /images/${id}`);
      return world.models.drawing(input);
    });
    await world.work(message());
    expect([refused?.status, refused?.json.code, refused?.headers['Retry-After']]).toEqual([409, 'IN_PROGRESS', '5']);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(world.store.objects.size).toBe(0);
  });

  it('loses against a worker that begins at the same time', async () => {
    const { json: { id } } = await later();
    jest.spyOn(world.records, 'cancel').mockResolvedValueOnce(false);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(409);
  });

  it('removes what failed', async () => {
    const { json: { id } } = await later();
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    await world.work(message());
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(await world.work(world.queue.deadLetters[0])).toBe(true);
    expect([world.models.calls.length, world.store.documents]).toEqual([1, []]);
  });
});

describe('trouble with the bucket or the table', () => {
  const logOf = (text: string) => world.logs.map((line) => JSON.parse(line) as Record<string, unknown>).find((line) => line.message === text);

  it('before the model is called has the job handed out again, later each time, and says why without its prompt', async () => {
    const { json: { id } } = await later({ prompt: 'a secret bay' });
    const read = jest.spyOn(world.store, 'read');
    for (const [receives, seconds] of [[1, 15], [2, 30]]) {
      read.mockRejectedValueOnce(new Error('no room for a secret bay'));
      expect(await world.work(message(), receives)).toBe(false);
      expect([world.queue.visibilityChanges.at(-1), (await status(id)).status]).toEqual([seconds, 'queued']);
    }
    expect(logOf('job not done')).toMatchObject({ id, requestId: 'work-1', cause: 'Error' });
    expect(world.logs.join('')).not.toContain('secret');
    await drain();
    expect([(await status(id)).status, world.models.calls.length]).toEqual(['succeeded', 1]);
  });

  it('after the image was stored has it handed out when nobody works on it any more', async () => {
    await later();
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('table is gone'));
    world.models.next.push(async (input) => { world.time += 3_000; return world.models.drawing(input); });
    expect(await world.work(message())).toBe(false);
    expect(world.queue.visibilityChanges).toEqual([(TIME_MS - 3_000) / 1000 + 5]);
  });

  it('when a job is to be named done changes nothing', async () => {
    const { json: { id } } = await later();
    jest.spyOn(world.store, 'remove').mockRejectedValueOnce(new Error('bucket is gone'));
    expect(await world.work(message())).toBe(true);
    expect([(await status(id)).status, logOf('job not removed')]).toEqual(['succeeded', expect.objectContaining({ causeDetail: 'bucket is gone' })]);
  });

  it('when a message cannot be told to come back leaves it its time', async () => {
    await later();
    jest.spyOn(world.store, 'read').mockRejectedValueOnce(new Error('bucket is gone'));
    jest.spyOn(world.queue, 'changeVisibility').mockRejectedValueOnce(new Error('queue is gone'));
    expect(await world.work(message())).toBe(false);
    expect(logOf('message keeps its time')).toMatchObject({ causeDetail: 'queue is gone' });
  });
});

describe('what a worker says of its work', () => {
  const jobLines = () => world.logs.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.message === 'job');

  it('is how long it took, and when it is tried again', async () => {
    await later();
    jest.spyOn(world.store, 'read').mockImplementationOnce(async () => { world.time += 400; throw new Error('bucket is gone'); });
    await world.work(message());
    await world.work(message(), 2);
    expect(jobLines()).toEqual([
      expect.objectContaining({ ms: 400, againInSeconds: 15, requestId: 'work-1' }), expect.not.objectContaining({ againInSeconds: expect.anything() }),
    ]);
  });

  it('is why a job failed', async () => {
    const { json: { id } } = await later();
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    await world.work(message());
    expect(world.logs.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ message: 'job failed', id, code: 'MODEL_ERROR' }));
  });

  it('is that the model was throttled, where a job waited too long for that', async () => {
    const { json: { id } } = await later();
    world.models.failWith(throttled(), throttled(), throttled());
    await world.work(message());
    world.time += 3600 * 1000;
    await world.work(message());
    expect((await status(id)).problem).toMatchObject({ code: 'THROTTLED', detail: expect.stringContaining('throttled by the model 1 times') });
  });
});

describe('without a key', () => {
  it('each request is another job, and nothing is claimed', async () => {
    const [one, two] = [await later(), await later()];
    expect(one.json.id).not.toBe(two.json.id);
    expect([world.queue.messages.length, world.claims.items.size]).toEqual([2, 0]);
  });
});

describe('a request whose picture is not there', () => {
  const body = { operation: 'remove-background', image: '01JD0000000000000000009999' };
  const edit = (headers: Record<string, string>) => world.call('POST /images/edits', { body, headers: { Prefer: 'respond-async', ...headers } });

  it.each([[{}], [{ 'Idempotency-Key': 'k' }]])('is refused while its client can be told, and takes no key: %j', async (headers) => {
    expect((await edit(headers as Record<string, string>)).status).toBe(404);
    expect([world.queue.messages, world.records.items, world.claims.items.size]).toEqual([[], [], 0]);
  });
});

it('a failed job that two ask for again at once is drawn once', async () => {
  const headers = { 'Idempotency-Key': 'k' };
  const { json: { id } } = await later(undefined, { headers });
  world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
  await world.work(message());
  const answers = await Promise.all([later(undefined, { headers }), later(undefined, { headers })]);
  expect(answers.map(({ json }) => [json.id, json.status])).toEqual([[id, 'queued'], [id, 'queued']]);
  for (const { message: each } of world.queue.messages.splice(0)) await world.work(each);
  expect([(await status(id)).status, world.models.calls.length]).toEqual(['succeeded', 2]);
});

describe('of several images', () => {
  it('what may have been charged is not drawn again because another was throttled', async () => {
    const { json: { id } } = await later({ prompt: 'a bay', seed: 7, count: 2 });
    world.models.drawing = ({ seed }) => { throw seed === 7 ? throttled() : new ApiError('MODEL_TIMEOUT', 'too late'); };
    expect(await world.work(message())).toBe(true);
    expect((await status(id)).problem).toMatchObject({ code: 'MODEL_TIMEOUT' });
    expect(world.models.calls.filter(({ seed }) => seed === 8)).toHaveLength(1);
  });

  it('the one that was drawn and not stored says why, not one that was never drawn', async () => {
    const { json: { id } } = await later({ prompt: 'a bay', seed: 7, count: 2 });
    world.models.drawing = ({ seed }) => {
      if (seed === 7) throw new ApiError('MODEL_ERROR', 'why');
      return { bytes: PNG, seed, contentType: 'image/png', width: 1, height: 1 };
    };
    world.store.fails = (key) => key.endsWith('.png');
    await world.work(message());
    expect((await status(id)).problem).toMatchObject({ detail: expect.stringContaining('could not be stored') });
    expect(record().job.failure?.seed).toBe(8);
  });
});

describe('where SQS or the function fails at the wrong time', () => {
  const headers = { 'Idempotency-Key': 'k' };

  it('a failed job that is asked for again stays failed until its message is sent', async () => {
    const { json: { id } } = await later(undefined, { headers });
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    await world.work(message());
    world.queue.fails = true;
    expect((await later(undefined, { headers })).status).toBe(500);
    expect((await status(id)).status).toBe('failed');
    world.queue.fails = false;
    expect((await later(undefined, { headers })).json.status).toBe('queued');
    await world.work(message());
    expect((await status(id)).status).toBe('succeeded');
  });

  it('a failed job whose worker was faster than its record is drawn, once', async () => {
    const { json: { id } } = await later(undefined, { headers });
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    await world.work(message());
    const send = world.queue.send.bind(world.queue);
    jest.spyOn(world.queue, 'send').mockImplementationOnce(async (sent) => { await send(sent); await world.work(sent); });
    expect((await later(undefined, { headers })).json).toMatchObject({ id, status: 'succeeded' });
    expect(world.models.calls).toHaveLength(2);
  });

  it('a job whose function died before the message was sent is handed in by the next request', async () => {
    const send = jest.spyOn(world.queue, 'send').mockImplementationOnce(() => new Promise(() => undefined));
    void later(undefined, { headers });
    while (send.mock.calls.length === 0) await new Promise(setImmediate);
    const { json: { id } } = await later(undefined, { headers });
    await world.work(message());
    expect([(await status(id)).status, world.models.calls.length]).toEqual(['succeeded', 1]);
  });

  it('a job that was recorded, though nobody said so, is handed in by the next request under its key', async () => {
    const create = world.records.create.bind(world.records);
    jest.spyOn(world.records, 'create').mockImplementationOnce(async (created) => { await create(created); throw new Error('no answer'); });
    expect((await later(undefined, { headers })).status).toBe(500);
    const { json: { id } } = await later(undefined, { headers });
    await world.work(message());
    expect([(await status(id)).status, world.records.items.length, world.models.calls.length]).toEqual(['succeeded', 1, 1]);
  });

  it('a job that can neither be handed in nor taken back is handed in by the next request under its key', async () => {
    world.queue.fails = true;
    jest.spyOn(world.records, 'cancel').mockRejectedValueOnce(new Error('table is gone'));
    expect((await later(undefined, { headers })).status).toBe(500);
    world.queue.fails = false;
    const { json: { id } } = await later(undefined, { headers });
    await world.work(message());
    expect([(await status(id)).status, world.records.items.length, world.models.calls.length]).toEqual(['succeeded', 1, 1]);
  });

  it('a job whose message was sent, though nobody said so, is not lost and not drawn twice', async () => {
    jest.spyOn(world.queue, 'send').mockImplementationOnce(async (sent) => { await world.work(sent); throw new Error('no answer'); });
    const { status: code, json: { id } } = await later(undefined, { headers });
    expect([code, (await status(id)).status, world.models.calls.length]).toEqual([202, 'succeeded', 1]);
    expect((await later(undefined, { headers })).json).toMatchObject({ id, status: 'succeeded' });
    expect(world.models.calls).toHaveLength(1);
  });
});

describe('a job that waits too long', () => {
  it('is not drawn once its images would be gone', async () => {
    world = new World({ ...QUEUED, expirationDays: 1, queue: { ...QUEUED.queue!, maxAgeSeconds: 7 * 24 * 3600 } });
    const { json: { id } } = await later();
    world.time += 24 * 3600_000;
    await world.work(message());
    expect([record().job.failure, world.models.calls]).toEqual([expect.objectContaining({ detail: expect.stringContaining('kept') }), []]);
    expect(id).toBe(record().id);
  });

  it('is not given more time by each time it is throttled', async () => {
    const { json: { id } } = await later();
    world.models.drawing = () => { throw throttled(); };
    for (let time = 0; time < 2; time++) {
      world.time += 1800_000;
      await world.work(message());
    }
    expect((await status(id)).problem).toMatchObject({ code: 'THROTTLED', detail: expect.stringContaining('1 times') });
  });

  it('fails also where an operator handed it in again', async () => {
    const { json: { id } } = await later();
    world.models.failWith(new ApiError('MODEL_UNAVAILABLE', 'not subscribed'));
    await world.work(message());
    world.time += 7200_000;
    world.models.drawing = () => { throw throttled(); };
    await world.work(world.queue.deadLetters[0]);
    expect(await status(id)).toMatchObject({ status: 'queued' });
    expect(record().job.throttles).toBe(1);
    world.time += 3600_000;
    await world.work(message());
    expect((await status(id)).problem).toMatchObject({ code: 'THROTTLED' });
  });
});

it('what an attempt of a failed job stored is removed with it', async () => {
  const { json: { id } } = await later({ prompt: 'a bay', outputFormat: 'jpeg' });
  jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('table is gone'));
  await world.work(message());
  world.time += LEASE_MS;
  await world.work(message(), 3);
  expect([(await status(id)).status, world.store.objects.size]).toEqual(['failed', 1]);
  expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
  expect([world.store.objects.size, world.store.documents]).toEqual([0, []]);
});

describe('a prompt that a text model makes', () => {
  const ENHANCED: HandlerConfiguration = { ...QUEUED, textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' } };
  beforeEach(() => { world = new World(ENHANCED); });

  it('is paid for once, however often the job is begun', async () => {
    const { json: { id } } = await later({ prompt: 'a bay', enhancePrompt: true });
    for (let round = 0; round < 3; round++) {
      world.texts.writing = () => ({ text: `a bay, take ${round}`, stopReason: 'end_turn', usage: { inputTokens: 3, outputTokens: 5 } });
      world.models.failWith(throttled(), throttled(), throttled());
      await world.work(message());
    }
    await world.work(message());
    expect([(await status(id)).enhancedPrompt, world.texts.calls.length, world.store.documents]).toEqual(['a bay, take 0', 1, []]);
    expect(new Set(world.models.calls.map(({ prompt }) => prompt))).toEqual(new Set(['a bay, take 0']));
  });

  it('is made anew where it could not be kept', async () => {
    await later({ prompt: 'a secret bay', enhancePrompt: true });
    jest.spyOn(world.store, 'write').mockRejectedValueOnce(new Error('no room for a secret bay, in oil'));
    world.models.failWith(throttled(), throttled(), throttled());
    await world.work(message());
    await world.work(message());
    expect([world.texts.calls.length, world.records.items[0].enhancedPrompt]).toEqual([2, 'a secret bay, in oil']);
    expect(world.logs.join('')).toContain('text not kept');
    expect(world.logs.join('')).not.toContain('secret');
  });

  it('goes with a job that is cancelled', async () => {
    const { json: { id } } = await later({ prompt: 'a bay', enhancePrompt: true });
    world.models.failWith(throttled(), throttled(), throttled());
    await world.work(message());
    expect(world.store.documents).toHaveLength(2);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(world.store.documents).toEqual([]);
  });
});

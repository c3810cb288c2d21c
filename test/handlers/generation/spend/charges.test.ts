import { ApiError } from '../../../../src/handlers/shared/api-error';
import type { ErrorCode } from '../../../../src/private/contract/errors';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../../helpers/queued-world';
import { PNG, throttled } from '../../../helpers/world';

const CONFIG = {
  ...QUEUED,
  textModel: { id: 'amazon.nova-lite-v1:0', region: 'us-east-1' },
  policy: { deny: ['fruit'], guardrail: { id: 'guard', version: '1', region: 'us-west-2' } },
};
const KEY = { 'Idempotency-Key': 'k' };
const LARGE = { bytes: Buffer.alloc(4 * 1024 * 1024 + 1), seed: 7, contentType: 'image/png', width: 1, height: 1 };
const failed = (code: ErrorCode, more: object = {}) => new ApiError(code, `why: ${code}`, more);
const unavailable = () => failed('MODEL_UNAVAILABLE');
const filteredPrompt = () => failed('CONTENT_FILTERED', { filtered: 'prompt' });

let world: QueuedWorld;
beforeEach(() => { world = new QueuedWorld(CONFIG); });

const post = (body: object = {}, headers: Record<string, string> = {}) => world.call('POST /images', { body: { prompt: 'x', seed: 7, ...body }, headers });
const factsOf = ({ code, charged, filtered }: Record<string, unknown>) => ({ code, charged, filtered });
const filterOutput = () => { world.guardrail.filtersImages = () => true; };
const failOutputCheck = () => { world.guardrail.fails = (_text, what) => (what === 'output image' ? new Error('no connection') : undefined); };

interface Case {
  readonly error: string;
  readonly facts: object;
  readonly cause: () => void;
  readonly body?: object;
}

/** Errors that no request with the same key changes. */
const FINAL: readonly Case[] = [
  { error: 'a prompt that the guardrail filters', facts: { code: 'CONTENT_FILTERED', charged: 'no', filtered: 'prompt' }, cause: () => undefined, body: { prompt: 'forbidden' } },
  { error: 'a prompt that the model filters', facts: { code: 'CONTENT_FILTERED', charged: 'maybe', filtered: 'prompt' }, cause: () => world.models.failWith(filteredPrompt()) },
  { error: 'a filter that does not report what it filtered', facts: { code: 'CONTENT_FILTERED', charged: 'maybe' }, cause: () => world.models.failWith(failed('CONTENT_FILTERED')) },
  { error: 'an image that the guardrail filters', facts: { code: 'CONTENT_FILTERED', charged: 'yes', filtered: 'output' }, cause: filterOutput },
  { error: 'a call that failed', facts: { code: 'MODEL_ERROR', charged: 'maybe' }, cause: () => world.models.failWith(failed('MODEL_ERROR')) },
  { error: 'a call that timed out', facts: { code: 'MODEL_TIMEOUT', charged: 'maybe' }, cause: () => world.models.failWith(failed('MODEL_TIMEOUT')) },
  // the text model was charged
  { error: 'an enhanced prompt whose image failed', facts: { code: 'MODEL_ERROR', charged: 'yes' }, cause: () => world.models.failWith(failed('MODEL_ERROR')), body: { enhancePrompt: true } },
  { error: 'an enhanced prompt that the model filters', facts: { code: 'CONTENT_FILTERED', charged: 'yes', filtered: 'prompt' }, cause: () => world.models.failWith(filteredPrompt()), body: { enhancePrompt: true } },
  { error: 'a bug', facts: { code: 'INTERNAL', charged: 'maybe' }, cause: () => world.models.failWith(new TypeError('bug')) },
];

const OTHERS: readonly Case[] = [
  { error: 'an invalid request', facts: { code: 'INVALID_REQUEST', charged: 'no' }, cause: () => undefined, body: { count: 9 } },
  { error: 'a denied prompt', facts: { code: 'CONTENT_FILTERED', charged: 'no', filtered: 'prompt' }, cause: () => undefined, body: { prompt: 'fruit' } },
  { error: 'a guardrail that cannot check the prompt', facts: { code: 'MODEL_BUSY', charged: 'no' }, cause: () => { world.guardrail.fails = () => new Error('no connection'); } },
  { error: 'a throttled model', facts: { code: 'THROTTLED', charged: 'no' }, cause: () => world.models.failWith(throttled(), throttled(), throttled()) },
  { error: 'a model that is not available', facts: { code: 'MODEL_UNAVAILABLE', charged: 'no' }, cause: () => world.models.failWith(unavailable()) },
  { error: 'an image that cannot be checked', facts: { code: 'MODEL_ERROR', charged: 'yes' }, cause: failOutputCheck },
  { error: 'a large image that cannot be stored', facts: { code: 'INTERNAL', charged: 'yes' }, cause: () => { world.store.fails = () => true; world.models.respond = () => LARGE; } },
  { error: 'a filtered and a throttled image', facts: { code: 'THROTTLED', charged: 'maybe' }, cause: () => world.models.failWith(filteredPrompt(), throttled(), throttled(), throttled()), body: { count: 2 } },
  { error: 'an enhanced prompt that the model rejects', facts: { code: 'MODEL_UNAVAILABLE', charged: 'yes' }, cause: () => world.models.failWith(unavailable()), body: { enhancePrompt: true } },
];

describe('the error of a request', () => {
  it.each([...FINAL, ...OTHERS])('states whether a model was charged, and what was filtered: $error', async ({ facts, cause, body }) => {
    cause();
    expect(factsOf((await post(body)).json)).toEqual(facts);
  });

  it.each(FINAL)('states the same when it is repeated: $error', async ({ facts, cause, body }) => {
    cause();
    await post(body, KEY);
    const { headers, json } = await post(body, KEY);
    expect({ replayed: headers['Idempotency-Replayed'], facts: factsOf(json) }).toEqual({ replayed: 'true', facts });
  });

  it('states the same when it is repeated from the bucket, because the table fails', async () => {
    world.models.failWith(filteredPrompt(), failed('MODEL_ERROR'));
    world.claims.update = async () => { throw new Error('no connection'); };
    await post({ count: 2 }, KEY);
    world.time += LEASE_MS;
    expect(factsOf((await post({ count: 2 }, KEY)).json)).toEqual({ code: 'MODEL_ERROR', charged: 'maybe' });
  });

  it('is charged if an image is stored that the next request checks', async () => {
    failOutputCheck();
    expect(factsOf((await post({}, KEY)).json)).toEqual({ code: 'MODEL_BUSY', charged: 'yes' });
    filterOutput();
    world.guardrail.fails = () => undefined;
    // the image of the first request
    expect(factsOf((await post({}, KEY)).json)).toEqual({ code: 'CONTENT_FILTERED', charged: 'yes', filtered: 'output' });
    expect(world.models.calls).toHaveLength(1);
  });

  it('may have been charged if the first request is running or its image was deleted', async () => {
    const { json: { id } } = await world.enqueue({ prompt: 'x', seed: 7 }, { headers: KEY });
    expect(factsOf((await post({}, KEY)).json)).toEqual({ code: 'IN_PROGRESS', charged: 'maybe' });
    await world.drain();
    await world.call(`DELETE /images/${id}`);
    expect(factsOf((await post({}, KEY)).json)).toEqual({ code: 'NOT_FOUND', charged: 'maybe' });
    expect(factsOf((await post({ seed: 8 }, KEY)).json)).toEqual({ code: 'IDEMPOTENCY_MISMATCH', charged: 'no' });
  });

  it.each([
    ['CONTENT_FILTERED', filteredPrompt], ['MODEL_ERROR', () => failed('MODEL_ERROR')],
  ])('may have been charged if an older version has stored it: %s', async (code, cause) => {
    world.models.failWith(cause());
    await post({}, KEY);
    for (const [key, { charged, filtered, failure, ...claim }] of world.claims.items) {
      world.claims.items.set(key, { ...claim, ...(failure && { failure: { code: failure.code, detail: failure.detail } }) });
    }
    expect(factsOf((await post({}, KEY)).json)).toEqual({ code, charged: 'maybe' });
  });

  it.each([
    ['a filtered response', { code: 'CONTENT_FILTERED', charged: 'yes', filtered: 'output' }, 'forbidden'], ['a filtered prompt', { code: 'CONTENT_FILTERED', charged: 'no', filtered: 'prompt' }, ''],
  ])('of POST /text states it, too: %s', async (_error, facts, text) => {
    world.textModel.respond = () => ({ text, stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } });
    expect(factsOf((await world.call('POST /text', { body: { prompt: text ? 'x' : 'forbidden' } })).json)).toEqual(facts);
  });

  it('of OpenAI routes states it, too', async () => {
    world.models.failWith(filteredPrompt());
    const { status, json } = await world.call('POST /v1/images/generations', { body: { prompt: 'x' } });
    expect({ status, ...factsOf(json), error: json.error }).toMatchObject({ status: 400, code: 'CONTENT_FILTERED', charged: 'maybe', filtered: 'prompt', error: { code: 'moderation_blocked' } });
  });
});

describe('the failures of a partial result', () => {
  it('state whether each image was charged, and what was filtered', async () => {
    world.models.next.push(world.models.respond, () => { throw filteredPrompt(); }, () => { throw unavailable(); });
    world.guardrail.filtersImages = ({ seed }) => seed === 10;
    const { status, json } = await post({ count: 4 }, KEY);
    const facts = [
      { code: 'CONTENT_FILTERED', charged: 'maybe', filtered: 'prompt' }, { code: 'MODEL_UNAVAILABLE', charged: 'no' }, { code: 'CONTENT_FILTERED', charged: 'yes', filtered: 'output' },
    ];
    expect(status).toBe(201);
    for (const { failures } of [json, (await post({ count: 4 }, KEY)).json, (await world.call(`GET /images/${json.id}`)).json]) {
      expect((failures as Record<string, unknown>[]).map(factsOf)).toEqual(facts);
    }
  });

  it('state that an image was charged that the guardrail filters when the request is repeated', async () => {
    failOutputCheck();
    expect((await post({ count: 2 }, KEY)).json.code).toBe('MODEL_BUSY');
    world.guardrail.fails = () => undefined;
    world.guardrail.filtersImages = ({ seed }) => seed === 8;
    const { status, json } = await post({ count: 2 }, KEY);
    expect(status).toBe(201);
    expect((json.failures as Record<string, unknown>[]).map(factsOf)).toEqual([{ code: 'CONTENT_FILTERED', charged: 'yes', filtered: 'output' }]);
  });

  it('state that an image was charged that could not be stored', async () => {
    world.store.fails = (key) => key.endsWith('/1.png');
    const { json: { id } } = await post({ count: 2 });
    expect((await world.call(`GET /images/${id}`)).json.failures).toMatchObject([{ code: 'INTERNAL', charged: 'yes' }]);
  });
});

describe('the problem of a job', () => {
  const problemOf = async (id: string) => factsOf((await world.status(id)).problem as Record<string, unknown>);
  const enqueue = async (body: object = {}) => (await world.enqueue({ prompt: 'x', seed: 7, ...body }, { headers: KEY })).json.id;

  it.each<Case>([
    ...FINAL,
    { error: 'a model that is not available', facts: { code: 'MODEL_UNAVAILABLE', charged: 'no' }, cause: () => world.models.failWith(unavailable()) },
    { error: 'an image that cannot be stored', facts: { code: 'INTERNAL', charged: 'yes' }, cause: () => { world.store.fails = (key) => key.endsWith('.png'); } },
  ])('states whether a model was charged, and what was filtered: $error', async ({ facts, cause, body }) => {
    const id = await enqueue(body);
    cause();
    await world.drain();
    expect(await problemOf(id)).toEqual(facts);
  });

  it('is the error of a repeated request', async () => {
    await enqueue();
    filterOutput();
    await world.drain();
    expect(factsOf((await world.enqueue({ prompt: 'x', seed: 7 }, { headers: KEY })).json)).toEqual({ code: 'CONTENT_FILTERED', charged: 'yes', filtered: 'output' });
  });

  it('is not charged if no worker or only a throttled one has run it', async () => {
    const [id, throttledId] = [await enqueue(), (await world.enqueue()).json.id];
    world.models.failWith(throttled(), throttled(), throttled());
    await world.deliver(world.queue.messages[1].message);
    world.time += QUEUED.queue!.maxAgeSeconds * 1000;
    expect(await problemOf(id)).toEqual({ code: 'MODEL_TIMEOUT', charged: 'no' });
    expect(await problemOf(throttledId)).toEqual({ code: 'THROTTLED', charged: 'no' });
  });

  it('is charged if a throttled worker had the prompt enhanced', async () => {
    const id = await enqueue({ enhancePrompt: true });
    world.models.failWith(throttled(), throttled(), throttled());
    await world.deliver(world.message);
    world.time += QUEUED.queue!.maxAgeSeconds * 1000;
    expect(await problemOf(id)).toEqual({ code: 'THROTTLED', charged: 'yes' });
  });

  it.each([['and the next one fails', 2, 'MODEL_UNAVAILABLE'], ['and the job reaches the receive count', 3, 'INTERNAL']] as const)(
    'may have been charged if a worker was interrupted, %s', async (_how, receiveCount, code) => {
      const id = await enqueue();
      const records = jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('no connection'));
      jest.spyOn(world.store, 'find').mockResolvedValue(undefined);
      await world.deliver(world.message);
      records.mockRestore();
      world.time += LEASE_MS;
      world.models.failWith(unavailable());
      await world.deliver(world.message, receiveCount);
      expect(await problemOf(id)).toEqual({ code, charged: 'maybe' });
    });

  it('is not charged for a denied prompt in a batch', async () => {
    const { json } = await world.call('POST /images/batches', { body: { requests: [{ prompt: 'x' }, { prompt: 'fruit' }] } });
    expect(factsOf(json.images[1].problem as Record<string, unknown>)).toEqual({ code: 'CONTENT_FILTERED', charged: 'no', filtered: 'prompt' });
  });

  it.each([[true, 'maybe'], [undefined, 'no']] as const)('that an older version has stored with mayBeCharged %s: %s', async (mayBeCharged, charged) => {
    const id = await enqueue();
    const failure = { code: 'MODEL_ERROR', detail: 'why', requestId: 'r', mayBeCharged } as const;
    world.records.items[0] = { ...world.job, job: { ...world.job.job, state: 'failed', failure } };
    expect(await problemOf(id)).toEqual({ code: 'MODEL_ERROR', charged });
  });
});

it('a stored image is never stated as not charged', async () => {
  world.models.respond = ({ seed }) => ({ bytes: PNG, seed, contentType: 'image/png', width: 1, height: 1 });
  world.records.put = async () => { throw new Error('no connection'); };
  await post({}, KEY);
  world.time += LEASE_MS;
  filterOutput();
  expect(factsOf((await post({}, KEY)).json)).toEqual({ code: 'CONTENT_FILTERED', charged: 'yes', filtered: 'output' });
});

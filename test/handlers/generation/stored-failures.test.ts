import type { GenerationInput, GeneratedImage } from '../../../src/handlers/generation/ports';
import { ApiError } from '../../../src/handlers/shared/api-error';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { PNG, throttled } from '../../helpers/world';

// if one of several images has to wait for the next run, the others that may have been charged are not generated again

const headers = { 'Idempotency-Key': 'k' };
const FIRST_SEED = 5;
const timedOut = () => new ApiError('MODEL_TIMEOUT', 'too late');
const filtered = () => new ApiError('CONTENT_FILTERED', 'the model filtered the output image');
const FAILURES = [
  { seed: 6, code: 'MODEL_TIMEOUT', detail: 'too late', charged: 'maybe' },
  { seed: 7, code: 'CONTENT_FILTERED', detail: 'the model filtered the output image', charged: 'maybe' },
];

let world: QueuedWorld;
/** The errors of the model by image index. */
let errors: Record<number, Error | undefined>;
beforeEach(() => {
  world = new QueuedWorld({ ...QUEUED, policy: { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } } });
  world.models.respond = ({ seed }: GenerationInput): GeneratedImage => {
    const error = errors[seed! - FIRST_SEED];
    if (error) throw error;
    return { bytes: PNG, seed, contentType: 'image/png', width: 1, height: 1 };
  };
});

const body = (count: number) => ({ prompt: 'x', count, seed: FIRST_SEED });
const post = (count: number) => world.call('POST /images', { body: body(count), headers });
const enqueue = (count: number) => world.enqueue(body(count), { headers });
const generatedSeeds = () => world.models.calls.map(({ seed }) => seed).sort();
const failGuardrail = () => { world.guardrail.fails = (_text, what) => (what === 'output image' ? new Error('guardrail not available') : undefined); };
const restoreGuardrail = () => { world.guardrail.fails = () => undefined; };

describe('an image that the guardrail could not check', () => {
  beforeEach(() => {
    errors = { 1: timedOut(), 2: filtered() };
    failGuardrail();
  });

  it('does not cause other images to be generated again when the request is repeated', async () => {
    expect((await post(3)).json.code).toBe('MODEL_BUSY');
    restoreGuardrail();
    const { status, json } = await post(3);
    expect(status).toBe(201);
    expect(json.images.map(({ seed }) => seed)).toEqual([5]);
    expect(json.failures).toEqual(FAILURES);
    expect(generatedSeeds()).toEqual([5, 6, 7]);
    expect(world.store.documents).toEqual([]);
    expect((await post(3)).json).toMatchObject({ id: json.id, failures: FAILURES });
  });

  it('does not cause other images to be generated again when the repeated request fails too', async () => {
    for (let time = 0; time < 3; time++) expect((await post(3)).json.code).toBe('MODEL_BUSY');
    restoreGuardrail();
    expect((await post(3)).json.failures).toEqual(FAILURES);
    expect(generatedSeeds()).toEqual([5, 6, 7]);
  });

  it('does not cause other images to be generated again when the job is attempted again', async () => {
    const { json: { id } } = await enqueue(3);
    expect(await world.deliver(world.message)).toBe(false);
    restoreGuardrail();
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(await world.status(id)).toMatchObject({ status: 'succeeded', images: [{ seed: 5 }], failures: FAILURES });
    expect(generatedSeeds()).toEqual([5, 6, 7]);
    expect(world.store.documents).toEqual([]);
  });

  it('does not cause an image to be generated again that the guardrail filters meanwhile', async () => {
    errors = {};
    expect((await post(2)).json.code).toBe('MODEL_BUSY');
    let checks = 0;
    world.guardrail.fails = (_text, what) => (what === 'output image' && ++checks === 1 ? new Error('guardrail not available') : undefined);
    world.guardrail.filtersImages = () => checks === 1;
    expect((await post(2)).json.code).toBe('MODEL_BUSY');
    world.guardrail.filtersImages = () => false;
    expect((await post(2)).json).toMatchObject({ images: [{}], failures: [{ code: 'CONTENT_FILTERED' }] });
    expect(generatedSeeds()).toEqual([5, 6]);
  });

  it.each([1, 2])('fails the request if %i of the errors of other images could not be stored, because these would be generated again', async (failed) => {
    const write = jest.spyOn(world.store, 'write');
    for (let count = 0; count < failed; count++) write.mockRejectedValueOnce(new Error('S3 is not available'));
    expect((await post(3)).json.code).toBe('MODEL_TIMEOUT');
    restoreGuardrail();
    errors = {};
    expect((await post(3)).json.code).toBe('MODEL_TIMEOUT');
    expect(generatedSeeds()).toEqual([5, 6, 7]);
    expect(world.logged('image failure not stored')).toHaveLength(failed);
  });
});

describe('a throttled image', () => {
  beforeEach(() => { errors = { 0: throttled(), 1: filtered() }; });

  it('does not cause a filtered image to be generated again when the request is repeated', async () => {
    expect((await post(2)).json.code).toBe('THROTTLED');
    errors = {};
    expect((await post(2)).json).toMatchObject({ images: [{ seed: 5 }], failures: [{ seed: 6, code: 'CONTENT_FILTERED' }] });
    expect(generatedSeeds().filter((seed) => seed === 6)).toHaveLength(1);
  });

  it('does not cause a filtered image to be generated again when the job is enqueued again', async () => {
    await enqueue(2);
    expect(await world.deliver(world.message)).toBe(true);
    expect(world.queue.messages).toHaveLength(2);
    errors = {};
    await world.deliver(world.message);
    expect(world.records.items[0]).toMatchObject({ images: [{ seed: 5 }], failures: [{ seed: 6 }] });
    expect(generatedSeeds().filter((seed) => seed === 6)).toHaveLength(1);
  });

  it.each([new ApiError('MODEL_ERROR', 'failed'), filtered()])('has the stored errors of its job deleted when the job fails: %s', async (error) => {
    await enqueue(2);
    await world.deliver(world.message);
    expect(world.store.documents).toHaveLength(2);
    errors = { 0: error };
    await world.deliver(world.message);
    expect(world.job.job.state).toBe('failed');
    expect(world.store.documents.filter((key) => key.includes('fail'))).toEqual([]);
  });

  it('can fail in the next run, which is not reported as the error of an earlier one', async () => {
    await post(2);
    errors = { 0: new ApiError('MODEL_UNAVAILABLE', 'not available') };
    const { json, headers: responseHeaders } = await post(2);
    expect(json.code).toBe('MODEL_UNAVAILABLE');
    expect(responseHeaders).not.toHaveProperty('Idempotency-Replayed');
  });

  it('stores nothing if all images were throttled', async () => {
    errors = { 0: throttled(), 1: throttled() };
    expect((await post(2)).json.code).toBe('THROTTLED');
    expect(world.store.documents).toEqual([]);
    expect(world.claims.items.size).toBe(0);
  });

  it('stores nothing if the request has no key', async () => {
    expect((await world.call('POST /images', { body: body(2) })).json.code).toBe('THROTTLED');
    expect(world.store.documents).toEqual([]);
  });

  it('returns the images of the next run even if the stored errors cannot be deleted', async () => {
    await post(2);
    errors = {};
    jest.spyOn(world.store, 'remove').mockRejectedValue(new Error('S3 is not available'));
    expect((await post(2)).status).toBe(201);
    expect(world.logged('image failure not deleted')).toHaveLength(1);
  });

  it('has its stored errors deleted with a cancelled job', async () => {
    const { json: { id } } = await enqueue(2);
    await world.deliver(world.message);
    expect(world.store.documents).toHaveLength(2);
    expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
    expect(world.store.documents).toEqual([]);
  });
});

describe('a request whose record could not be written', () => {
  const failRecord = () => jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('DynamoDB is not available'));
  beforeEach(() => { errors = { 1: timedOut() }; });

  it('is recorded with its failures when it is repeated, without a model call', async () => {
    failRecord();
    expect((await post(2)).status).toBe(201);
    world.time += LEASE_MS + 1;
    expect((await post(2)).json).toMatchObject({ images: [{ seed: 5 }], failures: [FAILURES[0]] });
    expect(generatedSeeds()).toEqual([5, 6]);
    expect(world.store.documents).toEqual([]);
  });

  it('does not generate an image again that was returned but not stored', async () => {
    failRecord();
    errors = {};
    world.store.fails = (key) => key.endsWith('/1.png');
    expect((await post(2)).json.images).toHaveLength(2);
    world.time += LEASE_MS + 1;
    expect((await post(2)).json).toMatchObject({ images: [{ seed: 5 }], failures: [{ seed: 6, code: 'INTERNAL' }] });
    expect(generatedSeeds()).toEqual([5, 6]);
  });

  it('stores no errors if no image was stored', async () => {
    errors = {};
    world.store.fails = () => true;
    expect((await post(2)).json.images).toHaveLength(2);
    expect(world.store.documents).toEqual([]);
  });

  it('is recorded by the next attempt of its job', async () => {
    await enqueue(2);
    failRecord();
    expect(await world.deliver(world.message)).toBe(false);
    world.time += LEASE_MS + 1;
    expect(await world.deliver(world.message, 2)).toBe(true);
    expect(world.records.items[0]).toMatchObject({ images: [{ seed: 5 }], failures: [FAILURES[0]] });
    expect(generatedSeeds()).toEqual([5, 6]);
  });
});

describe('a failed job with stored errors', () => {
  beforeEach(async () => {
    errors = { 1: timedOut() };
    failGuardrail();
    await enqueue(2);
    await world.deliver(world.message);
    world.time += LEASE_MS + 1;
    await world.deliver(world.message, 3);
    expect(world.job.job.state).toBe('failed');
    restoreGuardrail();
    errors = {};
  });

  it('does not generate these images again if the request is repeated with its key', async () => {
    expect((await enqueue(2)).json.status).toBe('queued');
    await world.deliver(world.message);
    expect(world.records.items[0]).toMatchObject({ images: [{ seed: 5 }], failures: [FAILURES[0]] });
    expect(generatedSeeds()).toEqual([5, 6]);
  });

  it('does not generate these images again if a worker receives the message before the record is updated', async () => {
    const send = world.queue.send.bind(world.queue);
    jest.spyOn(world.queue, 'send').mockImplementationOnce(async (sent) => { await send(sent); await world.deliver(sent); });
    await enqueue(2);
    expect(world.records.items[0]).toMatchObject({ images: [{ seed: 5 }], failures: [FAILURES[0]] });
    expect(generatedSeeds()).toEqual([5, 6]);
  });

  it('generates all missing images after a redrive', async () => {
    await world.deliver(world.queue.deadLetters[0]);
    expect(world.records.items[0]).toMatchObject({ images: [{ seed: 5 }, { seed: 6 }], failures: [] });
    expect(generatedSeeds()).toEqual([5, 6, 6]);
  });
});

it('a request without stored errors deletes nothing', async () => {
  errors = {};
  const remove = jest.spyOn(world.store, 'remove');
  expect((await post(2)).status).toBe(201);
  expect(remove).not.toHaveBeenCalled();
});

it('a job with one image does not look for stored errors', async () => {
  errors = {};
  const readIfExists = jest.spyOn(world.store, 'readIfExists');
  await enqueue(1);
  await world.deliver(world.message);
  expect(readIfExists).not.toHaveBeenCalled();
});

import type { GenerationInput, GeneratedImage } from '../../../src/handlers/generation/ports';
import { ApiError } from '../../../src/handlers/shared/errors';
import { CONFIGURATION, PNG, throttled, TIME_MS, World } from '../../helpers/world';

// of several images, what may have been charged is not drawn again for the sake of the others, however often the request is tried

const headers = { 'Idempotency-Key': 'k' };
const FIRST_SEED = 5;
const tooLate = () => new ApiError('MODEL_TIMEOUT', 'too late');
const filtered = () => new ApiError('CONTENT_FILTERED', 'the model filtered the output image');
const TOLD = [{ seed: 6, code: 'MODEL_TIMEOUT', detail: 'too late' }, { seed: 7, code: 'CONTENT_FILTERED', detail: 'the model filtered the output image' }];
type Fate = Error | undefined;

let world: World;
let fates: Record<number, Fate>;
beforeEach(() => {
  world = new World({
    ...CONFIGURATION,
    policy: { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } },
    queue: { url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 3600 },
  });
  world.models.drawing = ({ seed }: GenerationInput): GeneratedImage => {
    const fate = fates[seed! - FIRST_SEED];
    if (fate) throw fate;
    return { bytes: PNG, seed, contentType: 'image/png', width: 1, height: 1 };
  };
});

const ask = (count: number, more: Record<string, string> = {}) =>
  world.call('POST /images', { body: { prompt: 'x', count, seed: FIRST_SEED }, headers: { ...headers, ...more } });
const askLater = (count: number) => ask(count, { Prefer: 'respond-async' });
const seedsDrawn = () => world.models.calls.map(({ seed }) => seed).sort();
const message = () => world.queue.messages.at(-1)!.message;
const guardIsGone = () => { world.guard.fails = (_text, what) => (what === 'output image' ? new Error('guardrail is gone') : undefined); };
const guardIsBack = () => { world.guard.fails = () => undefined; };

describe('an image that waits for the guardrail', () => {
  beforeEach(() => {
    fates = { 1: tooLate(), 2: filtered() };
    guardIsGone();
  });

  it('does not have the others drawn again when its request is repeated', async () => {
    expect((await ask(3)).json.code).toBe('MODEL_BUSY');
    guardIsBack();
    const { status, json } = await ask(3);
    expect([status, json.images.map(({ seed }) => seed), json.failures]).toEqual([201, [5], TOLD]);
    expect(seedsDrawn()).toEqual([5, 6, 7]);
    expect(world.store.documents).toEqual([]);
    expect((await ask(3)).json).toMatchObject({ id: json.id, failures: TOLD });
  });

  it('nor when it is repeated in vain', async () => {
    for (let time = 0; time < 3; time++) expect((await ask(3)).json.code).toBe('MODEL_BUSY');
    guardIsBack();
    expect((await ask(3)).json.failures).toEqual(TOLD);
    expect(seedsDrawn()).toEqual([5, 6, 7]);
  });

  it('nor when its job is handed out again', async () => {
    const { json: { id } } = await askLater(3);
    expect(await world.work(message())).toBe(false);
    guardIsBack();
    expect(await world.work(message(), 2)).toBe(true);
    expect((await world.call(`GET /images/${id}`)).json).toMatchObject({ status: 'succeeded', images: [{ seed: 5 }], failures: TOLD });
    expect(seedsDrawn()).toEqual([5, 6, 7]);
    expect(world.store.documents).toEqual([]);
  });

  it('does not have another drawn again that the guardrail filtered meanwhile', async () => {
    fates = {};
    expect((await ask(2)).json.code).toBe('MODEL_BUSY');
    let looked = 0;
    world.guard.fails = (_text, what) => (what === 'output image' && ++looked === 1 ? new Error('guardrail is gone') : undefined);
    world.guard.filtersImages = () => looked === 1;
    expect((await ask(2)).json.code).toBe('MODEL_BUSY');
    world.guard.filtersImages = () => false;
    expect((await ask(2)).json).toMatchObject({ images: [{}], failures: [{ code: 'CONTENT_FILTERED' }] });
    expect(seedsDrawn()).toEqual([5, 6]);
  });

  it('has them drawn again where that could not be kept, and the log says so', async () => {
    jest.spyOn(world.store, 'write').mockRejectedValue(new Error('bucket is gone'));
    await ask(3);
    guardIsBack();
    fates = {};
    expect((await ask(3)).json.images).toHaveLength(3);
    expect(world.logs.join('')).toContain('failure not remembered');
  });
});

describe('a throttled image', () => {
  beforeEach(() => { fates = { 0: throttled(), 1: filtered() }; });

  it('does not have a filtered one drawn again when its request is repeated', async () => {
    expect((await ask(2)).json.code).toBe('THROTTLED');
    fates = {};
    expect((await ask(2)).json).toMatchObject({ images: [{ seed: 5 }], failures: [{ seed: 6, code: 'CONTENT_FILTERED' }] });
    expect(seedsDrawn().filter((seed) => seed === 6)).toHaveLength(1);
  });

  it('nor when its job is tried again, as what is throttled', async () => {
    await askLater(2);
    expect(await world.work(message())).toBe(true);
    expect(world.queue.messages).toHaveLength(2);
    fates = {};
    await world.work(message());
    expect(world.records.items[0]).toMatchObject({ images: [{ seed: 5 }], failures: [{ seed: 6 }] });
    expect(seedsDrawn().filter((seed) => seed === 6)).toHaveLength(1);
  });

  it('leaves nothing where all are throttled: the next attempt begins anew', async () => {
    fates = { 0: throttled(), 1: throttled() };
    expect((await ask(2)).json.code).toBe('THROTTLED');
    expect([world.store.documents, world.claims.items.size]).toEqual([[], 0]);
  });

  it('leaves nothing where its request has no key, so that nobody can come back for it', async () => {
    expect((await world.call('POST /images', { body: { prompt: 'x', count: 2, seed: FIRST_SEED } })).json.code).toBe('THROTTLED');
    expect(world.store.documents).toEqual([]);
  });
});

describe('a request that nobody could record', () => {
  const tableIsGone = () => jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('table is gone'));
  beforeEach(() => { fates = { 1: tooLate() }; });

  it('is recorded by its repetition, with what failed, and nothing is drawn', async () => {
    tableIsGone();
    expect((await ask(2)).status).toBe(201);
    world.time += TIME_MS + 5_001;
    expect((await ask(2)).json).toMatchObject({ images: [{ seed: 5 }], failures: [TOLD[0]] });
    expect([seedsDrawn(), world.store.documents]).toEqual([[5, 6], []]);
  });

  it('does not have drawn again what was handed out and not stored', async () => {
    tableIsGone();
    fates = {};
    world.store.fails = (key) => key.endsWith('/1.png');
    expect((await ask(2)).json.images).toHaveLength(2);
    world.time += TIME_MS + 5_001;
    expect((await ask(2)).json).toMatchObject({ images: [{ seed: 5 }], failures: [{ seed: 6, code: 'INTERNAL' }] });
    expect(seedsDrawn()).toEqual([5, 6]);
  });

  it('has all drawn again where nothing was stored', async () => {
    fates = {};
    world.store.fails = () => true;
    expect((await ask(2)).json.images).toHaveLength(2);
    expect(world.store.documents).toEqual([]);
  });

  it('is recorded by the next worker', async () => {
    await askLater(2);
    tableIsGone();
    expect(await world.work(message())).toBe(false);
    world.time += TIME_MS + 5_001;
    expect(await world.work(message(), 2)).toBe(true);
    expect(world.records.items[0]).toMatchObject({ images: [{ seed: 5 }], failures: [TOLD[0]] });
    expect(seedsDrawn()).toEqual([5, 6]);
  });
});

describe('a job that failed for good', () => {
  beforeEach(async () => {
    fates = { 1: tooLate() };
    guardIsGone();
    await askLater(2);
    await world.work(message());
    world.time += TIME_MS + 5_001;
    await world.work(message(), 3);
    expect(world.records.items[0].job?.state).toBe('failed');
    guardIsBack();
    fates = {};
  });

  it('forgets why only once it is known to have failed', async () => {
    const removed = jest.spyOn(world.store, 'remove').mockClear();
    const replace = jest.spyOn(world.records, 'replace');
    await world.work(world.queue.deadLetters[0], 3);
    expect(replace.mock.invocationCallOrder.at(-1)).toBeLessThan(removed.mock.invocationCallOrder[0]);
  });

  it('has all drawn that is not there when an operator hands it in again', async () => {
    await world.work(world.queue.deadLetters[0]);
    expect(world.records.items[0]).toMatchObject({ images: [{ seed: 5 }, { seed: 6 }], failures: [] });
    expect(seedsDrawn()).toEqual([5, 6, 6]);
  });
});

it('what is no longer needed and cannot be removed changes nothing', async () => {
  fates = { 0: throttled(), 1: filtered() };
  await ask(2);
  fates = {};
  jest.spyOn(world.store, 'remove').mockRejectedValue(new Error('bucket is gone'));
  expect((await ask(2)).status).toBe(201);
  expect(world.logs.join('')).toContain('failure not removed');
});

it('one image alone has nothing looked up', async () => {
  fates = {};
  const readIfThere = jest.spyOn(world.store, 'readIfExists');
  await askLater(1);
  await world.work(message());
  expect(readIfThere).not.toHaveBeenCalled();
});

it('a job that is cancelled takes along what failed', async () => {
  fates = { 0: throttled(), 1: filtered() };
  const { json: { id } } = await askLater(2);
  await world.work(message());
  expect(world.store.documents).toHaveLength(2);
  expect((await world.call(`DELETE /images/${id}`)).status).toBe(204);
  expect(world.store.documents).toEqual([]);
});

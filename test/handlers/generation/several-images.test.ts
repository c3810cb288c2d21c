import { ApiError } from '../../../src/handlers/shared/errors';
import { CONFIGURATION, PNG, throttled, TIME_MS, World } from '../../helpers/world';

const models = [
  { id: 'stability.stable-image-core-v1:1', region: 'us-west-2' },
  { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1' },
  { id: 'amazon.titan-image-generator-v2:0', region: 'us-east-1' },
  { id: 'stability.stable-diffusion-xl-v1', region: 'us-east-1' },
  { id: 'amazon.nova-2-omni-v1:0', region: 'us-east-1' },
  { id: 'endpoint', region: 'us-east-1', family: 'sagemaker-stable-diffusion', service: 'sagemaker' as const },
];
const PICTURE = { bytes: PNG, seed: 5, contentType: 'image/png', width: 1, height: 1 };
const filtered = () => new ApiError('CONTENT_FILTERED', 'the model filtered the output image');

let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, models }); });

const post = (model: string, more: object = {}, headers: Record<string, string> = {}) =>
  world.call('POST /images', { body: { prompt: 'x', model, count: 4, seed: 5, ...more }, headers });
const omniPost = (more: object) => world.call('POST /images', { body: { prompt: 'x', model: 'nova-2-omni', ...more } });

describe('four images', () => {
  it.each(['nova-canvas', 'titan-image-generator-v2', 'endpoint'])('by %s are one call', async (model) => {
    const { json } = await post(model);
    expect(world.models.calls.map(({ count, seed }) => ({ count, seed }))).toEqual([{ count: 4, seed: 5 }]);
    expect(new Set(json.images.map(({ url }) => url)).size).toBe(4);
  });

  it.each(['stable-image-core', 'stable-diffusion-xl'])('by %s are four calls with seeds of their own', async (model) => {
    await post(model);
    expect(world.models.calls.map(({ count, seed }) => ({ count, seed }))).toEqual([5, 6, 7, 8].map((seed) => ({ count: 1, seed })));
  });

  it('by a model without seeds are four calls without', async () => {
    world.models.next.push(() => filtered());
    const { json } = await omniPost({ count: 4 });
    expect(world.models.calls.map((call) => call.seed)).toEqual([undefined, undefined, undefined, undefined]);
    expect(json.failures).toEqual([{ code: 'CONTENT_FILTERED', detail: 'the model filtered the output image' }]);
  });

  it('are drawn at the same time', async () => {
    let [running, most] = [0, 0];
    world.models.next.push(...Array.from({ length: 4 }, () => async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return PICTURE;
    }));
    await post('stable-image-core');
    expect(most).toBe(4);
  });
});

describe('some of four that fail', () => {
  it.each(['nova-canvas', 'endpoint'])('in one call of %s are told, with the seed of that call', async (model) => {
    world.models.next.push((_input, index) => (index % 2 === 1 ? filtered() : PICTURE));
    const { status, json } = await post(model);
    expect([status, json.images.length]).toEqual([201, 2]);
    expect(json.failures).toEqual(Array(2).fill({ seed: 5, code: 'CONTENT_FILTERED', detail: 'the model filtered the output image' }));
    expect(world.store.objects.size).toBe(2);
    const later = await world.call(`GET /images/${json.id}`);
    expect([later.json.images.length, later.json.failures]).toEqual([2, json.failures]);
  });

  it('are not charged again when throttled: the others stand', async () => {
    world.models.next.push(() => { throw throttled(); });
    const { json } = await post('stable-image-core');
    expect(json.images).toHaveLength(4);
    expect(world.models.calls).toHaveLength(5);
  });

  it('can be all: the first error is the answer', async () => {
    world.models.failWith(...Array.from({ length: 4 }, (_, index) => new ApiError('MODEL_ERROR', `failed ${index}`)));
    const { status, json } = await post('stable-image-core');
    expect([status, json.code, json.detail]).toEqual([502, 'MODEL_ERROR', 'failed 0']);
    expect(world.records.items).toHaveLength(0);
  });

  it('can be all of one call', async () => {
    world.models.failWith(filtered());
    const { status, json } = await post('nova-canvas');
    expect([status, json.code]).toEqual([422, 'CONTENT_FILTERED']);
    expect(world.models.calls).toHaveLength(1);
  });

  it.each(['stable-image-core', 'nova-canvas'])('of %s to be stored are told with the seed that draws them again', async (model) => {
    world.store.fails = (key) => key.endsWith('/3.png');
    const { json } = await post(model);
    const { json: later } = await world.call(`GET /images/${json.id}`);
    expect(later.failures).toEqual([expect.objectContaining({ code: 'INTERNAL', seed: model === 'nova-canvas' ? 5 : 8 })]);
  });
});

describe('four that all fail', () => {
  const fail = (code: 'CONTENT_FILTERED' | 'MODEL_TIMEOUT', afterMs: number) => async () => {
    for (let turn = 0; turn < afterMs; turn++) await Promise.resolve();
    throw new ApiError(code, code);
  };

  it.each([[0, 9], [9, 0]])('may be tried again unless all were filtered, whichever came first: %i, %i', async (filteredAfter, timedOutAfter) => {
    world.models.next.push(fail('CONTENT_FILTERED', filteredAfter), fail('MODEL_TIMEOUT', timedOutAfter));
    const headers = { 'Idempotency-Key': 'k' };
    expect((await post('stable-image-core', { count: 2 }, headers)).json.code).toBe('MODEL_TIMEOUT');
    expect((await post('stable-image-core', { count: 2 }, headers)).status).toBe(201);
  });

  it('stay filtered if all were', async () => {
    world.models.next.push(fail('CONTENT_FILTERED', 0), fail('CONTENT_FILTERED', 0));
    expect((await post('stable-image-core', { count: 2 })).json.code).toBe('CONTENT_FILTERED');
  });
});

describe('an interrupted request', () => {
  const headers = { 'Idempotency-Key': 'k' };

  /** The function ends with two of four stored and nothing recorded. */
  async function interrupt(model: string): Promise<void> {
    const put = world.store.put.bind(world.store);
    const never = new Promise<never>(() => undefined);
    await new Promise<void>((cutOff) => {
      let begun = 0;
      world.store.put = async (key, image) => {
        if (/\/[13]\./.test(key)) await put(key, image);
        if (++begun === 4) cutOff();
        return never;
      };
      void post(model, {}, headers);
    });
    world.store.put = put;
    world.time += TIME_MS + 5_001;
    world.models.calls.length = 0;
  }

  it('of single calls draws only what is missing, by the same seeds', async () => {
    await interrupt('stable-image-core');
    const { status, json } = await post('stable-image-core', {}, headers);
    expect([status, json.images.map(({ seed }) => seed)]).toEqual([201, [5, 6, 7, 8]]);
    expect(world.models.calls.map(({ seed }) => seed)).toEqual([5, 7]);
  });

  it('of one call asks for as many as are missing', async () => {
    await interrupt('nova-canvas');
    const { status, json } = await post('nova-canvas', {}, headers);
    expect([status, json.images.length]).toEqual([201, 4]);
    expect(world.models.calls.map(({ count }) => count)).toEqual([2]);
    expect(world.store.objects.size).toBe(4);
  });
});

import { ApiError } from '../../../src/handlers/shared/api-error';
import type { ErrorCode } from '../../../src/private/contract/errors';
import { CONFIGURATION, PNG, REMAINING_TIME_MS, throttled, World } from '../../helpers/world';

const models = [
  { id: 'stability.stable-image-core-v1:1', region: 'us-west-2' },
  { id: 'amazon.nova-canvas-v1:0', region: 'us-east-1' },
  { id: 'amazon.titan-image-generator-v2:0', region: 'us-east-1' },
  { id: 'stability.stable-diffusion-xl-v1', region: 'us-east-1' },
  { id: 'amazon.nova-2-omni-v1:0', region: 'us-east-1' },
  { id: 'endpoint', region: 'us-east-1', family: 'sagemaker-stable-diffusion', service: 'sagemaker' as const },
];
const IMAGE = { bytes: PNG, seed: 5, contentType: 'image/png', width: 1, height: 1 };
const FILTERED = { code: 'CONTENT_FILTERED', detail: 'the model filtered the output image' } as const;
const FAILURE = { ...FILTERED, charged: 'maybe' };
const filtered = () => new ApiError(FILTERED.code, FILTERED.detail);
const headers = { 'Idempotency-Key': 'k' };

let world: World;
beforeEach(() => { world = new World({ ...CONFIGURATION, models }); });

/** Requests four images. */
const post = (model: string, others: object = {}, requestHeaders: Record<string, string> = {}) =>
  world.call('POST /images', { body: { prompt: 'x', model, count: 4, seed: 5, ...others }, headers: requestHeaders });

describe('a request for four images', () => {
  it.each(['nova-canvas', 'titan-image-generator-v2', 'endpoint'])('is one call of %s', async (model) => {
    const { json } = await post(model);
    expect(world.models.calls).toMatchObject([{ count: 4, seed: 5 }]);
    expect(new Set(json.images.map(({ url }) => url)).size).toBe(4);
  });

  it.each(['stable-image-core', 'stable-diffusion-xl'])('is four calls of %s with consecutive seeds', async (model) => {
    await post(model);
    expect(world.models.calls.map(({ count, seed }) => ({ count, seed }))).toEqual([5, 6, 7, 8].map((seed) => ({ count: 1, seed })));
  });

  it('is four calls without seed of a model without seeds', async () => {
    world.models.next.push(() => filtered());
    const { json } = await world.call('POST /images', { body: { prompt: 'x', model: 'nova-2-omni', count: 4 } });
    expect(world.models.calls.map(({ seed }) => seed)).toEqual([undefined, undefined, undefined, undefined]);
    expect(json.failures).toEqual([FAILURE]);
  });

  it('calls the model in parallel', async () => {
    let [running, maximum] = [0, 0];
    world.models.next.push(...Array.from({ length: 4 }, () => async () => {
      maximum = Math.max(maximum, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return IMAGE;
    }));
    await post('stable-image-core');
    expect(maximum).toBe(4);
  });
});

describe('a request of which some images fail', () => {
  it.each(['nova-canvas', 'endpoint'])('returns the failures of one call of %s with the seed of the call', async (model) => {
    world.models.next.push((_input, index) => (index % 2 === 1 ? filtered() : IMAGE));
    const { status, json } = await post(model);
    expect(status).toBe(201);
    expect(json.images).toHaveLength(2);
    expect(json.failures).toEqual(Array(2).fill({ seed: 5, ...FAILURE }));
    expect(world.store.objects.size).toBe(2);
    const { json: later } = await world.call(`GET /images/${json.id}`);
    expect(later.images).toHaveLength(2);
    expect(later.failures).toEqual(json.failures);
  });

  it('retries the throttled call only', async () => {
    world.models.next.push(() => { throw throttled(); });
    const { json } = await post('stable-image-core');
    expect(json.images).toHaveLength(4);
    expect(world.models.calls).toHaveLength(5);
  });

  it.each(['stable-image-core', 'nova-canvas'])('records the seed of an image of %s that could not be stored', async (model) => {
    world.store.fails = (key) => key.endsWith('/3.png');
    const { json } = await post(model);
    const { json: later } = await world.call(`GET /images/${json.id}`);
    expect(later.failures).toMatchObject([{ code: 'INTERNAL', seed: model === 'nova-canvas' ? 5 : 8 }]);
  });
});

describe('a request of which all images fail', () => {
  /** Fails after some turns of the event loop. */
  const fail = (code: 'CONTENT_FILTERED' | 'MODEL_TIMEOUT', turns: number) => async () => {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    throw new ApiError(code, code);
  };

  it('returns the first error, without a record', async () => {
    world.models.failWith(...Array.from({ length: 4 }, (_, index) => new ApiError('MODEL_ERROR', `failed ${index}`)));
    const { status, json } = await post('stable-image-core');
    expect(status).toBe(502);
    expect(json).toMatchObject({ code: 'MODEL_ERROR', detail: 'failed 0' });
    expect(world.records.items).toEqual([]);
  });

  it('returns the error of a call for all of them', async () => {
    world.models.failWith(filtered());
    expect(await post('nova-canvas')).toMatchObject({ status: 422, json: { code: 'CONTENT_FILTERED' } });
    expect(world.models.calls).toHaveLength(1);
  });

  it.each([[0, 9], [9, 0]])('returns the error that may have been charged rather than a filtered image, whichever failed first: %i, %i', async (filteredAfter, timedOutAfter) => {
    world.models.next.push(fail('CONTENT_FILTERED', filteredAfter), fail('MODEL_TIMEOUT', timedOutAfter));
    expect((await post('stable-image-core', { count: 2 }, headers)).json.code).toBe('MODEL_TIMEOUT');
    expect(await post('stable-image-core', { count: 2 }, headers)).toMatchObject({ json: { code: 'MODEL_TIMEOUT' }, headers: { 'Idempotency-Replayed': 'true' } });
    expect(world.models.calls).toHaveLength(2);
  });

  it.each<[string, readonly ErrorCode[], ErrorCode]>([
    ['that may have been charged', ['MODEL_UNAVAILABLE', 'MODEL_ERROR'], 'MODEL_ERROR'],
    ['that may have been charged', ['MODEL_ERROR', 'THROTTLED'], 'MODEL_ERROR'],
    ['that another attempt does not change', ['THROTTLED', 'MODEL_UNAVAILABLE'], 'MODEL_UNAVAILABLE'],
    ['that another attempt can change', ['CONTENT_FILTERED', 'THROTTLED'], 'THROTTLED'],
  ])('returns the error %s: of %j, %s', async (_which, codes, code) => {
    world.models.respond = ({ seed }) => {
      const failed = codes[seed! - 5];
      throw failed === 'THROTTLED' ? throttled() : new ApiError(failed, failed);
    };
    expect((await post('stable-image-core', { count: 2 })).json.code).toBe(code);
  });

  it('returns 422 if all were filtered', async () => {
    world.models.next.push(fail('CONTENT_FILTERED', 0), fail('CONTENT_FILTERED', 0));
    expect((await post('stable-image-core', { count: 2 })).json.code).toBe('CONTENT_FILTERED');
  });
});

describe('an image of a model without seeds that cannot be stored', () => {
  it('fails a repeated request without a seed in the error', async () => {
    world.store.fails = () => true;
    const send = () => world.call('POST /images', { body: { prompt: 'x', model: 'nova-2-omni' }, headers });
    await send();
    expect(await send()).toMatchObject({ status: 500, json: { detail: 'the image was generated but could not be stored' } });
  });
});

describe('a request that is repeated after two of four images were stored', () => {
  /** Interrupts a request after it stored the second and the fourth image. */
  async function interrupt(model: string): Promise<void> {
    const put = world.store.put.bind(world.store);
    const never = new Promise<never>(() => undefined);
    await new Promise<void>((interrupted) => {
      let started = 0;
      world.store.put = async (key, image, deadline) => {
        if (/\/[13]\./.test(key)) await put(key, image, deadline);
        if (++started === 4) interrupted();
        return never;
      };
      void post(model, {}, headers);
    });
    world.store.put = put;
    world.time += REMAINING_TIME_MS + 5_001;
    world.models.calls.length = 0;
  }

  it('calls a model with one image per call for the missing seeds', async () => {
    await interrupt('stable-image-core');
    const { status, json } = await post('stable-image-core', {}, headers);
    expect(status).toBe(201);
    expect(json.images.map(({ seed }) => seed)).toEqual([5, 6, 7, 8]);
    expect(world.models.calls.map(({ seed }) => seed)).toEqual([5, 7]);
  });

  it('calls a model with several images per call once for the missing number', async () => {
    await interrupt('nova-canvas');
    const { status, json } = await post('nova-canvas', {}, headers);
    expect(status).toBe(201);
    expect(json.images).toHaveLength(4);
    expect(world.models.calls.map(({ count }) => count)).toEqual([2]);
    expect(world.store.objects.size).toBe(4);
  });
});

import { ApiError } from '../../../src/handlers/shared/errors';
import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { CONFIGURATION, throttled, TIME_MS, World, type Call } from '../../helpers/world';

const QUEUED: HandlerConfiguration = {
  ...CONFIGURATION,
  edits: { region: 'us-east-1', operations: ['remove-background'] },
  policy: { deny: ['forbidden fruit'] },
  queue: { url: 'https://queue', deadLetterUrl: 'https://dead', concurrency: 4, maxReceiveCount: 3, maxAgeSeconds: 3600 },
};

let world: World;
beforeEach(() => { world = new World(QUEUED); });

interface BatchView {
  readonly counts: Record<string, number>;
  readonly images: readonly { readonly id: string; readonly status: string; readonly problem?: { readonly code: string } }[];
}

const post = (requests: unknown, call: Call = {}) => world.call('POST /images/batches', { body: { requests }, ...call });
const get = async (id: string, call: Call = {}) => (await world.call(`GET /images/batches/${id}`, call)).json as unknown as BatchView;
const prompts = (count: number) => Array.from({ length: count }, (_, index) => ({ prompt: `bay ${index}` }));
const workAll = async () => {
  for (const { message } of world.queue.messages.splice(0)) expect(await world.work(message)).toBe(true);
};

describe('a batch', () => {
  it('is answered at once, and drawn in the order of its requests', async () => {
    const { status, json, headers } = await post(prompts(3));
    expect([status, headers.Location, json.images.length, json.estimatedSeconds]).toEqual([202, `/prod/images/batches/${json.id}`, 3, Math.ceil(5 * (1 + 3 / 4))]);
    expect(await get(json.id)).toMatchObject({ counts: { queued: 3 }, images: json.images.map((id) => ({ id, status: 'queued' })) });
    await workAll();
    expect((await get(json.id)).counts).toEqual({ succeeded: 3 });
    expect(world.models.calls.map(({ prompt }) => prompt)).toEqual(['bay 0', 'bay 1', 'bay 2']);
    expect((await world.call('GET /images')).json.images.map(({ id }) => id)).toEqual([...json.images].reverse());
  });

  it('of 100 with 3 that are filtered and 2 that are throttled has 97 images, 3 reasons and no call too many', async () => {
    const { json } = await post(prompts(100));
    const busy = new Set(['bay 10', 'bay 20']);
    world.models.drawing = ({ prompt = '', seed }) => {
      if (prompt.endsWith('9') && Number(prompt.slice(4)) < 30) throw new ApiError('CONTENT_FILTERED', 'the model filtered the prompt');
      if (busy.delete(prompt)) throw throttled();
      return { bytes: Buffer.from('x'), seed, contentType: 'image/png', width: 1, height: 1 };
    };
    while (world.queue.messages.length > 0) await workAll();
    const { counts, images } = await get(json.id);
    expect(counts).toEqual({ succeeded: 97, failed: 3 });
    expect(images.filter(({ problem }) => problem).map(({ problem }) => problem!.code)).toEqual(['CONTENT_FILTERED', 'CONTENT_FILTERED', 'CONTENT_FILTERED']);
    expect(world.models.calls).toHaveLength(100 + 2);
  });

  it('is refused as a whole where any request is not valid, and says which', async () => {
    const { status, json } = await post([{ prompt: 'a bay' }, { prompt: ' ', count: 9 }, { operation: 'inpaint', image: 'x' }]);
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/requests/1/prompt', '/requests/1/count', '/requests/2/operation']);
    expect([world.queue.messages, world.records.items, world.batches.items]).toEqual([[], [], []]);
  });

  it.each<[unknown, string]>([[[], '/requests'], [prompts(101), '/requests'], ['x', '/requests'], [undefined, '/requests'], [['x'], '/requests/0']])('has 1 to 100 requests: %j', async (requests, pointer) => {
    const { status, json } = await post(requests);
    expect([status, json.errors[0].pointer]).toEqual([400, pointer]);
  });

  it('cannot have images in its answer', async () => {
    expect((await post([{ prompt: 'a bay', response: 'base64' }])).json.errors[0].pointer).toBe('/requests/0/response');
  });

  it('has the others drawn where the operator\'s rules filter one', async () => {
    const { status, json } = await post([{ prompt: 'a bay' }, { prompt: 'forbidden fruit' }]);
    await workAll();
    const { counts, images } = await get(json.id);
    expect([status, counts, images[1].problem?.code, world.models.calls.length]).toEqual([202, { succeeded: 1, failed: 1 }, 'CONTENT_FILTERED', 1]);
    expect((await world.call(`GET /images/${images[1].id}`)).json).toMatchObject({ status: 'failed', problem: { code: 'CONTENT_FILTERED', requestId: 'request-1' } });
  });

  it('belongs to its caller', async () => {
    const { json: { id } } = await post(prompts(1));
    expect((await world.call(`GET /images/batches/${id}`, { keyId: 'key-b' })).status).toBe(404);
    expect((await world.call('GET /images/batches/x')).status).toBe(404);
  });

  it('tells of images that were cancelled', async () => {
    const { json } = await post(prompts(2));
    await world.call(`DELETE /images/${json.images[0]}`);
    expect((await get(json.id)).counts).toEqual({ deleted: 1, queued: 1 });
  });
});

describe('one key buys one batch', () => {
  const headers = { 'Idempotency-Key': 'k' };

  it('however often it is asked for', async () => {
    const [first, second] = [await post(prompts(3), { headers }), await post(prompts(3), { headers })];
    await workAll();
    const third = await post(prompts(3), { headers });
    expect([second.json.images, third.json.images]).toEqual([first.json.images, first.json.images]);
    await workAll();
    expect(world.models.calls).toHaveLength(3);
    expect((await post(prompts(2), { headers })).json.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('also where not all could be handed in', async () => {
    const send = jest.spyOn(world.queue, 'send');
    send.mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('queue is gone'));
    expect((await post(prompts(3), { headers })).status).toBe(500);
    // at once: the first attempt has said that it is over
    const { status, json } = await post(prompts(3), { headers });
    expect(status).toBe(202);
    await workAll();
    expect((await get(json.id)).counts).toEqual({ succeeded: 3 });
    expect(world.models.calls).toHaveLength(3);
  });

  it('and says that it is handed in, while it may be', async () => {
    const send = jest.spyOn(world.queue, 'send').mockImplementationOnce(() => new Promise(() => undefined));
    void post(prompts(3), { headers });
    while (send.mock.calls.length < 3) await new Promise(setImmediate);
    const refused = await post(prompts(3), { headers });
    expect([refused.status, refused.json.code, refused.headers['Retry-After']]).toEqual([409, 'IN_PROGRESS', '5']);
    world.time += TIME_MS + 5_000;
    const { json } = await post(prompts(3), { headers });
    await workAll();
    expect((await get(json.id)).counts).toEqual({ succeeded: 3 });
    expect(world.models.calls).toHaveLength(3);
  });
});

describe('a batch that is asked for again', () => {
  const headers = { 'Idempotency-Key': 'k' };

  it('after it was handed in sends nothing', async () => {
    await post(prompts(3), { headers });
    world.time += TIME_MS + 5_000;
    await post(prompts(3), { headers });
    expect(world.queue.messages).toHaveLength(3);
  });

  it('after its function died leaves alone what was worked on since', async () => {
    jest.spyOn(world.claims, 'settle').mockRejectedValueOnce(new Error('table is gone'));
    const { json } = await post(prompts(3), { headers });
    const [first, second] = world.queue.messages.splice(0);
    await world.work(first.message);
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    await world.work(second.message);
    world.time += TIME_MS + 5_000;
    await post(prompts(3), { headers });
    expect(world.queue.messages.map(({ message: { id } }) => id)).toEqual([json.images[2]]);
    await workAll();
    expect((await get(json.id)).counts).toEqual({ succeeded: 2, failed: 1 });
    expect(world.models.calls).toHaveLength(3);
  });
});

it('a batch without a key claims nothing, and two are two', async () => {
  const [one, two] = [await post(prompts(1)), await post(prompts(1))];
  expect(one.json.id).not.toBe(two.json.id);
  expect([world.queue.messages.length, world.claims.items.size]).toEqual([2, 0]);
});

it('what is filtered of a batch ends as its images would', async () => {
  const { json } = await post([{ prompt: 'forbidden fruit' }]);
  const { imageExpiresAt, createdAt } = (await world.call(`GET /images/${json.images[0]}`)).json as unknown as Record<string, string>;
  expect(Date.parse(imageExpiresAt) - Date.parse(createdAt)).toBe(30 * 24 * 3600 * 1000);
});

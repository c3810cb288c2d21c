import { ApiError } from '../../../src/handlers/shared/api-error';
import type { ConfiguredLegacyRoute, HandlerConfiguration } from '../../../src/private/contract/configuration';
import { METRICS } from '../../../src/private/contract/metrics';
import { imageFile } from '../../fixtures/images';
import { datapointsOf, sumIn, valuesIn } from '../../helpers/embedded-metrics';
import { QUEUED, QueuedWorld } from '../../helpers/queued-world';
import { CORE, START, throttled, type Call } from '../../helpers/world';

// An hour of mixed traffic. Each step says what it does; the metrics of the log lines must add up to the sum of the steps, for the API, for
// each model and for each set of routes.

const SD3_5 = 'stability.sd3-5-large-v1:0';
const REMOVE_BACKGROUND = 'stability.stable-image-remove-background-v1:0';
const NOVA = 'amazon.nova-2-lite-v1:0';
const NO_MODEL = '';

const LEGACY: Pick<ConfiguredLegacyRoute, 'methods' | 'prompt' | 'parameters'> = { methods: ['POST'], prompt: 'text', parameters: {} };
const CONFIGURATION: HandlerConfiguration = {
  ...QUEUED,
  models: [{ id: CORE, region: 'us-west-2' }, { id: SD3_5, region: 'us-west-2' }],
  textModel: { id: NOVA, region: 'us-east-1' },
  policy: { deny: ['forbidden fruit'], guardrail: { id: 'guard', version: '1', region: 'us-west-2' } },
  legacy: [
    { ...LEGACY, path: '/generate', reply: 'job', statusPath: '/image/{image_id}' },
    { ...LEGACY, path: '/old', reply: 'presignedUrl' },
  ],
};

type Counts = Partial<Record<'Images' | 'Filtered' | 'Throttles' | 'ModelErrors' | 'Reused', number>>;
interface Done extends Counts {
  readonly model: string;
  readonly routes: 'standard' | 'openAi' | 'legacy';
  /** Milliseconds of each model call that returned something, or timed out. */
  readonly latency?: readonly number[];
  /** Seconds that the job waited. */
  readonly queueAge?: number;
}
interface Step {
  readonly title: string;
  readonly done: readonly Done[];
  run(world: QueuedWorld): Promise<unknown>;
}

const image = imageFile(96, 64).toString('base64');
const SECOND = 1_000;
const failed = (code: 'MODEL_ERROR' | 'CONTENT_FILTERED') => new ApiError(code, 'the model failed');

function generate(world: QueuedWorld, body: object = {}, call: Call = {}) {
  return world.call('POST /images', { body: { prompt: 'a bay', ...body }, ...call });
}

/** Makes the next model call take some time. */
function takes(world: QueuedWorld, milliseconds: number): void {
  world.models.next.push((input) => {
    world.time += milliseconds;
    return world.models.respond(input);
  });
}

async function enqueueAndDeliver(world: QueuedWorld, waitSeconds: number, prepare: () => void = () => undefined): Promise<void> {
  await world.enqueue();
  world.time += waitSeconds * SECOND;
  prepare();
  await world.deliver(world.queue.messages.pop()!.message);
}

async function deliverDelayed(world: QueuedWorld): Promise<void> {
  const { message } = world.queue.messages.pop()!;
  world.time += 20 * SECOND;
  await world.deliver(message);
}

const STANDARD: readonly Step[] = [
  {
    title: 'an image in 4.2 seconds',
    done: [{ model: CORE, routes: 'standard', Images: 1, latency: [4_200] }],
    run: (world) => { takes(world, 4_200); return generate(world); },
  },
  {
    title: 'two images of another model for another owner',
    done: [{ model: SD3_5, routes: 'standard', Images: 2, latency: [0, 0] }],
    run: (world) => generate(world, { model: 'sd3-5-large', count: 2 }, { keyId: 'key-b' }),
  },
  {
    title: 'a denied word',
    done: [{ model: NO_MODEL, routes: 'standard', Filtered: 1 }],
    run: (world) => generate(world, { prompt: 'forbidden fruit' }),
  },
  {
    title: 'a prompt that the guardrail filters',
    done: [{ model: CORE, routes: 'standard', Filtered: 1 }],
    run: (world) => generate(world, { prompt: 'a forbidden place' }),
  },
  {
    title: 'a prompt that the model filters, and an image in the same request',
    done: [{ model: CORE, routes: 'standard', Filtered: 1, Images: 1, latency: [0] }],
    run: (world) => { world.models.failWith(failed('CONTENT_FILTERED')); return generate(world, { count: 2 }); },
  },
  {
    title: 'an image after a throttled call',
    done: [{ model: CORE, routes: 'standard', Throttles: 1, Images: 1, latency: [0] }],
    run: (world) => { world.models.failWith(throttled()); return generate(world); },
  },
  {
    title: 'a request whose calls are all throttled',
    done: [{ model: SD3_5, routes: 'standard', Throttles: 3 }],
    run: (world) => { world.models.failWith(throttled(), throttled(), throttled()); return generate(world, { model: 'sd3-5-large' }); },
  },
  {
    title: 'a timeout after 20 seconds',
    done: [{ model: CORE, routes: 'standard', ModelErrors: 1, latency: [20_000] }],
    run: (world) => {
      world.models.next.push(() => { world.time += 20_000; throw new ApiError('MODEL_TIMEOUT', 'the model did not respond in time'); });
      return generate(world);
    },
  },
  {
    title: 'an image, and the same request again',
    done: [{ model: CORE, routes: 'standard', Images: 1, Reused: 1, latency: [0] }],
    run: async (world) => { for (let call = 0; call < 2; call++) await generate(world, {}, { headers: { 'Idempotency-Key': 'k1' } }); },
  },
  {
    title: 'a failure that may have been charged, and the same request again',
    // the claim of the failed request does not name the model
    done: [{ model: CORE, routes: 'standard', ModelErrors: 1 }, { model: NO_MODEL, routes: 'standard', Reused: 1 }],
    run: async (world) => {
      world.models.failWith(failed('MODEL_ERROR'));
      for (let call = 0; call < 2; call++) await generate(world, {}, { headers: { 'Idempotency-Key': 'k2' } });
    },
  },
  {
    title: 'an image that could not be stored',
    done: [{ model: CORE, routes: 'standard', latency: [0] }],
    run: async (world) => {
      world.store.fails = () => true;
      await generate(world);
      world.store.fails = undefined;
    },
  },
  {
    title: 'an image with an enhanced prompt',
    done: [{ model: NOVA, routes: 'standard', latency: [0] }, { model: CORE, routes: 'standard', Images: 1, latency: [0] }],
    run: (world) => generate(world, { enhancePrompt: true }),
  },
  {
    title: 'an edit',
    done: [{ model: REMOVE_BACKGROUND, routes: 'standard', Images: 1, latency: [0] }],
    run: (world) => world.call('POST /images/edits', { body: { operation: 'remove-background', image } }),
  },
  {
    title: 'a text',
    done: [{ model: NOVA, routes: 'standard', latency: [0] }],
    run: (world) => world.call('POST /text', { body: { prompt: 'Name a lighthouse.' } }),
  },
  {
    title: 'requests without a model',
    done: [],
    run: async (world) => {
      for (const route of ['GET /images', 'GET /models', 'GET /openapi.json', 'GET /images/01JD0000000000000000000099', 'GET /nothing']) await world.call(route);
      await generate(world, { seed: -1 });
      await generate(world, {}, { keyId: 'unknown' });
    },
  },
];

const OTHER_ROUTES: readonly Step[] = [
  {
    title: 'an image for a client of OpenAI, and its retry',
    done: [{ model: CORE, routes: 'openAi', Images: 1, Reused: 1, latency: [0] }],
    run: async (world) => {
      const send = (count: string) => world.call('POST /v1/images/generations', { body: { prompt: 'a cape' }, headers: { 'X-Stainless-Retry-Count': count } });
      await send('0');
      await send('1');
    },
  },
  {
    title: 'an image with a transparent background, which a second model makes',
    done: [{ model: CORE, routes: 'openAi', Images: 1, latency: [0] }, { model: REMOVE_BACKGROUND, routes: 'openAi', latency: [0] }],
    run: (world) => world.call('POST /v1/images/generations', { body: { prompt: 'a cape', background: 'transparent' } }),
  },
  {
    title: 'an image for a legacy client',
    done: [{ model: CORE, routes: 'legacy', Images: 1, latency: [0] }],
    run: (world) => world.call('POST /old', { body: { text: 'a reef' } }),
  },
  {
    title: 'a job of a legacy client',
    done: [{ model: CORE, routes: 'legacy', Images: 1, latency: [0], queueAge: 0 }],
    run: async (world) => {
      await world.call('POST /generate', { body: { text: 'a reef' } });
      await world.deliver(world.queue.messages.pop()!.message);
    },
  },
];

const JOBS: readonly Step[] = [
  {
    title: 'a job that waits for 30 seconds',
    done: [{ model: CORE, routes: 'standard', Images: 1, latency: [0], queueAge: 30 }],
    run: (world) => enqueueAndDeliver(world, 30),
  },
  {
    title: 'a throttled job that succeeds in the next run',
    done: [{ model: CORE, routes: 'standard', Throttles: 3, queueAge: 10 }, { model: CORE, routes: 'standard', Images: 1, latency: [0], queueAge: 32 }],
    run: async (world) => {
      const enqueued = world.time;
      await enqueueAndDeliver(world, 10, () => world.models.failWith(throttled(), throttled(), throttled()));
      // the retries of the first run waited for random times, of up to 1.5 seconds in total
      world.time = enqueued + 12 * SECOND;
      await deliverDelayed(world);
    },
  },
  {
    title: 'a job that fails',
    done: [{ model: CORE, routes: 'standard', ModelErrors: 1, queueAge: 5 }],
    run: (world) => enqueueAndDeliver(world, 5, () => world.models.failWith(failed('MODEL_ERROR'))),
  },
  {
    title: 'a job that is enqueued twice with one key',
    done: [{ model: CORE, routes: 'standard', Reused: 1 }, { model: CORE, routes: 'standard', Images: 1, latency: [0], queueAge: 1 }],
    run: async (world) => {
      for (let call = 0; call < 2; call++) await world.enqueue(undefined, { headers: { 'Idempotency-Key': 'k3' } });
      world.time += SECOND;
      await world.deliver(world.queue.messages.pop()!.message);
    },
  },
  {
    title: 'a batch of two, one with a denied word',
    done: [{ model: NO_MODEL, routes: 'standard', Filtered: 1 }, { model: CORE, routes: 'standard', Images: 1, latency: [0], queueAge: 0 }],
    run: async (world) => {
      await world.call('POST /images/batches', { body: { requests: [{ prompt: 'a bay' }, { prompt: 'forbidden fruit' }] } });
      await world.deliverAll();
    },
  },
  {
    title: 'a duplicate message of a job that has succeeded',
    done: [{ model: CORE, routes: 'standard', Images: 1, latency: [0], queueAge: 0 }],
    run: async (world) => {
      await world.enqueue();
      const { message } = world.queue.messages.pop()!;
      await world.deliver(message);
      await world.deliver(message);
    },
  },
];

const STEPS = [...STANDARD, ...OTHER_ROUTES, ...JOBS];
const API = { ApiId: CONFIGURATION.api };
const COUNTS = ['Images', 'Filtered', 'Throttles', 'ModelErrors', 'Reused'] as const;

describe('the metrics of an hour of mixed traffic', () => {
  const world = new QueuedWorld(CONFIGURATION);
  const done = STEPS.flatMap((step) => step.done);

  beforeAll(async () => {
    for (const { run } of STEPS) {
      await run(world);
      world.time += 2 * 60 * SECOND;
    }
  });

  const total = (counts: readonly Done[], name: typeof COUNTS[number]) => counts.reduce((sum, each) => sum + (each[name] ?? 0), 0);
  const latencies = (of: readonly Done[]) => of.flatMap(({ latency = [] }) => latency).sort((a, b) => a - b);
  const emitted = (name: string, dimensions: Record<string, string>) => valuesIn(world.logs, name, dimensions).sort((a, b) => a - b);

  it('cover about an hour', () => {
    expect((world.time - START) / 60_000).toBeGreaterThan(45);
  });

  it('count each image once', () => {
    expect(total(done, 'Images')).toBe([...world.store.objects.values()].length);
  });

  it.each(COUNTS)('%s add up for the API', (name) => {
    expect(sumIn(world.logs, name, API)).toBe(total(done, name));
    expect(total(done, name)).toBeGreaterThan(0);
  });

  it.each([CORE, SD3_5, REMOVE_BACKGROUND, NOVA])('add up for the model %s', (model) => {
    const own = done.filter((each) => each.model === model);
    for (const name of COUNTS) expect([name, sumIn(world.logs, name, { ...API, Model: model })]).toEqual([name, total(own, name)]);
    expect(emitted('ModelLatency', { ...API, Model: model })).toEqual(latencies(own));
  });

  it.each(['standard', 'openAi', 'legacy'] as const)('add up for the routes %s', (routes) => {
    const own = done.filter((each) => each.routes === routes);
    for (const name of COUNTS) expect([name, sumIn(world.logs, name, { ...API, RouteSet: routes })]).toEqual([name, total(own, name)]);
    expect(emitted('ModelLatency', { ...API, RouteSet: routes })).toEqual(latencies(own));
  });

  it('have the latency of each model call', () => {
    expect(emitted('ModelLatency', API)).toEqual(latencies(done));
    const unanswered = total(done, 'Throttles') + total(done, 'ModelErrors') - 1;
    // the guardrail and the denied words filter before the call
    const filteredCalls = 1;
    expect(latencies(done)).toHaveLength(world.models.calls.length + world.textModel.calls.length - unanswered - filteredCalls);
  });

  it('have the age of each job at the start of its runs', () => {
    expect(emitted('QueueAge', API)).toEqual(done.flatMap(({ queueAge }) => queueAge ?? []).sort((a, b) => a - b));
  });

  it('have the time of the request', () => {
    const times = world.logs.flatMap(datapointsOf).map(({ timestamp }) => timestamp);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(START);
    expect(Math.max(...times)).toBeLessThanOrEqual(world.time);
  });

  it('include each metric of the contract, with each set of dimensions', () => {
    const points = world.logs.flatMap(datapointsOf);
    const expected = Object.values(METRICS).map(({ name }) => name).filter((name) => name !== 'EstimatedCost');
    expect(new Set(points.map(({ name }) => name))).toEqual(new Set(expected));
    expect(new Set(points.map(({ dimensions }) => Object.keys(dimensions).join()))).toEqual(new Set(['ApiId', 'ApiId,Model', 'ApiId,RouteSet']));
  });
});

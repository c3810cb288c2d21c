import type { Api } from '../../../src/playground/api/api';
import type { ApiProblem, ApiResult } from '../../../src/playground/api-result';
import { formOf } from '../../../src/playground/models/form';
import { createRuns, type RunsOptions } from '../../../src/playground/stores/runs/runs';
import type { JsonObject } from '../../../src/private/contract/json-object';
import type { ImageResponse, Model } from '../../../src/private/contract/responses';

const MODEL: Model = {
  id: 'm',
  default: true,
  region: 'us-west-2',
  lifecycle: { status: 'active' },
  imagesPerCall: 1,
  parameters: {
    prompt: { type: 'text', minLength: 1, maxLength: 1000, required: true },
    seed: { type: 'integer', minimum: 0, maximum: 1000 },
    aspectRatio: { type: 'choice', values: ['1:1', '16:9'], default: '1:1' },
  },
};
const VALUES = { prompt: 'a fox', aspectRatio: '16:9' };

const record = (id: string, status: ImageResponse['status'] = 'succeeded'): ImageResponse => ({
  id,
  status,
  model: 'm',
  createdAt: '2026-11-27T10:00:00.000Z',
  imageExpiresAt: '2026-12-27T10:00:00.000Z',
  images: status === 'succeeded' ? [{ url: `https://b/${id}`, contentType: 'image/png', width: 16, height: 9 }] : [],
});
const ok = (value: ImageResponse): ApiResult<ImageResponse> => ({ ok: true, status: 201, value });
const problem = (code: ApiProblem['code'], retryAfter?: number): ApiResult<ImageResponse> => ({
  ok: false,
  problem: { type: '', title: '', status: 400, detail: 'd', code, requestId: 'r', error: { message: '', type: '', code: '', param: null } },
  ...(retryAfter !== undefined && { retryAfter }),
});

interface Sent {
  readonly body: JsonObject;
  readonly key: string;
  readonly enqueue: boolean;
  readonly signal?: AbortSignal;
  readonly respond: (result: ApiResult<ImageResponse>) => Promise<void>;
}

/** Lets the promises of the store settle. */
const settle = async () => { for (let i = 0; i < 10; i++) await Promise.resolve(); };

function world(options: Partial<RunsOptions> = {}) {
  const sent: Sent[] = [];
  const edited: Sent[] = [];
  const jobs = new Map<string, ApiResult<ImageResponse>>();
  const deletions: string[] = [];
  let deletion: ApiResult<undefined> = { ok: true, status: 204, value: undefined };
  const api: Pick<Api, 'createImages' | 'editImage' | 'getImage' | 'deleteImage'> = {
    editImage: (body, { key, enqueue }) => new Promise((resolve) => {
      edited.push({ body, key, enqueue, respond: async (result) => { resolve(result); await settle(); } });
    }),
    createImages: (body, { key, enqueue, signal }) => new Promise((resolve) => {
      const respond = async (result: ApiResult<ImageResponse>) => {
        resolve(result);
        await settle();
      };
      sent.push({ body, key, enqueue, signal, respond });
    }),
    getImage: async (id) => jobs.get(id) ?? problem('NOT_FOUND'),
    deleteImage: async (id) => {
      deletions.push(id);
      return deletion;
    },
  };
  const onRecord = jest.fn();
  const onInvalid = jest.fn();
  const runs = createRuns({
    api, queued: false, now: () => Date.now(), random: () => 0.5, isHidden: () => false, onRecord, onInvalid, onChange: () => undefined, ...options,
  });
  const states = () => runs.runs.value.map(({ tiles }) => tiles.map(({ value }) => value.state).join());
  return { runs, sent, edited, jobs, deletions, onRecord, onInvalid, states, refuseDeletion: () => { deletion = problem('IN_PROGRESS') as ApiResult<undefined>; } };
}

describe('runs', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('send one request an image, each with its own key and seed, and at most eight at once', async () => {
    const { runs, sent, states } = world();
    for (let i = 0; i < 3; i++) runs.start(formOf(MODEL), VALUES, 4);
    expect(sent).toHaveLength(8);
    expect(states()[0]).toBe('sending,sending,sending,sending');
    expect(new Set(sent.map(({ key }) => key)).size).toBe(8);
    expect(new Set(sent.slice(0, 4).map(({ body }) => body.seed)).size).toBe(4);
    expect(sent[0].body).toMatchObject({ prompt: 'a fox', aspectRatio: '16:9' });
    await sent[0].respond(ok(record('A')));
    expect(sent).toHaveLength(9);
    expect(states()[2]).toBe('ready,generating,generating,generating');
  });

  it('repeat a throttled request by themselves after Retry-After, with the same key and body', async () => {
    const { runs, sent, states } = world();
    runs.start(formOf(MODEL), VALUES, 1);
    await sent[0].respond(problem('THROTTLED', 4));
    expect(states()).toEqual(['waiting']);
    jest.advanceTimersByTime(3_900);
    expect(sent).toHaveLength(1);
    jest.advanceTimersByTime(1_200);
    expect(sent).toHaveLength(2);
    expect([sent[1].key, sent[1].body]).toEqual([sent[0].key, sent[0].body]);
    await sent[1].respond(ok(record('A')));
    expect(states()).toEqual(['ready']);
  });

  it('do not repeat a waiting request that the user cancelled', async () => {
    const { runs, sent, states } = world();
    const { tiles: [tile] } = runs.start(formOf(MODEL), VALUES, 1);
    await sent[0].respond(problem('MODEL_BUSY', 4));
    await runs.stop(tile);
    jest.advanceTimersByTime(60_000);
    expect(states()).toEqual(['cancelled']);
    expect(sent).toHaveLength(1);
  });

  it('stop waiting for a direct request, whose response is ignored, and request it again with the same key', async () => {
    const { runs, sent, states } = world();
    const { tiles: [tile] } = runs.start(formOf(MODEL), VALUES, 1);
    await runs.stop(tile);
    expect(sent[0].signal?.aborted).toBe(true);
    expect(states()).toEqual(['unsure']);
    runs.again(tile);
    expect(sent[1].key).toBe(sent[0].key);
    await sent[0].respond({ ok: false, lost: 'stopped' });
    expect(states()).toEqual(['generating']);
    await runs.stop(tile);
    expect(sent[1].signal?.aborted).toBe(true);
  });

  it('use another key after a filtered image', async () => {
    const { runs, sent } = world();
    const { tiles: [tile] } = runs.start(formOf(MODEL), VALUES, 1);
    await sent[0].respond(problem('CONTENT_FILTERED'));
    runs.again(tile);
    expect(sent[1].key).not.toBe(sent[0].key);
  });

  it('poll jobs until they are ready, and at once when the tab is shown', async () => {
    const { runs, sent, jobs, states } = world({ queued: true });
    runs.start(formOf(MODEL), VALUES, 1);
    expect(sent[0].enqueue).toBe(true);
    await sent[0].respond(ok(record('A', 'queued')));
    expect(states()).toEqual(['queued']);
    jobs.set('A', ok(record('A', 'running')));
    jest.advanceTimersByTime(2_000);
    await settle();
    expect(states()).toEqual(['generating']);
    jobs.set('A', ok(record('A')));
    runs.wake();
    await settle();
    expect(states()).toEqual(['ready']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('keep polling when a poll is lost', async () => {
    const { runs, sent, jobs, states } = world({ queued: true });
    runs.start(formOf(MODEL), VALUES, 1);
    await sent[0].respond(ok(record('A', 'queued')));
    jobs.set('A', { ok: false, lost: 'connection' });
    jest.advanceTimersByTime(2_000);
    await settle();
    expect(states()).toEqual(['queued']);
    jobs.set('A', ok(record('A')));
    jest.advanceTimersByTime(2_000);
    await settle();
    expect(states()).toEqual(['ready']);
  });

  it('cancel queued jobs, unless they are being generated', async () => {
    const { runs, sent, deletions, states, refuseDeletion } = world({ queued: true });
    const { tiles } = runs.start(formOf(MODEL), VALUES, 2);
    await sent[0].respond(ok(record('A', 'queued')));
    await sent[1].respond(ok(record('B', 'queued')));
    await runs.stop(tiles[0]);
    refuseDeletion();
    await runs.stop(tiles[1]);
    expect(deletions).toEqual(['A', 'B']);
    expect(states()).toEqual(['cancelled,queued']);
    expect(tiles[1].value).toMatchObject({ cancel: 'refused' });
  });

  it('show the jobs of a URL', async () => {
    const { runs, jobs, states, onRecord } = world({ queued: true });
    jobs.set('A', ok(record('A')));
    runs.restore(formOf(MODEL), VALUES, ['A', 'B']);
    await settle();
    expect(states()).toEqual(['ready,deleted']);
    expect(onRecord).toHaveBeenCalledTimes(1);
  });

  it('report values that the API rejects', async () => {
    const { runs, sent, onInvalid, states } = world();
    runs.start(formOf(MODEL), VALUES, 1);
    await sent[0].respond(problem('INVALID_REQUEST'));
    expect(onInvalid).toHaveBeenCalledTimes(1);
    expect(states()).toEqual(['failed']);
  });

  it('request an image of a model with several images a call alone, if only that one failed', async () => {
    const { runs, sent } = world();
    const severalImages: Model = { ...MODEL, imagesPerCall: 4 };
    const { tiles } = runs.start(formOf(severalImages), VALUES, 2);
    expect(sent.map(({ body }) => body.count)).toEqual([2]);
    const partial = { ...record('A'), failures: [{ code: 'MODEL_ERROR', detail: 'd' }] };
    await sent[0].respond(ok(partial));
    expect(tiles.map(({ value }) => value.state)).toEqual(['ready', 'failed']);
    runs.again(tiles[1]);
    expect(sent[1].body).not.toHaveProperty('count');
    expect(sent[1].key).not.toBe(sent[0].key);
    await sent[1].respond(ok(record('B')));
    expect(tiles.map(({ value }) => value.state)).toEqual(['ready', 'ready']);
  });

  it('remove the tiles of a deleted image', async () => {
    const { runs, sent, states } = world();
    runs.start(formOf(MODEL), VALUES, 2);
    await sent[0].respond(ok(record('A')));
    await sent[1].respond(ok(record('B')));
    runs.deleted('A');
    expect(states()).toEqual(['deleted,ready']);
  });

  it('know whether a direct request would be lost', async () => {
    const { runs, sent } = world();
    expect(runs.hasDirectRequests.value).toBe(false);
    runs.start(formOf(MODEL), VALUES, 1);
    expect(runs.hasDirectRequests.value).toBe(true);
    await sent[0].respond(ok(record('A')));
    expect(runs.hasDirectRequests.value).toBe(false);
  });

  it('send edits to their own route, and show the size of the input image until it says otherwise', async () => {
    const { runs, sent, edited, states } = world();
    const { prompt } = MODEL.parameters;
    const edit = { ...MODEL, operation: 'inpaint', parameters: { prompt } };
    const run = runs.start(formOf(edit), { prompt: 'a moon' }, 1, { width: 300, height: 200 });
    expect(run.ratio).toBe(1.5);
    expect(sent).toEqual([]);
    expect(edited[0].body).toEqual({ operation: 'inpaint', prompt: 'a moon' });
    await edited[0].respond(ok(record('A')));
    expect(states()).toEqual(['ready']);
  });
});

import { Budget } from '../../../../src/handlers/generation/spend/budget';
import { ApiError } from '../../../../src/handlers/shared/api-error';
import type { HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { FakeBudgets } from '../../../helpers/fakes';
import { LEASE_MS, QUEUED, QueuedWorld } from '../../../helpers/queued-world';
import { CONFIGURATION, throttled, World, type Call, type Response } from '../../../helpers/world';

const DAY = '2026-11-21';
const MIDNIGHT = Date.UTC(2026, 10, 22);
const ALICE = 'client:alice';
const NOVA_2 = 'amazon.nova-2-lite-v1:0';
const TEXT = { id: NOVA_2, region: 'us-west-2', call: `us.${NOVA_2}` };
const EDITS = { region: 'us-west-2', operations: ['remove-background', 'creative-upscale'] };
/** The price of an image of Stable Image Core is 0.04. */
const TEN_IMAGES: HandlerConfiguration = { ...CONFIGURATION, budget: { dailyUsd: 0.4 } };

function worldWith(more: Partial<HandlerConfiguration> = {}): World {
  return new World({ ...TEN_IMAGES, ...more });
}

const post = (world: World, body: object = {}, call: Call = {}) => world.call('POST /images', { body: { prompt: 'a bay', ...body }, ...call });
const spent = async (world: World, owner?: string, day = DAY) => await world.budgets.spent({ owner, day }) / 1_000_000;

describe('the daily budget of an API', () => {
  it('is charged for each image until the next one would exceed it', async () => {
    const world = worldWith();
    for (const remaining of ['0.36', '0.32', '0.28', '0.24', '0.2', '0.16', '0.12', '0.08', '0.04', '0']) {
      expect(await post(world)).toMatchObject({ status: 201, json: { estimatedCostUsd: 0.04 }, headers: { 'X-Budget-Remaining-Usd': remaining, 'X-Estimated-Cost-Usd': '0.04' } });
    }
    const refused = await post(world);
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'X-Budget-Remaining-Usd': '0', 'Retry-After': String(Math.ceil((MIDNIGHT - world.time) / 1000)) },
      json: {
        code: 'QUOTA_EXCEEDED',
        detail: 'the daily budget of this API is exceeded: the request can cost 0.04 US dollars, and 0 remain until 2026-11-22T00:00:00.000Z',
      },
    });
    expect(refused.headers).not.toHaveProperty('X-Estimated-Cost-Usd');
    expect(world.models.calls).toHaveLength(10);
    expect(await spent(world)).toBe(0.4);
  });

  it('begins again at midnight UTC', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.04 } });
    world.time = MIDNIGHT - 2;
    expect((await post(world)).status).toBe(201);
    expect(await post(world)).toMatchObject({ status: 429, headers: { 'Retry-After': '1' } });
    world.time = MIDNIGHT;
    expect((await post(world)).status).toBe(201);
    expect(await spent(world)).toBe(0.04);
    expect(await spent(world, undefined, '2026-11-22')).toBe(0.04);
  });

  it('refuses a request with more images than remain, and accepts a smaller one', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.1 } });
    await post(world);
    expect(await post(world, { count: 2 })).toMatchObject({
      status: 429, headers: { 'Retry-After': expect.any(String) }, json: { detail: expect.stringContaining('can cost 0.08 US dollars, and 0.06 remain') },
    });
    expect(await post(world)).toMatchObject({ status: 201, headers: { 'X-Budget-Remaining-Usd': '0.02' } });
  });

  it.each<[string, HandlerConfiguration['budget'], string]>([
    ['the API', { dailyUsd: 0.1 }, 'the daily budget of this API is 0.1'],
    ['an owner', { dailyUsd: 1, dailyUsdPerOwner: 0.1 }, 'your daily budget is 0.1'],
    // a retry at midnight would be refused as well
    ['the API, when that of the owner is used up', { dailyUsd: 0.1, dailyUsdPerOwner: 0.15 }, 'the daily budget of this API is 0.1'],
  ])('that can never admit a request because of %s does not tell the client to retry', async (_what, budget, reason) => {
    const world = worldWith({ budget });
    await post(world);
    const refused = await post(world, { count: 3 });
    expect(refused).toMatchObject({
      status: 429, json: { code: 'QUOTA_EXCEEDED', detail: `the request can cost 0.12 US dollars and can never succeed: ${reason} US dollars; request fewer images or another model` },
    });
    expect(refused.headers).not.toHaveProperty('Retry-After');
    expect(refused.headers['X-Budget-Remaining-Usd']).toMatch(/^0\.(06|11)$/);
    const { headers } = await world.call('POST /v1/images/generations', { body: { prompt: 'x', n: 3 } });
    expect(headers).toMatchObject({ 'X-Should-Retry': 'false' });
    expect(headers).not.toHaveProperty('Retry-After');
  });

  it.each([
    [0.0399999, 0], [0.0399999999, 0], [1e-9, 0], [0.04, 1], [0.39999999, 9], [0.1 + 0.2, 7], [0.28, 7], [0.04 * 3, 3], [1 - 0.96, 1],
  ])('of %d US dollars admits %d images', async (dailyUsd, count) => {
    const world = worldWith({ budget: { dailyUsd } });
    const statuses: number[] = [];
    for (let request = 0; request < 10; request++) statuses.push((await post(world)).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(count);
  });

  it('rounds prices up, except for errors of floating-point numbers', async () => {
    const priced = async (priceUsd: number) => {
      const world = worldWith({ budget: { dailyUsd: 0.9 }, models: [{ id: 'custom', region: 'us-west-2', family: 'stability-v2', priceUsd }] });
      const statuses: number[] = [];
      for (let request = 0; request < 4; request++) statuses.push((await post(world)).status);
      return statuses.filter((status) => status === 201).length;
    };
    expect(await priced(0.1 + 0.2)).toBe(3);
    expect(await priced(0.3000001)).toBe(2);
  });

  it('admits exactly ten of 50 requests at the same time', async () => {
    const world = worldWith();
    const statuses = (await Promise.all(Array.from({ length: 50 }, () => post(world)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40);
    expect(world.models.calls).toHaveLength(10);
  });

  it.each<[string, Error, number]>([
    ['gets the share of a throttled request back', throttled(), 0],
    ['gets the share of a request back that the model rejected', new ApiError('INVALID_REQUEST', 'rejected'), 0],
    ['is charged for a request that timed out', new ApiError('MODEL_TIMEOUT', 'timed out'), 0.04],
    ['is charged for a request that the model filtered', new ApiError('CONTENT_FILTERED', 'filtered'), 0.04],
  ])('%s', async (_what, error, usd) => {
    const world = worldWith();
    world.models.failWith(error, error, error);
    const { status, headers } = await post(world);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(headers).not.toHaveProperty('X-Estimated-Cost-Usd');
    expect(await spent(world)).toBe(usd);
  });

  it('gets the share of each image back that was not charged', async () => {
    const world = worldWith();
    const rejected = () => { throw new ApiError('INVALID_REQUEST', 'rejected'); };
    world.models.next.push(world.models.respond, rejected, world.models.respond, rejected);
    expect(await post(world, { count: 4 })).toMatchObject({ status: 201, json: { estimatedCostUsd: 0.08 }, headers: { 'X-Budget-Remaining-Usd': '0.32' } });
    expect(await spent(world)).toBe(0.08);
  });

  it('gets the share back although DynamoDB used up the time of the other calls', async () => {
    const world = worldWith();
    const rejected = () => { throw new ApiError('INVALID_REQUEST', 'rejected'); };
    world.models.next.push(world.models.respond, rejected, rejected, rejected);
    jest.spyOn(world.records, 'put').mockImplementation(async (_record, deadline) => {
      world.time = deadline + 1;
      throw new Error('no response');
    });
    expect((await post(world, { count: 4 })).json).toMatchObject({ warning: 'RECORD_FAILED' });
    expect(await spent(world)).toBe(0.04);
  });

  it('is charged once for requests with one idempotency key, and returns the image when it is used up', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.04 } });
    const headers = { 'Idempotency-Key': 'k' };
    const first = await post(world, {}, { headers });
    expect(await post(world, {}, { headers })).toMatchObject({ status: 201, json: { id: first.json.id, estimatedCostUsd: 0.04 } });
    expect(await spent(world)).toBe(0.04);
  });

  it('does not use up the idempotency key of a refused request', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.04 } });
    await post(world);
    const headers = { 'Idempotency-Key': 'k' };
    expect((await post(world, {}, { headers })).status).toBe(429);
    world.time = MIDNIGHT;
    expect((await post(world, {}, { headers })).status).toBe(201);
  });

  it('is charged only for the images that a repeated request generates', async () => {
    // enough for one more image
    const world = worldWith({ budget: { dailyUsd: 0.12 } });
    const headers = { 'Idempotency-Key': 'k' };
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('no response'));
    expect(await post(world, { count: 2 }, { headers })).toMatchObject({ status: 201, json: { warning: 'RECORD_FAILED', estimatedCostUsd: 0.08 } });
    // the second image is lost
    await world.store.remove([[...world.store.objects.keys()].find((key) => key.endsWith('/1.png'))!]);
    world.time += LEASE_MS;
    expect(await post(world, { count: 2 }, { headers })).toMatchObject({ status: 201, json: { estimatedCostUsd: 0.08 }, headers: { 'X-Estimated-Cost-Usd': '0.04' } });
    expect(await spent(world)).toBe(0.12);
  });

  it('is not changed by a repeated request whose images are all stored, also when it is used up', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.05 }, textModel: TEXT });
    const headers = { 'Idempotency-Key': 'k' };
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('no response'));
    expect((await post(world, { enhancePrompt: true }, { headers })).json).toMatchObject({ warning: 'RECORD_FAILED' });
    const before = await spent(world);
    world.time += LEASE_MS;
    const reserve = jest.spyOn(world.budgets, 'reserve');
    const repeated = await post(world, { enhancePrompt: true }, { headers });
    expect(repeated.status).toBe(201);
    expect(repeated.headers).not.toHaveProperty('X-Budget-Remaining-Usd');
    expect(reserve).not.toHaveBeenCalled();
    expect(await spent(world)).toBe(before);
  });

  it('is written once for a request that costs what was reserved', async () => {
    const world = worldWith();
    const add = jest.spyOn(world.budgets, 'add');
    expect((await post(world)).status).toBe(201);
    expect(add).not.toHaveBeenCalled();
  });

  it.each<[string, object, string]>([
    ['the removal of the background', { prompt: 'x', background: 'transparent' }, '0.11'], ['two images', { prompt: 'x', n: 2 }, '0.08'],
  ])('includes %s before a model is called', async (_what, body, usd) => {
    const world = worldWith({ budget: { dailyUsd: 0.07 }, edits: EDITS });
    const { status, json } = await world.call('POST /v1/images/generations', { body });
    expect({ status, detail: json.detail }).toEqual({ status: 429, detail: expect.stringContaining(`the request can cost ${usd} US dollars`) });
    expect(world.models.calls).toEqual([]);
  });

  it('includes the most that an enhanced prompt can cost', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.0405 }, textModel: TEXT });
    const { status, json } = await post(world, { enhancePrompt: true });
    expect({ status, detail: json.detail }).toEqual({ status: 429, detail: expect.stringMatching(/the request can cost 0\.04\d+ US dollars/) });
    expect(world.textModel.calls).toEqual([]);
    expect((await post(world)).status).toBe(201);
  });

  it('is not exceeded when an interrupted request leaves its reservation', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.08 } });
    jest.spyOn(world.budgets, 'add').mockRejectedValue(new Error('no response'));
    world.models.failWith(new ApiError('INVALID_REQUEST', 'rejected'));
    expect((await post(world)).status).toBe(400);
    expect(world.logs.some((line) => line.includes('budget not updated'))).toBe(true);
    expect((await post(world)).status).toBe(201);
    expect((await post(world)).status).toBe(429);
  });

  it('calls no model when the reservation fails', async () => {
    const world = worldWith();
    jest.spyOn(world.budgets, 'reserve').mockRejectedValue(new Error('no response'));
    expect(await post(world)).toMatchObject({ status: 500, json: { code: 'INTERNAL' } });
    expect(world.models.calls).toEqual([]);
  });
});

describe('the daily budget of an owner', () => {
  it('is separate for each owner', async () => {
    const world = worldWith({ budget: { dailyUsdPerOwner: 0.08 } });
    for (const [keyId, remaining] of [['key-a', '0.04'], ['key-a2', '0'], ['key-b', '0.04'], ['key-b', '0']]) {
      expect(await post(world, {}, { keyId })).toMatchObject({ status: 201, headers: { 'X-Budget-Remaining-Usd': remaining } });
    }
    expect(await post(world)).toMatchObject({ status: 429, json: { detail: expect.stringMatching(/^your daily budget is exceeded/) } });
    expect((await post(world, {}, { keyId: 'key-b' })).status).toBe(429);
    expect(await spent(world, ALICE)).toBe(0.08);
    expect(await spent(world, 'client:bob')).toBe(0.08);
    expect(await spent(world)).toBe(0);
  });

  it('is charged together with that of the API, and gets its share back when the API refuses', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.12, dailyUsdPerOwner: 0.08 } });
    expect((await post(world, { count: 2 })).headers['X-Budget-Remaining-Usd']).toBe('0');
    expect((await post(world)).json.detail).toMatch(/^your daily budget/);
    // bob has 0.08, the API 0.04
    expect(await post(world, { count: 2 }, { keyId: 'key-b' })).toMatchObject({
      json: { detail: expect.stringMatching(/^the daily budget of this API .* and 0.04 remain/) }, headers: { 'X-Budget-Remaining-Usd': '0.04' },
    });
    expect(await spent(world, 'client:bob')).toBe(0);
    expect((await post(world, {}, { keyId: 'key-b' })).status).toBe(201);
    expect(await spent(world)).toBe(0.12);
  });
});

describe('the daily budget of an owner, when the reservation in that of the API fails', () => {
  it.each<[string, (world: QueuedWorld) => Promise<Response>]>([
    ['a request', (world) => post(world)], ['a job', (world) => world.enqueue()],
  ])('gets the share of %s back', async (_what, send) => {
    const world = new QueuedWorld({ ...QUEUED, budget: { dailyUsd: 1, dailyUsdPerOwner: 0.4 } });
    const reserve = world.budgets.reserve.bind(world.budgets);
    jest.spyOn(world.budgets, 'reserve').mockImplementation(async (day, ...rest) => {
      if (day.owner === undefined) throw new Error('throttled');
      return reserve(day, ...rest);
    });
    expect((await send(world)).status).toBe(500);
    expect(world.models.calls).toEqual([]);
    expect(await spent(world, ALICE)).toBe(0);
  });
});

describe('the cost of a request', () => {
  it.each([
    ['a model', 'POST /images', { prompt: 'x', model: 'stable-image-ultra' }, 0.14],
    ['a model with a configured price', 'POST /images', { prompt: 'x', model: 'custom' }, 0.025],
    ['an OpenAI route', 'POST /v1/images/generations', { prompt: 'x', n: 2 }, 0.08],
    ['a removed background', 'POST /v1/images/generations', { prompt: 'x', background: 'transparent' }, 0.11],
    ['an enhanced prompt', 'POST /images', { prompt: 'x', enhancePrompt: true }, 0.04 + 0.000015],
    ['text', 'POST /text', { prompt: 'x' }, 0.000015],
    ['a legacy route', 'GET /generate-image?prompt=x', undefined, 0.04],
  ])('is that of %s', async (_what, route, body, usd) => {
    const world = worldWith({
      models: [
        { id: 'stability.stable-image-core-v1:1', region: 'us-west-2' },
        { id: 'stability.stable-image-ultra-v1:1', region: 'us-west-2' },
        { id: 'custom', region: 'us-west-2', family: 'stability-v2', priceUsd: 0.025 },
      ],
      edits: EDITS,
      textModel: TEXT,
      legacy: [{ path: '/generate-image', methods: ['GET'], prompt: 'prompt', parameters: {}, reply: 'presignedUrl' }],
    });
    const [path, query] = route.split('?');
    const response = await world.call(path, { body, ...(query && { query: Object.fromEntries(new URLSearchParams(query)) }) });
    expect(response.status).toBeLessThan(300);
    expect(response.headers).toMatchObject({ 'X-Estimated-Cost-Usd': String(usd), 'X-Budget-Remaining-Usd': expect.any(String) });
    expect(await spent(world)).toBe(usd);
  });

  it('is reported without a budget', async () => {
    const { status, json, headers } = await post(new World());
    expect({ status, json }).toMatchObject({ status: 201, json: { estimatedCostUsd: 0.04 } });
    expect(headers).toHaveProperty('X-Estimated-Cost-Usd', '0.04');
    expect(headers).not.toHaveProperty('X-Budget-Remaining-Usd');
  });

  it('is not reported if a price is not known', async () => {
    const world = new World({ ...CONFIGURATION, models: [{ id: 'custom', region: 'us-west-2', family: 'stability-v2' }] });
    const { status, json, headers } = await post(world);
    expect(status).toBe(201);
    expect(json).not.toHaveProperty('estimatedCostUsd');
    expect(headers).not.toHaveProperty('X-Estimated-Cost-Usd');
    expect(headers).not.toHaveProperty('X-Budget-Remaining-Usd');
  });

  it('includes the enhanced prompt of an earlier attempt, which is charged once', async () => {
    const world = worldWith({ textModel: TEXT });
    const headers = { 'Idempotency-Key': 'k' };
    world.models.failWith(throttled(), throttled(), throttled());
    expect((await post(world, { enhancePrompt: true }, { headers })).status).toBe(429);
    expect(await post(world, { enhancePrompt: true }, { headers })).toMatchObject({
      json: { estimatedCostUsd: 0.04 + 0.000015 }, headers: { 'X-Estimated-Cost-Usd': '0.04' },
    });
    expect(await spent(world)).toBe(0.04 + 0.000015);
  });

  it('does not include an image that the model rejected in an earlier attempt', async () => {
    const world = worldWith();
    const headers = { 'Idempotency-Key': 'k' };
    world.models.next.push(world.models.respond, () => { throw new ApiError('INVALID_REQUEST', 'rejected'); });
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('no response'));
    expect((await post(world, { count: 2 }, { headers })).json).toMatchObject({ warning: 'RECORD_FAILED', estimatedCostUsd: 0.04 });
    world.time += LEASE_MS;
    const { json } = await post(world, { count: 2 }, { headers });
    expect(json).toMatchObject({ estimatedCostUsd: 0.04, failures: [{ code: 'INVALID_REQUEST', charged: 'no' }] });
  });

  it('includes the most that a call of the text model can have cost that failed in an earlier attempt', async () => {
    const world = worldWith({ textModel: TEXT });
    const headers = { 'Idempotency-Key': 'k' };
    world.textModel.respond = () => { throw new ApiError('MODEL_ERROR', 'failed'); };
    world.models.failWith(throttled(), throttled(), throttled());
    expect((await post(world, { enhancePrompt: true }, { headers })).status).toBe(429);
    const ofText = await spent(world);
    expect(ofText).toBeGreaterThan(0);
    const { json } = await post(world, { enhancePrompt: true }, { headers });
    expect(json.estimatedCostUsd).toBeCloseTo(0.04 + ofText, 9);
    expect(world.textModel.calls).toHaveLength(1);
  });

  it.each<[string, ApiError['code'], number]>([
    ['includes the removal of the background that may have been charged', 'MODEL_ERROR', 0.11],
    ['does not include the removal of the background that was not charged', 'MODEL_UNAVAILABLE', 0.04],
  ])('%s in an earlier attempt', async (_which, code, cost) => {
    const world = worldWith({ edits: EDITS });
    world.models.next.push(world.models.respond, () => { throw new ApiError(code, 'failed'); });
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('no response'));
    const send = () => world.call('POST /v1/images/generations', { body: { prompt: 'x', background: 'transparent' }, headers: { 'Idempotency-Key': 'k' } });
    expect((await send()).status).toBe(200);
    world.time += LEASE_MS;
    expect((await send()).status).toBe(200);
    expect(world.records.items).toMatchObject([{ estimatedCostUsd: cost }]);
    expect(await spent(world)).toBe(cost);
  });

  it('is not reported if an earlier attempt called a text model without a known price', async () => {
    const world = worldWith({ budget: undefined, textModel: { ...TEXT, id: 'acme.writer-v1:0' } });
    const headers = { 'Idempotency-Key': 'k' };
    world.models.failWith(throttled(), throttled(), throttled());
    await post(world, { enhancePrompt: true }, { headers });
    const { status, json } = await post(world, { enhancePrompt: true }, { headers });
    expect(status).toBe(201);
    expect(json).not.toHaveProperty('estimatedCostUsd');
  });

  it('is not reported if the call of such a text model may have been charged in an earlier attempt', async () => {
    const world = worldWith({ budget: undefined, textModel: { ...TEXT, id: 'acme.writer-v1:0' } });
    const headers = { 'Idempotency-Key': 'k' };
    world.textModel.respond = () => { throw new ApiError('MODEL_ERROR', 'failed'); };
    world.models.failWith(throttled(), throttled(), throttled());
    await post(world, { enhancePrompt: true }, { headers });
    const { status, json } = await post(world, { enhancePrompt: true }, { headers });
    expect(status).toBe(201);
    expect(json).not.toHaveProperty('estimatedCostUsd');
  });

  it('does not include an image of an earlier run that was not charged', async () => {
    const world = worldWith();
    const headers = { 'Idempotency-Key': 'k' };
    world.models.failWith(new ApiError('INVALID_REQUEST', 'rejected'));
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('no response'));
    expect((await post(world, { count: 2 }, { headers })).json).toMatchObject({ warning: 'RECORD_FAILED', estimatedCostUsd: 0.04 });
    world.time += LEASE_MS;
    expect((await post(world, { count: 2 }, { headers })).json).toMatchObject({ estimatedCostUsd: 0.04 });
  });

  it.each<[string, (failure: Record<string, unknown>) => object]>([
    ['', (failure) => failure], [', which an older version has stored', ({ charged, ...older }) => older],
  ])('includes an image of an earlier run that may have been charged%s', async (_version, storedAs) => {
    const world = worldWith();
    const headers = { 'Idempotency-Key': 'k' };
    world.models.failWith(new ApiError('MODEL_ERROR', 'failed'));
    jest.spyOn(world.records, 'put').mockRejectedValueOnce(new Error('no response'));
    expect((await post(world, { count: 2 }, { headers })).json).toMatchObject({ warning: 'RECORD_FAILED', estimatedCostUsd: 0.08 });
    const [key] = world.store.documents;
    const failure = JSON.parse(Buffer.from(await world.store.read(key)).toString()) as Record<string, unknown>;
    await world.store.write(key, JSON.stringify(storedAs(failure)), world.time + 1);
    world.time += LEASE_MS;
    expect((await post(world, { count: 2 }, { headers })).json).toMatchObject({ estimatedCostUsd: 0.08 });
    expect(world.models.calls).toHaveLength(2);
  });

  it('includes an earlier call of the text model that may have been charged', async () => {
    const world = worldWith({ textModel: TEXT });
    const headers = { 'Idempotency-Key': 'k' };
    world.textModel.respond = () => { throw new ApiError('MODEL_ERROR', 'no response', { mayBeCharged: true }); };
    world.models.failWith(throttled(), throttled(), throttled());
    expect((await post(world, { enhancePrompt: true }, { headers })).status).toBe(429);
    const { json } = await post(world, { enhancePrompt: true }, { headers });
    expect(json.estimatedCostUsd).toBeGreaterThan(0.04);
  });

  it('of text is the most that it can cost until the model has responded', async () => {
    const world = worldWith({ textModel: TEXT, budget: { dailyUsd: 0.01 } });
    // 4,000 tokens of output cost 0.011
    expect(await world.call('POST /text', { body: { prompt: 'x', maxTokens: 4_000 } })).toMatchObject({ status: 429, json: { code: 'QUOTA_EXCEEDED' } });
    expect((await world.call('POST /text', { body: { prompt: 'x', maxTokens: 3_000 } })).json).toMatchObject({ estimatedCostUsd: 0.000015 });
  });

  it('is stored in the record, and returned with it', async () => {
    const world = worldWith();
    const { json: { id } } = await post(world, { count: 3 });
    expect(world.records.items[0].estimatedCostUsd).toBe(0.12);
    const { json, headers } = await world.call(`GET /images/${id}`);
    expect(json.estimatedCostUsd).toBe(0.12);
    expect(headers).not.toHaveProperty('X-Estimated-Cost-Usd');
  });

  it('tells the SDKs of OpenAI not to retry a request that exceeds the budget', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.01 } });
    expect(await world.call('POST /v1/images/generations', { body: { prompt: 'x' } })).toMatchObject({ status: 429, headers: { 'X-Should-Retry': 'false' } });
  });
});

it.each([[0.0399999, 429], [0.04, 201], [0.1 + 0.2 - 0.26, 201]])('a budget of %d US dollars for an image of 0.04 returns %i', async (dailyUsd, status) => {
  expect((await post(worldWith({ budget: { dailyUsd } }))).status).toBe(status);
});

describe('GET /models', () => {
  it('returns the models without a budget that cannot be read', async () => {
    const world = worldWith();
    jest.spyOn(world.budgets, 'spent').mockRejectedValueOnce(new Error('no response'));
    const { status, json } = await world.call('GET /models');
    expect([status, 'budget' in json]).toEqual([200, false]);
    expect(world.logs.filter((line) => line.includes('budget not read'))).toHaveLength(1);
  });

  it('returns what the caller can still spend', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.4, dailyUsdPerOwner: 0.2 } });
    await post(world);
    expect((await world.call('GET /models')).json.budget).toEqual({ remainingUsd: 0.16, limitUsd: 0.2, resetsAt: '2026-11-22T00:00:00.000Z' });
    expect((await world.call('GET /models', { keyId: 'key-b' })).json.budget).toMatchObject({ remainingUsd: 0.2 });
    for (let count = 0; count < 4; count++) await post(world);
    await post(world, { count: 4 }, { keyId: 'key-b' });
    expect((await world.call('GET /models', { keyId: 'key-b' })).json.budget).toMatchObject({ remainingUsd: 0.04, limitUsd: 0.2 });
  });

  it('returns the budget of which least remains', async () => {
    const world = worldWith({ budget: { dailyUsd: 0.2, dailyUsdPerOwner: 0.16 } });
    await post(world, { count: 4 });
    expect((await world.call('GET /models', { keyId: 'key-b' })).json.budget).toMatchObject({ remainingUsd: 0.04, limitUsd: 0.2 });
  });

  it('returns the models without the budget when it cannot be read', async () => {
    const world = worldWith();
    jest.spyOn(world.budgets, 'spent').mockRejectedValue(new Error('no response'));
    const { status, json } = await world.call('GET /models');
    expect(status).toBe(200);
    expect(json.models).toHaveLength(1);
    expect(json).not.toHaveProperty('budget');
    expect(world.logs.some((line) => line.includes('budget not read'))).toBe(true);
  });

  it('returns no budget without one', async () => {
    expect((await new World().call('GET /models')).json).not.toHaveProperty('budget');
  });
});

describe('a reservation', () => {
  const CENT = 10_000;
  let now: number;
  const ports = { clock: { now: () => now, sleep: async () => undefined }, log: { info: jest.fn(), error: jest.fn() } };
  const budgetOf = (budgets: FakeBudgets) => new Budget({ dailyUsd: 0.1 }, { budgets, ...ports });
  beforeEach(() => { now = MIDNIGHT - 1; });

  it('can be settled by another invocation, which does not know what remains', async () => {
    const budgets = new FakeBudgets(() => now);
    const reservation = await budgetOf(budgets).reserve(ALICE, 4 * CENT, Infinity);
    const other = budgetOf(budgets);
    await other.settle(ALICE, reservation, CENT, Infinity);
    expect(other.lastRemaining).toBeUndefined();
    expect(await budgets.spent({ day: DAY })).toBe(CENT);
  });

  it('that is settled after midnight does not change what remains of the new day', async () => {
    const budgets = new FakeBudgets(() => now);
    const budget = budgetOf(budgets);
    const reservation = await budget.reserve(ALICE, 4 * CENT, Infinity);
    now = MIDNIGHT;
    await budget.reserve(ALICE, 3 * CENT, Infinity);
    await budget.settle(ALICE, reservation, 0, Infinity);
    expect(budget.lastRemaining).toEqual({ remainingUsd: 0.07, resetsAt: MIDNIGHT + 24 * 3600 * 1000 });
    expect(await budgets.spent({ day: DAY })).toBe(0);
  });
});

import { ApiError } from '../../../src/handlers/shared/api-error';
import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { imageFile } from '../../fixtures/images';
import { CONFIGURATION, REMAINING_TIME_MS, START, throttled, World } from '../../helpers/world';

const textModel = { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1', call: 'us.amazon.nova-2-lite-v1:0' };
const GUARDED = { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } };
const withTextModel = (others: Partial<HandlerConfiguration> = {}) => new World({ ...CONFIGURATION, textModel, ...others });
const BODY = { prompt: 'a fox', enhancePrompt: true };
const headers = { 'Idempotency-Key': 'k' };

let world: World;
beforeEach(() => { world = withTextModel(); });

const post = (body: unknown = BODY, requestHeaders: Record<string, string> = {}) => world.call('POST /images', { body, headers: requestHeaders });
const respondWith = (text: string) => { world.textModel.respond = () => ({ text, stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } }); };
const prompts = () => world.models.calls.map(({ prompt }) => prompt);

describe('enhancePrompt', () => {
  it('generates from the text of the text model, and returns both prompts', async () => {
    const { status, json } = await post({ ...BODY, count: 2 });
    expect(status).toBe(201);
    expect(json).toMatchObject({ prompt: 'a fox', enhancedPrompt: 'a fox, in oil' });
    expect(prompts()).toEqual(['a fox, in oil', 'a fox, in oil']);
    expect(world.textModel.calls).toEqual([{ prompt: 'a fox', system: expect.stringContaining('at most 1000 characters'), maxTokens: 512 }]);
    expect((await world.call(`GET /images/${json.id}`)).json).toMatchObject({ prompt: 'a fox', enhancedPrompt: 'a fox, in oil' });
  });

  it.each([undefined, false])('does not call the text model if it is %s', async (enhancePrompt) => {
    const { json } = await post({ ...BODY, enhancePrompt });
    expect(json).not.toHaveProperty('enhancedPrompt');
    expect(world.textModel.calls).toEqual([]);
  });

  it('returns 400 without a text model', async () => {
    world = new World();
    const { status, json } = await post();
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/enhancePrompt', detail: 'is not available: this API has no text model' }]);
    expect(world.models.calls).toEqual([]);
  });

  it('calls the text model once per idempotency key', async () => {
    const first = await post(BODY, headers);
    const second = await post(BODY, headers);
    expect(second.json).toMatchObject({ id: first.json.id, enhancedPrompt: 'a fox, in oil' });
    expect(world.textModel.calls).toHaveLength(1);
    expect((await post({ ...BODY, enhancePrompt: false }, headers)).json.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('calls no model if an interrupted request stored all images', async () => {
    world.records.fails = true;
    await post(BODY, headers);
    world.records.fails = false;
    world.time += REMAINING_TIME_MS + 5_001;
    const { status, json } = await post(BODY, headers);
    expect(status).toBe(201);
    expect(json.prompt).toBe('a fox');
    // the prompt of the interrupted request was not stored
    expect(json).not.toHaveProperty('enhancedPrompt');
    expect(world.textModel.calls).toHaveLength(1);
    expect(world.models.calls).toHaveLength(1);
  });

  it('returns 500 for an unexpected error', async () => {
    world.textModel.respond = () => { throw new TypeError('a bug'); };
    expect((await post()).status).toBe(500);
    expect(world.models.calls).toEqual([]);
  });
});

describe('an idempotency key with enhancePrompt', () => {
  const LEASE_MS = REMAINING_TIME_MS + 5_000;
  const throttle = () => world.models.failWith(throttled(), throttled(), throttled());
  /** The text model returns another text for each call. */
  const respondInTurn = () => {
    world.textModel.respond = ({ prompt }) => ({
      text: `${prompt}, take ${world.textModel.calls.length}`, stopReason: 'end_turn', usage: { inputTokens: 3, outputTokens: 5 },
    });
  };
  beforeEach(respondInTurn);

  it('calls the text model once, and generates from its text, if the image model is throttled', async () => {
    for (let attempt = 0; attempt < 3; attempt++) {
      throttle();
      expect((await post(BODY, headers)).status).toBe(429);
    }
    const { status, json } = await post(BODY, headers);
    expect(status).toBe(201);
    expect(json).toMatchObject({ prompt: 'a fox', enhancedPrompt: 'a fox, take 1' });
    expect(world.textModel.calls).toHaveLength(1);
    expect(new Set(prompts())).toEqual(new Set(['a fox, take 1']));
  });

  it.each(['MODEL_UNAVAILABLE', 'MODEL_BUSY'] as const)('calls the text model once if the image model fails with %s', async (code) => {
    world.models.failWith(new ApiError(code, 'failed', code === 'MODEL_BUSY' ? { retryAfterSeconds: 10 } : {}));
    await post(BODY, headers);
    expect((await post(BODY, headers)).json.enhancedPrompt).toBe('a fox, take 1');
    expect(world.textModel.calls).toHaveLength(1);
  });

  it('calls the text model once if a function stops after it', async () => {
    const never = new Promise<never>(() => undefined);
    const { generate } = world.models;
    await new Promise<void>((interrupted) => {
      world.models.generate = () => { interrupted(); return never; };
      void post(BODY, headers);
    });
    world.models.generate = generate;
    world.time += LEASE_MS;
    expect((await post(BODY, headers)).json.enhancedPrompt).toBe('a fox, take 1');
    expect(world.textModel.calls).toHaveLength(1);
  });

  it('calls the text model once although the table failed when the text was to be stored', async () => {
    jest.spyOn(world.claims, 'update').mockRejectedValueOnce(new Error('no table, a fox'));
    throttle();
    await post(BODY, headers);
    expect((await post(BODY, headers)).json.enhancedPrompt).toBe('a fox, take 1');
    expect(world.textModel.calls).toHaveLength(1);
    expect(world.logs.join()).toContain('"message":"text not cached"');
    expect(world.logs.join()).not.toContain('fox');
  });

  it('calls the text model once if its call failed and may have been charged', async () => {
    world.textModel.respond = () => { throw new ApiError('MODEL_ERROR', 'failed'); };
    throttle();
    await post(BODY, headers);
    respondInTurn();
    const { status, json } = await post(BODY, headers);
    expect(status).toBe(201);
    expect(json).not.toHaveProperty('enhancedPrompt');
    expect(world.textModel.calls).toHaveLength(1);
    // of both attempts
    expect(world.logs.filter((line) => line.includes('"message":"prompt not enhanced","code":"MODEL_ERROR"'))).toHaveLength(2);
    expect(new Set(prompts())).toEqual(new Set(['a fox']));
  });

  it('calls the text model again if its call was not charged', async () => {
    world.textModel.respond = () => { throw throttled(); };
    throttle();
    await post(BODY, headers);
    respondInTurn();
    expect((await post(BODY, headers)).json).toHaveProperty('enhancedPrompt');
  });

  it('calls the text model again if the image model rejected the parameters, and accepts another body', async () => {
    world.models.failWith(new ApiError('INVALID_REQUEST', 'the model rejected the parameters'));
    await post(BODY, headers);
    expect((await post({ ...BODY, prompt: 'a fox in snow' }, headers)).json.enhancedPrompt).toBe('a fox in snow, take 2');
  });

  it('rejects another body after the text model was charged', async () => {
    throttle();
    await post(BODY, headers);
    expect(await post({ ...BODY, prompt: 'a fox in snow' }, headers)).toMatchObject({ status: 422, json: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  it.each([undefined, 'hash', 'none'] as const)('stores the text encrypted, and only until the request has a result, with retention %s', async (retention) => {
    world = withTextModel({ policy: retention && { retention } });
    const claims = () => [...world.claims.items.values()];
    throttle();
    await post(BODY, headers);
    expect(claims()).toMatchObject([{ text: expect.any(String) }]);
    expect(JSON.stringify(claims())).not.toContain('oil');
    expect(Buffer.from(claims()[0].text!, 'base64').toString('latin1')).not.toContain('oil');
    await post(BODY, headers);
    expect(claims()).toMatchObject([{ state: 'done' }]);
    expect(claims()[0]).not.toHaveProperty('text');
  });

  it.each(['CONTENT_FILTERED', 'MODEL_ERROR'] as const)('deletes the text if a later attempt fails with %s', async (code) => {
    throttle();
    await post(BODY, headers);
    world.models.failWith(new ApiError(code, 'failed'));
    await post(BODY, headers);
    expect([...world.claims.items.values()][0]).not.toHaveProperty('text');
  });
});

describe('the enhanced prompt', () => {
  it('has the maximum length of the image model', async () => {
    world = withTextModel({ models: [{ id: 'amazon.titan-image-generator-v2:0', region: 'us-east-1' }] });
    respondWith('x'.repeat(513));
    expect((await post()).json).not.toHaveProperty('enhancedPrompt');
    expect(world.textModel.calls[0].system).toContain('at most 512 characters');
  });

  it('has the maximum length of the prompt policy', async () => {
    world = withTextModel({ policy: { maxChars: 20 } });
    respondWith('x'.repeat(21));
    expect((await post()).json).not.toHaveProperty('enhancedPrompt');
    expect(world.textModel.calls[0].system).toContain('at most 20 characters');
    respondWith('x'.repeat(20));
    expect((await post()).json.enhancedPrompt).toBe('x'.repeat(20));
  });

  it('is in Unicode normalization form C', async () => {
    respondWith('cafe\u0301');
    expect((await post()).json.enhancedPrompt).toBe('caf\u00e9');
  });

  it.each([
    ['  a red fox \n', 'a red fox'], ['"a red fox"', 'a red fox'], ['"a\nfox"', 'a\nfox'], ['a sign that says "fox"', 'a sign that says "fox"'],
    ['"fox" says a sign', '"fox" says a sign'], ['"one" and "two"', '"one" and "two"'], ['x'.repeat(1_000), 'x'.repeat(1_000)], ['🦊'.repeat(1_000), '🦊'.repeat(1_000)],
  ])('has no surrounding spaces and quotation marks: %#', async (text, prompt) => {
    respondWith(text);
    await post();
    expect(prompts()).toEqual([prompt]);
  });

  it.each([['hash', /^sha256:[0-9a-f]{64}$/], ['none', undefined]] as const)('is recorded as the prompt is, with retention %s', async (retention, recorded) => {
    world = withTextModel({ policy: { retention } });
    const first = await post();
    expect(first.json).toMatchObject({ prompt: 'a fox', enhancedPrompt: 'a fox, in oil' });
    const { json } = await world.call(`GET /images/${first.json.id}`);
    if (recorded) expect(json.enhancedPrompt).toMatch(recorded);
    else expect(json).not.toHaveProperty('enhancedPrompt');
    expect(JSON.stringify([world.records.items, world.logs])).not.toContain('fox');
  });
});

describe('the original prompt', () => {
  it.each([
    ['', 'empty'], [' \n', 'spaces'], ['""', 'quotation marks'], ['x'.repeat(1_001), 'too long'], ['a fox with a gun', 'a denied word'],
    ['a fox\u0007', 'a control character'], ['a \ud800', 'invalid Unicode'],
  ])('is used if the text model returns %j: %s', async (text) => {
    world = withTextModel({ policy: { deny: ['gun'] } });
    respondWith(text);
    const { status, json } = await post();
    expect(status).toBe(201);
    expect(json.prompt).toBe('a fox');
    expect(json).not.toHaveProperty('enhancedPrompt');
    expect(prompts()).toEqual(['a fox']);
  });

  it.each(['MODEL_ERROR', 'MODEL_UNAVAILABLE', 'CONTENT_FILTERED', 'MODEL_TIMEOUT'] as const)(
    'is used if the text model fails with %s, whose cause is logged', async (code) => {
      world.textModel.respond = () => { throw new ApiError(code, 'failed', { cause: new Error('the cause, a fox') }); };
      expect((await post()).status).toBe(201);
      expect(prompts()).toEqual(['a fox']);
      expect(world.logs.join()).toContain('"message":"prompt not enhanced","code":');
      expect(world.logs.join()).toContain('"cause":"Error"');
    });

  it('is used if the guardrail filters the enhanced prompt', async () => {
    world = withTextModel({ policy: GUARDED });
    respondWith('a forbidden fox');
    const { status, json } = await post();
    expect(status).toBe(201);
    expect(json).not.toHaveProperty('enhancedPrompt');
    expect(world.guardrail.checked.slice(0, 2)).toEqual(['prompt: a fox', 'prompt: a forbidden fox']);
    expect(world.guardrail.checkedImages).toEqual([]);
    expect(prompts()).toEqual(['a fox']);
  });

  it('is used if the guardrail cannot check the enhanced prompt, which is not logged', async () => {
    world = withTextModel({ policy: GUARDED });
    const checkInput = world.guardrail.checkInput.bind(world.guardrail);
    world.guardrail.checkInput = async (text, images, deadline) => {
      if (text.includes('oil')) throw new ApiError('MODEL_BUSY', 'not checked', { cause: new Error(`no access: ${text}`) });
      return checkInput(text, images, deadline);
    };
    expect((await post()).status).toBe(201);
    expect(world.logs.join()).toContain('"cause":"Error"');
    expect(world.logs.join()).not.toContain('oil');
  });
});

describe('the recorded prompts', () => {
  it.each(['hash', 'none'] as const)('are absent for an edit without a prompt, with retention %s', async (retention) => {
    world = withTextModel({ policy: { retention }, edits: { region: 'us-east-1', operations: ['remove-background'] } });
    const image = imageFile(64, 64).toString('base64');
    expect((await world.call('POST /images/edits', { body: { operation: 'remove-background', image } })).status).toBe(201);
    expect(world.records.items[0]).not.toHaveProperty('prompt');
    expect(world.records.items[0]).not.toHaveProperty('enhancedPrompt');
  });
});

describe('the call of the text model', () => {
  it('takes 8 seconds at most, including retries', async () => {
    await post();
    expect(world.textModel.deadlines).toEqual([START + 8_000]);
    world.textModel.respond = () => { throw throttled(); };
    const start = world.time;
    await post();
    expect(world.time - start).toBeLessThan(8_000);
    expect(world.models.calls).toHaveLength(2);
  });

  it('ends with the time for model calls, 6 seconds before the timeout', async () => {
    world.claims.take = async () => { world.time += REMAINING_TIME_MS - 10_000; return undefined; };
    await post(BODY, headers);
    expect(world.textModel.deadlines).toEqual([START + REMAINING_TIME_MS - 6_000]);
  });
});

import { ApiError } from '../../../src/handlers/shared/errors';
import type { HandlerConfiguration } from '../../../src/private/contract/configuration';
import { CONFIGURATION, START, throttled, TIME_MS, World } from '../../helpers/world';

const textModel = { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1', call: 'us.amazon.nova-2-lite-v1:0' };
const guarded = { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } };
const withText = (more: Partial<HandlerConfiguration> = {}) => new World({ ...CONFIGURATION, textModel, ...more });
const BODY = { prompt: 'a fox', enhancePrompt: true };

let world: World;
beforeEach(() => { world = withText(); });

const post = (body: unknown = BODY, headers: Record<string, string> = {}) => world.call('POST /images', { body, headers });
const writes = (text: string) => { world.texts.writing = () => ({ text, stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } }); };

describe('enhancePrompt', () => {
  it('draws from what the text model made of the prompt, and tells both, now and later', async () => {
    const { status, json } = await post({ ...BODY, count: 2 });
    expect([status, json.prompt, json.enhancedPrompt]).toEqual([201, 'a fox', 'a fox, in oil']);
    expect(world.models.calls.map(({ prompt }) => prompt)).toEqual(['a fox, in oil', 'a fox, in oil']);
    expect(world.texts.calls).toEqual([{ prompt: 'a fox', system: expect.stringContaining('at most 1000 characters'), maxTokens: 512 }]);
    expect((await world.call(`GET /images/${json.id}`)).json).toMatchObject({ prompt: 'a fox', enhancedPrompt: 'a fox, in oil' });
  });

  it('stays within what the image model takes', async () => {
    world = withText({ models: [{ id: 'amazon.titan-image-generator-v2:0', region: 'us-east-1' }] });
    writes('x'.repeat(513));
    expect((await post()).json).not.toHaveProperty('enhancedPrompt');
    expect(world.texts.calls[0].system).toContain('at most 512 characters');
  });

  it('stays within what the operator allows', async () => {
    world = withText({ policy: { maxChars: 20 } });
    writes('x'.repeat(21));
    expect((await post()).json).not.toHaveProperty('enhancedPrompt');
    expect(world.texts.calls[0].system).toContain('at most 20 characters');
    writes('x'.repeat(20));
    expect((await post()).json.enhancedPrompt).toBe('x'.repeat(20));
  });

  it('is in the Unicode form of all prompts', async () => {
    writes('cafe\u0301');
    expect((await post()).json.enhancedPrompt).toBe('caf\u00e9');
  });

  it.each([undefined, false])('does nothing when it is %s', async (enhancePrompt) => {
    const { json } = await post({ ...BODY, enhancePrompt });
    expect(json).not.toHaveProperty('enhancedPrompt');
    expect(world.texts.calls).toHaveLength(0);
  });

  it('fails where there is no text model', async () => {
    world = new World();
    const { status, json } = await post();
    expect([status, json.errors[0]]).toEqual([400, { pointer: '/enhancePrompt', detail: 'is not available: this API has no text model' }]);
    expect(world.models.calls).toHaveLength(0);
  });

  it.each([['  a red fox \n', 'a red fox'], ['"a red fox"', 'a red fox'], ['"a\nfox"', 'a\nfox'], ['a sign that says "fox"', 'a sign that says "fox"'], ['"fox" says a sign', '"fox" says a sign'],
    ['"one" and "two"', '"one" and "two"'], ['x'.repeat(1_000), 'x'.repeat(1_000)], ['🦊'.repeat(1_000), '🦊'.repeat(1_000)]])(
    'takes the prompt alone: %#', async (text, prompt) => {
      writes(text);
      await post();
      expect(world.models.calls[0].prompt).toBe(prompt);
    });

  it.each([['', 'nothing'], [' \n', 'space'], ['""', 'quotation marks'], ['x'.repeat(1_001), 'too much'], ['a fox with a gun', 'what is denied'], ['a fox\u0007', 'what no caller may send'], ['a \ud800', 'no Unicode']])(
    'draws from the prompt as written where the text model gives %j: %s', async (text) => {
      world = withText({ policy: { deny: ['gun'] } });
      writes(text);
      const { status, json } = await post();
      expect([status, json.prompt]).toEqual([201, 'a fox']);
      expect(json).not.toHaveProperty('enhancedPrompt');
      expect(world.models.calls.map(({ prompt }) => prompt)).toEqual(['a fox']);
    });

  it.each(['MODEL_ERROR', 'MODEL_UNAVAILABLE', 'CONTENT_FILTERED', 'MODEL_TIMEOUT'] as const)(
    'draws from the prompt as written where the text model fails with %s, and says why in the log', async (code) => {
      world.texts.writing = () => { throw new ApiError(code, 'failed', { cause: new Error('the cause, a fox') }); };
      expect((await post()).status).toBe(201);
      expect(world.models.calls.map(({ prompt }) => prompt)).toEqual(['a fox']);
      expect(world.logs.join()).toContain('"message":"prompt not enhanced","code":');
      expect(world.logs.join()).toContain('the cause, [redacted]');
    });

  it('is not passed over where we have a bug', async () => {
    world.texts.writing = () => { throw new TypeError('a bug'); };
    expect((await post()).status).toBe(500);
    expect(world.models.calls).toHaveLength(0);
  });

  it('takes at most 8 seconds, and leaves the rest for the picture', async () => {
    await post();
    expect(world.texts.deadlines).toEqual([START + 8_000]);
    world.texts.writing = () => { throw throttled(); };
    const start = world.time;
    await post();
    expect(world.time - start).toBeLessThan(8_000);
    expect(world.models.calls).toHaveLength(2);
  });

  it('takes less where less is left', async () => {
    world.claims.take = async () => { world.time += TIME_MS - 10_000; return undefined; };
    await post(BODY, { 'Idempotency-Key': 'k' });
    // 6 seconds are kept for storing and answering
    expect(world.texts.deadlines).toEqual([START + TIME_MS - 6_000]);
  });

  it('asks the text model once for an Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    const first = await post(BODY, headers);
    const second = await post(BODY, headers);
    expect([second.json.id, second.json.enhancedPrompt]).toEqual([first.json.id, 'a fox, in oil']);
    expect(world.texts.calls).toHaveLength(1);
    expect((await post({ ...BODY, enhancePrompt: false }, headers)).json.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('asks nobody where an interrupted attempt left all images', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    world.records.fails = true;
    await post(BODY, headers);
    world.records.fails = false;
    world.time += TIME_MS + 5_001;
    const { status, json } = await post(BODY, headers);
    expect([status, json.prompt]).toEqual([201, 'a fox']);
    // what the first attempt drew from is not known: another text of the model would be a lie
    expect(json).not.toHaveProperty('enhancedPrompt');
    expect([world.texts.calls.length, world.models.calls.length]).toEqual([1, 1]);
  });

  it.each([['hash', /^sha256:[0-9a-f]{64}$/], ['none', undefined]] as const)('is kept as the prompt is: %s', async (retention, kept) => {
    world = withText({ policy: { retention } });
    const first = await post();
    expect(first.json).toMatchObject({ prompt: 'a fox', enhancedPrompt: 'a fox, in oil' });
    const { json } = await world.call(`GET /images/${first.json.id}`);
    if (kept) expect(json.enhancedPrompt).toMatch(kept);
    else expect(json).not.toHaveProperty('enhancedPrompt');
    expect(JSON.stringify([world.records.items, world.logs])).not.toContain('fox');
  });

  it('has the guardrail look at both prompts, and draws from the first where the second does not pass', async () => {
    world = withText({ policy: guarded });
    writes('a forbidden fox');
    const { status, json } = await post();
    expect(status).toBe(201);
    expect(json).not.toHaveProperty('enhancedPrompt');
    expect(world.guard.seen.slice(0, 2)).toEqual(['prompt: a fox', 'prompt: a forbidden fox']);
    expect(world.models.calls.map(({ prompt }) => prompt)).toEqual(['a fox']);
  });

  it('stays out of the log where the guardrail cannot be asked about it', async () => {
    world = withText({ policy: guarded });
    const input = world.guard.checkInput.bind(world.guard);
    world.guard.checkInput = async (text, images, deadline) => {
      if (text.includes('oil')) throw new ApiError('MODEL_BUSY', 'not checked', { cause: new Error(`no access: ${text}`) });
      return input(text, images, deadline);
    };
    expect((await post()).status).toBe(201);
    expect(world.logs.join()).toContain('no access: [redacted]');
    expect(world.logs.join()).not.toContain('oil');
  });
});

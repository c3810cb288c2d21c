import { ApiError } from '../../../../src/handlers/shared/api-error';
import type { HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { validCases, invalidCases } from '../../../fixtures/parameter-cases';
import { MAX_STOP_SEQUENCES, INVALID_STOP_SEQUENCES, TEXT_FACTS } from '../../../fixtures/text-facts';
import { CONFIGURATION, START, throttled, REMAINING_TIME_MS, World } from '../../../helpers/world';

const NOVA_2 = 'amazon.nova-2-lite-v1:0';
const textModel = { id: NOVA_2, region: 'eu-west-1', call: 'eu.amazon.nova-2-lite-v1:0' };
const guarded = { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } };
const worldWithText = (configuration: Partial<HandlerConfiguration> = {}) => new World({ ...CONFIGURATION, textModel, ...configuration });

let world: World;
beforeEach(() => { world = worldWithText(); });

it('returns 400 for an Idempotency-Key, because a repeated request is charged', async () => {
  const { status, json } = await world.call('POST /text', { body: { prompt: 'x' }, headers: { 'Idempotency-Key': 'k' } });
  expect({ status, json }).toMatchObject({ status: 400, json: { errors: [{ pointer: 'Idempotency-Key' }] } });
  expect(world.textModel.calls).toEqual([]);
});

const post = (body: unknown) => world.call('POST /text', { body });

describe('POST /text', () => {
  it('returns the text, the stop reason, the usage and the model', async () => {
    world.textModel.respond = () => ({ text: 'Once upon', stopReason: 'max_tokens', usage: { inputTokens: 7, outputTokens: 2 } });
    const { status, json } = await post({ prompt: 'tell' });
    expect(status).toBe(200);
    expect(json).toEqual({ text: 'Once upon', stopReason: 'max_tokens', usage: { inputTokens: 7, outputTokens: 2 }, model: NOVA_2, estimatedCostUsd: 0.000011 });
  });

  it('passes all fields to the model, with a default for maxTokens', async () => {
    const all = { prompt: 'tell', system: 'be brief', temperature: 0, topP: 1, maxTokens: 65_535, stopSequences: ['END', '\n\n'] };
    await post(all);
    await post({ prompt: 'tell' });
    expect(world.textModel.calls).toEqual([all, { prompt: 'tell', maxTokens: 1024 }]);
    expect(world.textModel.deadlines).toEqual([START + REMAINING_TIME_MS - 1_000, START + REMAINING_TIME_MS - 1_000]);
  });

  it.each([...validCases(TEXT_FACTS), { name: 'most stopSequences', field: 'stopSequences', value: MAX_STOP_SEQUENCES }])('accepts $name', async ({ field, value }) => {
    expect((await post({ prompt: 'tell', [field]: value })).status).toBe(200);
    expect(world.textModel.calls[0]).toMatchObject({ [field]: value });
  });

  it.each([...invalidCases(TEXT_FACTS), ...INVALID_STOP_SEQUENCES])('returns 400 for $name: $field', async ({ field, value, details }) => {
    const [name] = field.split('/');
    const { status, json } = await post({ prompt: 'tell', [name]: value });
    expect(status).toBe(400);
    expect(json.errors.map(({ pointer }) => pointer)).toEqual([`/${field}`]);
    for (const part of details) expect(json.errors[0].detail).toContain(part);
    expect(world.textModel.calls).toHaveLength(0);
  });

  it.each([
    [{ prompt: undefined }, '/prompt', /is required/],
    [{ prompt: ' ' }, '/prompt', /must not be blank/],
    [{ system: '' }, '/system', /a string of 1 to 100000 characters/],
    [{ maxTokens: 65_536 }, '/maxTokens', /an integer from 1 to 65535 for amazon\.nova-2-lite-v1:0, got 65536$/],
    [{ temperature: -0.01 }, '/temperature', /a number from 0 to 1 for amazon.nova-2-lite-v1:0, got -0.01$/],
    [{ prompt: 7 }, '/prompt', /a string of 1 to 100000 characters for amazon.nova-2-lite-v1:0, got 7$/],
    [{ model: 'nova-lite' }, '/model', /the fields are prompt, system, temperature/],
    [{ top_p: 1 }, '/top_p', /is not a field of this request/],
    [{ stopSequences: ['a', 'K\ufffd'] }, '/stopSequences/1', /^must not contain U\+FFFD, got it at 1/],
  ])('returns 400 for an invalid field: %j', async (fields, pointer, detail) => {
    const { status, json } = await post({ prompt: 'tell', ...fields });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
    expect(world.textModel.calls).toHaveLength(0);
  });

  it.each([['amazon.nova-lite-v1:0', 5_000], ['acme.writer-v1:0', 65_535]])('limits the tokens of %s to %i', async (id, maximum) => {
    world = worldWithText({ textModel: { id, region: 'us-east-1' } });
    expect((await post({ prompt: 'x', maxTokens: maximum })).json.model).toBe(id);
    const { status, json } = await post({ prompt: 'x', maxTokens: maximum + 1 });
    expect(status).toBe(400);
    expect(json.errors).toEqual([{ pointer: '/maxTokens', detail: `must be an integer from 1 to ${maximum} for ${id}, got ${maximum + 1}` }]);
    expect(world.textModel.calls).toHaveLength(1);
  });

  it('returns 404 if the API has no text model', async () => {
    world = new World();
    expect((await post({ prompt: 'x' })).status).toBe(404);
  });
});

describe('a text model that fails', () => {
  it.each([['CONTENT_FILTERED', 422], ['MODEL_UNAVAILABLE', 502], ['MODEL_ERROR', 502], ['MODEL_TIMEOUT', 504]] as const)(
    'returns %s and %i, and its cause is logged', async (code, status) => {
      world.textModel.respond = ({ prompt }) => { throw new ApiError(code, 'what the client reads', { cause: new Error(`Model access is denied for ${prompt}`) }); };
      const response = await post({ prompt: 'tell me a secret' });
      expect(response).toMatchObject({ status, json: { code, detail: 'what the client reads' } });
      expect(world.textModel.calls).toHaveLength(1);
      expect(world.logs.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({
        level: 'error', message: 'text not generated', model: NOVA_2, code, causeDetail: 'Model access is denied',
      }));
    });

  it('is called three times at most while it is throttled', async () => {
    world.textModel.respond = () => { throw throttled(); };
    expect(await post({ prompt: 'x' })).toMatchObject({ status: 429, headers: { 'Retry-After': '20' } });
    expect(world.textModel.calls).toHaveLength(3);
  });

  it('returns 500 without details for an unexpected error', async () => {
    world.textModel.respond = () => { throw new TypeError('cannot read x'); };
    expect(await post({ prompt: 'x' })).toMatchObject({ status: 500, json: { code: 'INTERNAL' } });
    expect(world.logs.join()).toContain('cannot read x');
  });
});

describe('the prompt policy of POST /text', () => {
  it.each(['prompt', 'system'])('checks the %s', async (field) => {
    world = worldWithText({ policy: { deny: ['gun'] } });
    const { status, json } = await post({ prompt: 'x', [field]: 'Draw a GUN.' });
    expect({ status, json }).toMatchObject({ status: 422, json: { code: 'CONTENT_FILTERED' } });
    expect(json.detail).toContain(field);
    expect(String(json.detail).toLowerCase()).not.toContain('gun');
    expect(world.textModel.calls).toHaveLength(0);
  });

  it.each(['prompt', 'system'])('checks the %s with the guardrail before the model call', async (field) => {
    world = worldWithText({ policy: guarded });
    expect((await post({ prompt: 'x', [field]: 'something forbidden' })).json.detail).toBe('the guardrail filtered the prompt');
    expect(world.textModel.calls).toHaveLength(0);
  });

  it('checks the generated text with the guardrail', async () => {
    world = worldWithText({ policy: guarded });
    world.textModel.respond = () => ({ text: 'a forbidden answer', stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } });
    const { status, text, json } = await post({ prompt: 'x' });
    expect({ status, json }).toMatchObject({ status: 422, json: { code: 'CONTENT_FILTERED', detail: 'the guardrail filtered the response' } });
    expect(text).not.toContain('forbidden');
  });

  describe('with a guardrail, which checks 25 text units of 1,000 characters', () => {
    const FOX = '🦊';
    beforeEach(() => { world = worldWithText({ policy: guarded }); });

    it.each<object>([
      { prompt: FOX.repeat(25_000) }, { prompt: 'x'.repeat(12_000), system: 'x'.repeat(12_999) }, { prompt: 'x', maxTokens: 4_096 },
    ])('accepts texts and tokens of that size: %#', async (body) => {
      expect((await post(body)).status).toBe(200);
    });

    it.each<[object, string, RegExp]>([
      [{ prompt: FOX.repeat(25_001) }, '/prompt', /a string of 1 to 25000 characters for .*, got a string of 25001 characters$/],
      [{ prompt: 'x', system: 'x'.repeat(25_001) }, '/system', /a string of 1 to 25000 characters for .*, got a string of 25001 characters$/],
      [{ prompt: 'x'.repeat(12_000), system: 'x'.repeat(13_000) }, '/system', /must have fewer than 25000 characters together with prompt.*, got 25000$/],
      [{ prompt: 'x', maxTokens: 4_097 }, '/maxTokens', /an integer from 1 to 4096 for .*, got 4097$/],
    ])('returns 400 for more: %#', async (body, pointer, detail) => {
      const { status, json } = await post(body);
      expect(status).toBe(400);
      expect(json.errors).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
      expect(world.textModel.calls).toEqual([]);
      expect(world.guardrail.checked).toEqual([]);
    });

    it('returns 400 for a system prompt without a prompt', async () => {
      const { status, json } = await post({ system: 'be brief' });
      expect({ status, pointers: json.errors.map(({ pointer }) => pointer) }).toEqual({ status: 400, pointers: ['/prompt'] });
    });

    it('lists the limits in GET /models', async () => {
      const { text } = (await world.call('GET /models')).json as unknown as { text: { parameters: unknown } };
      const [prompt, system] = [{ maxLength: 25_000 }, { maxLength: 25_000 }];
      expect(text.parameters).toMatchObject({ prompt, system, maxTokens: { maximum: 4_096, default: 1024 } });
    });
  });

  it('limits the length of prompts', async () => {
    world = worldWithText({ policy: { maxChars: 5 } });
    expect((await post({ prompt: '🦊🦊🦊🦊🦊' })).status).toBe(200);
    const { json } = await post({ prompt: 'abcdef', system: 'abcdef' });
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/prompt', '/system']);
  });
});

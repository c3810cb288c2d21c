import { ApiError } from '../../../../src/handlers/shared/errors';
import type { HandlerConfiguration } from '../../../../src/private/contract/configuration';
import { acceptedBy, refusedBy } from '../../../fixtures/parameter-cases';
import { MOST_STOP_SEQUENCES, REFUSED_STOP_SEQUENCES, TEXT_FACTS } from '../../../fixtures/text-facts';
import { CONFIGURATION, START, throttled, REMAINING_TIME_MS, World } from '../../../helpers/world';

const NOVA_2 = 'amazon.nova-2-lite-v1:0';
const textModel = { id: NOVA_2, region: 'eu-west-1', call: 'eu.amazon.nova-2-lite-v1:0' };
const guarded = { guardrail: { id: 'guard', version: '1', region: 'us-west-2' } };
const withText = (more: Partial<HandlerConfiguration> = {}) => new World({ ...CONFIGURATION, textModel, ...more });

let world: World;
beforeEach(() => { world = withText(); });

const post = (body: unknown) => world.call('POST /text', { body });

describe('POST /text', () => {
  it('answers the text, why it ended, what it used and by which model', async () => {
    world.texts.respond = () => ({ text: 'Once upon', stopReason: 'max_tokens', usage: { inputTokens: 7, outputTokens: 2 } });
    const { status, json } = await post({ prompt: 'tell' });
    expect(status).toBe(200);
    expect(json).toEqual({ text: 'Once upon', stopReason: 'max_tokens', usage: { inputTokens: 7, outputTokens: 2 }, model: NOVA_2 });
  });

  it('hands on what was asked, and always a limit', async () => {
    const all = { prompt: 'tell', system: 'be brief', temperature: 0, topP: 1, maxTokens: 65_535, stopSequences: ['END', '\n\n'] };
    await post(all);
    await post({ prompt: 'tell' });
    expect(world.texts.calls).toEqual([all, { prompt: 'tell', maxTokens: 1024 }]);
    expect(world.texts.deadlines).toEqual([START + REMAINING_TIME_MS - 1_000, START + REMAINING_TIME_MS - 1_000]);
  });

  it.each([...acceptedBy(TEXT_FACTS), { why: 'most stopSequences', field: 'stopSequences', value: MOST_STOP_SEQUENCES }])('takes the $why', async ({ field, value }) => {
    expect((await post({ prompt: 'tell', [field]: value })).status).toBe(200);
    expect(world.texts.calls[0]).toMatchObject({ [field]: value });
  });

  it.each([...refusedBy(TEXT_FACTS), ...REFUSED_STOP_SEQUENCES])('refuses the $why: $field', async ({ field, value, says }) => {
    const [name] = field.split('/');
    const { status, json } = await post({ prompt: 'tell', [name]: value });
    expect([status, json.errors.map(({ pointer }) => pointer)]).toEqual([400, [`/${field}`]]);
    for (const part of says) expect(json.errors[0].detail).toContain(part);
    expect(world.texts.calls).toHaveLength(0);
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
  ])('fails when a part is wrong: %#', async (more, pointer, says) => {
    const { status, json } = await post({ prompt: 'tell', ...more });
    expect([status, json.errors]).toEqual([400, [{ pointer, detail: expect.stringMatching(says) }]]);
    expect(world.texts.calls).toHaveLength(0);
  });

  it.each([['amazon.nova-lite-v1:0', 5_000], ['acme.writer-v1:0', 65_535]])('never asks %s for more than %i tokens', async (id, most) => {
    world = withText({ textModel: { id, region: 'us-east-1' } });
    expect((await post({ prompt: 'x', maxTokens: most })).json.model).toBe(id);
    const { status, json } = await post({ prompt: 'x', maxTokens: most + 1 });
    expect([status, json.errors]).toEqual([400, [{ pointer: '/maxTokens', detail: `must be an integer from 1 to ${most} for ${id}, got ${most + 1}` }]]);
    expect(world.texts.calls).toHaveLength(1);
  });

  it('fails with 404 where there is no text model', async () => {
    world = new World();
    expect((await post({ prompt: 'x' })).status).toBe(404);
  });
});

describe('a text model that fails', () => {
  it.each([['CONTENT_FILTERED', 422], ['MODEL_UNAVAILABLE', 502], ['MODEL_ERROR', 502], ['MODEL_TIMEOUT', 504]] as const)(
    'is answered with %s and %i, and its cause goes to the log', async (code, status) => {
      world.texts.respond = ({ prompt }) => { throw new ApiError(code, 'what the client reads', { cause: new Error(`what the operator reads of ${prompt}`) }); };
      const answer = await post({ prompt: 'tell me a secret' });
      expect([answer.status, answer.json.code, answer.json.detail]).toEqual([status, code, 'what the client reads']);
      expect(world.texts.calls).toHaveLength(1);
      expect(world.logs.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({
        level: 'error', message: 'text not generated', model: NOVA_2, code, causeDetail: 'what the operator reads of [redacted]',
      }));
    });

  it('is asked again after a throttle, not more than thrice', async () => {
    world.texts.respond = () => { throw throttled(); };
    const { status, headers } = await post({ prompt: 'x' });
    expect([status, headers['Retry-After'], world.texts.calls.length]).toEqual([429, '20', 3]);
  });

  it('that fails with a bug is answered in general terms', async () => {
    world.texts.respond = () => { throw new TypeError('cannot read x'); };
    const { status, json } = await post({ prompt: 'x' });
    expect([status, json.code]).toEqual([500, 'INTERNAL']);
    expect(world.logs.join()).toContain('cannot read x');
  });
});

describe('the policy', () => {
  it.each(['prompt', 'system'])('looks at the %s', async (field) => {
    world = withText({ policy: { deny: ['gun'] } });
    const { status, json } = await post({ prompt: 'x', [field]: 'Draw a GUN.' });
    expect([status, json.code]).toEqual([422, 'CONTENT_FILTERED']);
    expect(json.detail).toContain(field);
    expect(String(json.detail).toLowerCase()).not.toContain('gun');
    expect(world.texts.calls).toHaveLength(0);
  });

  it.each(['prompt', 'system'])('has the guardrail look at the %s before the model does', async (field) => {
    world = withText({ policy: guarded });
    expect((await post({ prompt: 'x', [field]: 'something forbidden' })).json.detail).toBe('the guardrail filtered the prompt');
    expect(world.texts.calls).toHaveLength(0);
  });

  it('has the guardrail look at the answer', async () => {
    world = withText({ policy: guarded });
    world.texts.respond = () => ({ text: 'a forbidden answer', stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } });
    const { status, text, json } = await post({ prompt: 'x' });
    expect([status, json.code, json.detail]).toEqual([422, 'CONTENT_FILTERED', 'the guardrail filtered the answer']);
    expect(text).not.toContain('forbidden');
  });

  it('limits the length', async () => {
    world = withText({ policy: { maxChars: 5 } });
    expect((await post({ prompt: '🦊🦊🦊🦊🦊' })).status).toBe(200);
    const { json } = await post({ prompt: 'abcdef', system: 'abcdef' });
    expect(json.errors.map(({ pointer }) => pointer)).toEqual(['/prompt', '/system']);
  });
});

import type { Bedrock } from '../../../src/handlers/models/bedrock';
import { ConverseTextModel } from '../../../src/handlers/models/text-model';

function answering(answer: object) {
  const converse = jest.fn(async () => answer);
  const model = new ConverseTextModel({ converse } as unknown as Bedrock, { call: 'us.nova', region: 'us-east-1' });
  return { converse, write: (input: object = {}) => model.generate({ prompt: 'hello', maxTokens: 100, ...input }, 9) };
}
const USAGE = { inputTokens: 1, outputTokens: 2 };
const said = (stopReason: string, ...content: object[]) => ({ output: { message: { content } }, stopReason, usage: USAGE });

it('asks for no more than it was asked', async () => {
  const { converse, write } = answering(said('end_turn', { text: 'hi' }));
  await write();
  expect(converse).toHaveBeenCalledWith('us.nova', 'us-east-1', {
    messages: [{ role: 'user', content: [{ text: 'hello' }] }], inferenceConfig: { maxTokens: 100 },
  }, 9);
});

it('hands on all settings, and the lowest temperature that models take for 0', async () => {
  const { converse, write } = answering(said('end_turn', { text: 'hi' }));
  await write({ system: 'be brief', temperature: 0, topP: 0, stopSequences: ['.'] });
  expect(converse).toHaveBeenCalledWith('us.nova', 'us-east-1', expect.objectContaining({
    system: [{ text: 'be brief' }], inferenceConfig: { maxTokens: 100, temperature: 0.00001, topP: 0, stopSequences: ['.'] },
  }), 9);
});

it('passes over what the model thought', async () => {
  const { write } = answering(said('max_tokens', { reasoningContent: { reasoningText: { text: 'hm' } } }, { text: 'hi' }));
  expect(await write()).toEqual({ text: 'hi', stopReason: 'max_tokens', usage: USAGE });
});

it('puts together what it wrote in several blocks', async () => {
  expect((await answering(said('end_turn', { text: 'one ' }, { reasoningContent: {} }, { text: 'two' })).write()).text).toBe('one two');
});

it('counts no tokens where the answer does not', async () => {
  for (const usage of [undefined, null, 5, {}, { inputTokens: '5' }]) {
    expect((await answering({ ...said('end_turn', { text: 'hi' }), usage }).write()).usage).toEqual({ inputTokens: 0, outputTokens: 0 });
  }
});

it.each([
  [null], [[]], [{ output: null, stopReason: 'end_turn' }], [{ output: { message: 'hi' }, stopReason: 'end_turn' }],
  [{ output: { message: { content: 'hello' } }, stopReason: 'end_turn' }], [{ output: { message: { content: { a: 1 } } }, stopReason: 'end_turn' }],
  [said('end_turn', null as unknown as object)], [said('end_turn', { text: 5 })], [{ ...said('end_turn', { text: 'hi' }), stopReason: 5 }],
])('makes neither a text nor a crash of %j', async (answer) => {
  await expect(answering(answer as object).write()).rejects.toMatchObject({ code: 'MODEL_ERROR' });
});

it.each([
  ['CONTENT_FILTERED', said('content_filtered', { text: 'no' })],
  ['CONTENT_FILTERED', said('guardrail_intervened', { text: 'no' })],
  ['MODEL_ERROR', said('end_turn', { reasoningContent: {} })],
  ['MODEL_ERROR', {}],
])('fails with %s', async (code, answer) => {
  await expect(answering(answer).write()).rejects.toMatchObject({ code });
});

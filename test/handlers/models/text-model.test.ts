import type { Bedrock } from '../../../src/handlers/models/bedrock';
import { ConverseTextModel } from '../../../src/handlers/models/text-model';

function modelReturning(response: object) {
  const converse = jest.fn(async () => response);
  const model = new ConverseTextModel({ converse } as unknown as Bedrock, { invokedId: 'us.nova', region: 'us-east-1' });
  return { converse, generate: (input: object = {}) => model.generate({ prompt: 'hello', maxTokens: 100, ...input }, 9) };
}
const USAGE = { inputTokens: 1, outputTokens: 2 };
const response = (stopReason: string, ...content: object[]) => ({ output: { message: { content } }, stopReason, usage: USAGE });

it('sends only the parameters of the request', async () => {
  const { converse, generate } = modelReturning(response('end_turn', { text: 'hi' }));
  await generate();
  expect(converse).toHaveBeenCalledWith('us.nova', 'us-east-1', {
    messages: [{ role: 'user', content: [{ text: 'hello' }] }], inferenceConfig: { maxTokens: 100 },
  }, 9);
});

it('sends all parameters, and the lowest supported temperature for 0', async () => {
  const { converse, generate } = modelReturning(response('end_turn', { text: 'hi' }));
  await generate({ system: 'be brief', temperature: 0, topP: 0, stopSequences: ['.'] });
  expect(converse).toHaveBeenCalledWith('us.nova', 'us-east-1', expect.objectContaining({
    system: [{ text: 'be brief' }], inferenceConfig: { maxTokens: 100, temperature: 0.00001, topP: 0, stopSequences: ['.'] },
  }), 9);
});

it('skips reasoning', async () => {
  const { generate } = modelReturning(response('max_tokens', { reasoningContent: { reasoningText: { text: 'hm' } } }, { text: 'hi' }));
  expect(await generate()).toEqual({ text: 'hi', stopReason: 'max_tokens', usage: USAGE });
});

it('joins the text of several blocks', async () => {
  expect((await modelReturning(response('end_turn', { text: 'one ' }, { reasoningContent: {} }, { text: 'two' })).generate()).text).toBe('one two');
});

it('returns 0 tokens when the response has no usage', async () => {
  for (const usage of [undefined, null, 5, {}, { inputTokens: '5' }]) {
    expect((await modelReturning({ ...response('end_turn', { text: 'hi' }), usage }).generate()).usage).toEqual({ inputTokens: 0, outputTokens: 0 });
  }
});

it.each([
  [null], [[]], [{ output: null, stopReason: 'end_turn' }], [{ output: { message: 'hi' }, stopReason: 'end_turn' }],
  [{ output: { message: { content: 'hello' } }, stopReason: 'end_turn' }], [{ output: { message: { content: { a: 1 } } }, stopReason: 'end_turn' }],
  [response('end_turn', null as unknown as object)], [response('end_turn', { text: 5 })], [{ ...response('end_turn', { text: 'hi' }), stopReason: 5 }],
])('throws MODEL_ERROR for %j', async (malformed) => {
  await expect(modelReturning(malformed as object).generate()).rejects.toMatchObject({ code: 'MODEL_ERROR' });
});

it.each([
  ['CONTENT_FILTERED', response('content_filtered', { text: 'no' })],
  ['CONTENT_FILTERED', response('guardrail_intervened', { text: 'no' })],
  ['MODEL_ERROR', response('end_turn', { reasoningContent: {} })],
  ['MODEL_ERROR', {}],
])('throws %s', async (code, returned) => {
  await expect(modelReturning(returned).generate()).rejects.toMatchObject({ code });
});

import { PricedTextModel } from '../../../../src/handlers/generation/spend/priced-text-model';
import { maxTextCost } from '../../../../src/handlers/generation/spend/prices';
import { Spending } from '../../../../src/handlers/generation/spend/spending';
import { ApiError } from '../../../../src/handlers/shared/api-error';
import { FakeTextModel } from '../../../helpers/fakes';
import { throttled } from '../../../helpers/world';

/** US dollars per million tokens. */
const PRICE = { input: 1, output: 2 };
const INPUT = { prompt: 'é', system: 'abc', maxTokens: 10 };
/** A token for each of 5 bytes, 100 for the message, and 10 of output. */
const MAX_MICRO_USD = 5 + 100 + 2 * 10;

let spending: Spending;
let textModel: FakeTextModel;
beforeEach(() => {
  spending = new Spending();
  textModel = new FakeTextModel();
});

const generate = (price?: typeof PRICE) => new PricedTextModel(textModel, price, spending).generate(INPUT, 0);

it('a call of the text model costs what its tokens cost', async () => {
  textModel.respond = () => ({ text: 'x', stopReason: 'end_turn', usage: { inputTokens: 30, outputTokens: 5 } });
  expect(await generate(PRICE)).toMatchObject({ text: 'x', estimatedCostUsd: 0.00004 });
  expect(spending.chargedUsd).toBe(0.00004);
});

it('a call of the text model that may have been charged costs the most that it can', async () => {
  textModel.respond = () => { throw new ApiError('MODEL_TIMEOUT', 'too late'); };
  await expect(generate(PRICE)).rejects.toMatchObject({ code: 'MODEL_TIMEOUT' });
  expect(spending.chargedMicroUsd).toBe(MAX_MICRO_USD);
  expect(maxTextCost(INPUT, PRICE)).toBe(MAX_MICRO_USD);
});

it('a call of the text model that was not charged costs nothing', async () => {
  textModel.respond = () => { throw throttled(); };
  await expect(generate(PRICE)).rejects.toMatchObject({ code: 'THROTTLED' });
  expect(spending.chargedUsd).toBe(0);
});

it.each<[string, () => never | void]>([
  ['returns', () => undefined], ['may have been charged', () => { textModel.respond = () => { throw new ApiError('MODEL_TIMEOUT', 'too late'); }; }],
])('the cost of a call of a text model without a known price is not known when it %s', async (_what, arrange) => {
  arrange();
  await generate().then((output) => expect(output).not.toHaveProperty('estimatedCostUsd'), () => undefined);
  expect(spending.chargedUsd).toBeUndefined();
});

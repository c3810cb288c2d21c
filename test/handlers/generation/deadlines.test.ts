import { Deadlines } from '../../../src/handlers/generation/deadlines';

it('the deadlines of an invocation leave time for the steps that follow', () => {
  const { model, guardrail, storage, response, lease } = new Deadlines(100_000);
  const expected = { model: 94_000, guardrail: 96_000, storage: 98_500, response: 99_000, lease: 105_000 };
  expect({ model, guardrail, storage, response, lease }).toEqual(expected);
});

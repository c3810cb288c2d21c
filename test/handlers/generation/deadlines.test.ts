import { Deadlines } from '../../../src/handlers/generation/deadlines';

it('the deadlines of an invocation leave time for the steps that follow', () => {
  const { model, guardrail, response, lease } = new Deadlines(100_000);
  expect({ model, guardrail, response, lease }).toEqual({ model: 94_000, guardrail: 96_000, response: 99_000, lease: 105_000 });
});

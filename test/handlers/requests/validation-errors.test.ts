import { describe as inWords, show } from '../../../src/handlers/requests/validation-errors';
import { GENERATE_REQUEST_SCHEMA } from '../../../src/private/contract/requests';

describe('describe', () => {
  it.each([
    ['prompt', 'a text of 1 to 10000 characters'],
    ['aspectRatio', 'a text'],
    ['count', 'a whole number from 1 to 4'],
    ['cfgScale', 'a number from 0 to 35'],
    ['outputFormat', 'one of png, jpeg, webp'],
    ['enhancePrompt', 'true or false'],
  ] as const)('says of %s: %s', (field, words) => {
    expect(inWords(GENERATE_REQUEST_SCHEMA.properties[field])).toBe(words);
  });
});

describe('show', () => {
  it.each([
    ['short', '"short"'], ['a "quoted" text', '"a \\"quoted\\" text"'], ['é'.repeat(41), 'a text of 41 characters'], ['🦊'.repeat(41), 'a text of 41 characters'],
    [7, '7'], [null, 'null'], [true, 'true'], [[1], 'a list'], [{ a: 1 }, 'an object'], [undefined, 'undefined'],
  ])('shows %j as %s', (value, text) => {
    expect(show(value)).toBe(text);
  });
});

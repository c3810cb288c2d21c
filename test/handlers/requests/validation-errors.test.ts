import { describeField, formatValue, pointerTo, schemaErrors } from '../../../src/handlers/requests/validation-errors';
import { validateBatchRequest } from '../../../src/handlers/requests/validators/batch-request.generated';
import { BATCH_REQUEST_SCHEMA, GENERATE_REQUEST_SCHEMA, TEXT_REQUEST_SCHEMA } from '../../../src/private/contract/requests';

describe('describeField', () => {
  it.each([
    ['prompt', 'a string of 1 to 10000 characters'],
    ['aspectRatio', 'a string'],
    ['count', 'an integer from 1 to 4'],
    ['cfgScale', 'a number from 0 to 35'],
    ['outputFormat', 'one of png, jpeg, webp'],
    ['enhancePrompt', 'true or false'],
  ] as const)('describes %s as %s', (field, description) => {
    expect(describeField(GENERATE_REQUEST_SCHEMA.properties[field])).toBe(description);
  });

  it('describes an array of strings', () => {
    expect(describeField(TEXT_REQUEST_SCHEMA.properties.stopSequences)).toBe('an array of 1 to 20 strings');
  });
});

describe('schemaErrors', () => {
  it.each([
    [{}, '/requests', 'is required: an array of 1 to 100 objects'],
    [{ requests: [] }, '/requests', 'must be an array of 1 to 100 objects, got an empty array'],
    [{ requests: Array.from({ length: 101 }, () => ({})) }, '/requests', 'must be an array of 1 to 100 objects, got an array of length 101'],
    [{ requests: [{}, 7] }, '/requests/1', 'must be an object, got 7'],
  ])('describes an array and its items: %j', (data, pointer, detail) => {
    expect(schemaErrors(validateBatchRequest, BATCH_REQUEST_SCHEMA, data)).toEqual([{ pointer, detail }]);
  });

  it('returns no errors of valid data', () => {
    expect(schemaErrors(validateBatchRequest, BATCH_REQUEST_SCHEMA, { requests: [{}] })).toEqual([]);
  });
});

describe('formatValue', () => {
  it.each([
    ['short', '"short"'], ['é'.repeat(40), `"${'é'.repeat(40)}"`], ['a "quoted" text', '"a \\"quoted\\" text"'], ['é'.repeat(41), 'a string of 41 characters'], ['🦊'.repeat(41), 'a string of 41 characters'],
    [7, '7'], [null, 'null'], [true, 'true'], [[], 'an empty array'], [[1], 'an array of length 1'], [{ a: 1 }, 'an object'], [undefined, 'undefined'],
  ])('formats %j as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});

describe('pointerTo', () => {
  it.each([
    ['width', '/width'], ['a/b~c', '/a~1b~0c'], ['x'.repeat(40), `/${'x'.repeat(40)}`], ['x'.repeat(41), `/${'x'.repeat(40)}...`],
  ])('returns the JSON pointer to %s, truncated to 40 characters', (name, pointer) => {
    expect(pointerTo(name)).toBe(pointer);
  });
});

import { coerce } from '../../../../src/handlers/http/body/coerce';

describe('the text of a field', () => {
  it.each<[string, string | undefined, unknown]>([
    [' 3 ', 'integer', 3], ['1e2', 'number', 100], ['0x10', 'integer', '0x10'], ['', 'number', ''], ['true', 'boolean', true], ['false', 'boolean', false], ['yes', 'boolean', 'yes'],
    ['x', 'array', ['x']], ['3', 'string', '3'], ['3', undefined, '3'],
  ])('%j becomes a value of the type %s', (text, type, value) => expect(coerce(text, type === undefined ? undefined : { type })).toEqual(value));
});

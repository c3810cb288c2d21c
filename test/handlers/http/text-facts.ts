import type { Facts, Refused } from './parameter-cases';

/** What `POST /text` takes, where the model writes as much as the contract lets callers ask for. */
export const TEXT_FACTS: Facts = {
  wholes: { maxTokens: [1, 65_535] },
  numbers: { temperature: [0, 1], topP: [0, 1] },
  texts: { prompt: 100_000, system: 100_000 },
  others: ['stopSequences'],
};

const LIST = ['a list of 1 to 20 texts'];
const ITEM = ['a text of 1 to 100 characters'];

export const MOST_STOP_SEQUENCES: readonly string[] = Array<string>(20).fill('x'.repeat(100));

/** `field` names the item where only that is wrong. */
export const REFUSED_STOP_SEQUENCES: readonly Refused[] = [
  { why: 'empty', field: 'stopSequences', value: [], says: LIST },
  { why: 'one too many', field: 'stopSequences', value: [...MOST_STOP_SEQUENCES, 'x'], says: LIST },
  { why: 'a text', field: 'stopSequences', value: 'END', says: LIST },
  { why: 'null', field: 'stopSequences', value: null, says: LIST },
  { why: 'a number among them', field: 'stopSequences/1', value: ['END', 7], says: ITEM },
  { why: 'an empty one', field: 'stopSequences/0', value: [''], says: ITEM },
  { why: 'one too long', field: 'stopSequences/0', value: ['x'.repeat(101)], says: [...ITEM, '101'] },
];

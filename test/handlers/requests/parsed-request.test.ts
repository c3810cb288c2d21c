import { createHash } from 'node:crypto';
import { fingerprintOf } from '../../../src/handlers/requests/parsed-request';

describe('fingerprintOf', () => {
  it('does not depend on the order of fields, also in nested objects', () => {
    const one = fingerprintOf({ requests: [{ prompt: 'x', count: 2 }], name: 'a' });
    expect(fingerprintOf({ name: 'a', requests: [{ count: 2, prompt: 'x' }] })).toBe(one);
    expect(fingerprintOf({ name: 'a', requests: [{ count: 3, prompt: 'x' }] })).not.toBe(one);
  });

  it('takes fields without a value as they are', () => {
    const nulls = { requests: { style: null, seed: 1 }, prompt: null };
    expect(fingerprintOf(nulls)).toBe(fingerprintOf({ prompt: null, requests: { seed: 1, style: null } }));
    expect(fingerprintOf(nulls)).not.toBe(fingerprintOf({ requests: { seed: 1 }, prompt: null }));
  });

  it('depends on the order of lists', () => {
    expect(fingerprintOf({ requests: ['a', 'b'] })).not.toBe(fingerprintOf({ requests: ['b', 'a'] }));
  });

  // a claim of the version before a deployment contains the fingerprint of the first request
  it('is the hash of the fields in alphabetical order', () => {
    const fields = [['count', 2], ['prompt', 'x']];
    expect(fingerprintOf({ prompt: 'x', count: 2 })).toBe(createHash('sha256').update(JSON.stringify(fields)).digest('hex'));
  });
});

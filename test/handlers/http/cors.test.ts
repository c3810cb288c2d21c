import { corsHeaders } from '../../../src/handlers/http/cors';

const EXPOSED = {
  'Access-Control-Expose-Headers': 'Location, Retry-After, Preference-Applied, Age, X-Should-Retry, X-Ignored-Parameters, Idempotency-Replayed, '
    + 'X-Estimated-Cost-Usd, X-Budget-Remaining-Usd',
};

describe('corsHeaders', () => {
  it('returns no headers if no origin is allowed', () => {
    expect(corsHeaders([], 'https://a.example')).toEqual({});
  });

  it.each([['https://a.example'], ['*']])('returns the only allowed origin, %s, for every request origin', (origin) => {
    for (const requested of [undefined, 'https://b.example']) expect(corsHeaders([origin], requested)).toEqual({ 'Access-Control-Allow-Origin': origin, ...EXPOSED });
  });

  it('returns the request origin if it is one of several allowed origins, with Vary for caches', () => {
    expect(corsHeaders(['https://a.example', 'https://b.example'], 'https://b.example'))
      .toEqual({ 'Access-Control-Allow-Origin': 'https://b.example', 'Vary': 'Origin', ...EXPOSED });
  });

  it.each([undefined, 'https://evil.example', 'https://a.example.evil.example'])('allows nothing for the request origin %s', (origin) => {
    expect(corsHeaders(['https://a.example', 'https://b.example'], origin)).toEqual({ Vary: 'Origin' });
  });

  it('never allows credentials', () => {
    expect(Object.keys(corsHeaders(['*'], 'https://a.example'))).not.toContain('Access-Control-Allow-Credentials');
  });
});

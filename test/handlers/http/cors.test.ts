import { corsHeaders } from '../../../src/handlers/http/cors';

const EXPOSED = { 'Access-Control-Expose-Headers': 'Location, Retry-After, Preference-Applied, Age, X-Should-Retry, X-Ignored-Parameters' };

describe('corsHeaders', () => {
  it('are none where no origin is allowed', () => {
    expect(corsHeaders([], 'https://a.example')).toEqual({});
  });

  it.each([['https://a.example'], ['*']])('name the only origin, %s, whoever asks', (origin) => {
    for (const asking of [undefined, 'https://b.example']) expect(corsHeaders([origin], asking)).toEqual({ 'Access-Control-Allow-Origin': origin, ...EXPOSED });
  });

  it('name the asking one of several origins, and keep caches apart', () => {
    expect(corsHeaders(['https://a.example', 'https://b.example'], 'https://b.example'))
      .toEqual({ 'Access-Control-Allow-Origin': 'https://b.example', 'Vary': 'Origin', ...EXPOSED });
  });

  it.each([undefined, 'https://evil.example', 'https://a.example.evil.example'])('allow nothing to %s', (origin) => {
    expect(corsHeaders(['https://a.example', 'https://b.example'], origin)).toEqual({ Vary: 'Origin' });
  });

  it('never allow credentials', () => {
    expect(Object.keys(corsHeaders(['*'], 'https://a.example'))).not.toContain('Access-Control-Allow-Credentials');
  });
});

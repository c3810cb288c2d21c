import { InvalidTokenError, KeysUnavailableError, TokenVerifier } from '../../../src/handlers/authorizers/token-verifier';
import type { AuthorizerConfiguration } from '../../../src/private/contract/authorizer';
import { Issuer } from '../../helpers/issuer';

const NOW = Date.UTC(2026, 10, 21, 12);
const SECONDS = NOW / 1000;
const HOUR_MS = 3600 * 1000;
const CLAIMS = { iss: 'https://issuer.example', aud: 'images', sub: 'alice', iat: SECONDS, exp: SECONDS + 600 };

// the library reads the clock by itself
beforeEach(() => { jest.spyOn(Date, 'now').mockReturnValue(NOW); });
afterEach(() => jest.restoreAllMocks());

let issuer: Issuer;
let time: number;
beforeEach(() => { issuer = new Issuer(); time = NOW; });

const checker = (more: Partial<AuthorizerConfiguration> = {}) => new TokenVerifier(
  { issuer: issuer.url, audience: ['images'], algorithms: ['RS256'], clockToleranceSeconds: 0, ...more }, issuer.fetchJson, () => time,
);
const tampered = (token: string, part: number, change: (json: Record<string, unknown>) => void) => {
  const parts = token.split('.');
  const json = JSON.parse(Buffer.from(parts[part], 'base64url').toString()) as Record<string, unknown>;
  change(json);
  parts[part] = Buffer.from(JSON.stringify(json)).toString('base64url');
  return parts.join('.');
};

describe('a token of the issuer', () => {
  it('names its user', async () => {
    expect(await checker().verify(issuer.token(CLAIMS))).toEqual({ iss: 'https://issuer.example', sub: 'alice' });
  });

  it.each(['ES256', 'EdDSA'] as const)('passes with another algorithm where that is allowed: %s', async (algorithm) => {
    issuer.rotate('other', algorithm);
    expect(await checker({ algorithms: [algorithm] }).verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
    await expect(checker().verify(issuer.token(CLAIMS))).rejects.toThrow(new InvalidTokenError('algorithm'));
  });

  it('passes for one of several audiences', async () => {
    expect(await checker({ audience: ['other', 'images'] }).verify(issuer.token({ ...CLAIMS, aud: ['x', 'images'] }))).toHaveProperty('sub', 'alice');
  });

  it('passes with one of the scopes', async () => {
    const check = checker({ scopes: ['images.read', 'images.write'] });
    expect(await check.verify(issuer.token({ ...CLAIMS, scope: 'openid images.write' }))).toHaveProperty('sub', 'alice');
    for (const scope of [undefined, 'openid', 'images.writes']) await expect(check.verify(issuer.token({ ...CLAIMS, scope }))).rejects.toThrow(InvalidTokenError);
  });

  it('passes within the tolerance of clocks', async () => {
    const late = issuer.token({ ...CLAIMS, exp: SECONDS - 20 });
    const early = issuer.token({ ...CLAIMS, nbf: SECONDS + 20 });
    for (const token of [late, early]) {
      expect(await checker({ clockToleranceSeconds: 30 }).verify(token)).toHaveProperty('sub', 'alice');
      await expect(checker({ clockToleranceSeconds: 10 }).verify(token)).rejects.toThrow(InvalidTokenError);
    }
  });
});

describe('no user has', () => {
  const cases: Readonly<Record<string, () => string>> = {
    'an expired token': () => issuer.token({ ...CLAIMS, exp: SECONDS - 1 }),
    'a token without an end': () => issuer.token({ ...CLAIMS, exp: undefined }),
    'a token that is not valid yet': () => issuer.token({ ...CLAIMS, nbf: SECONDS + 60 }),
    'a token for another audience': () => issuer.token({ ...CLAIMS, aud: 'other' }),
    'a token for no audience': () => issuer.token({ ...CLAIMS, aud: undefined }),
    'a token that names another issuer': () => issuer.token({ ...CLAIMS, iss: 'https://issuer.example.evil' }),
    'a token without a user': () => issuer.token({ ...CLAIMS, sub: undefined }),
    'a token with an empty user': () => issuer.token({ ...CLAIMS, sub: '' }),
    'a token of another issuer with our key id': () => new Issuer().token(CLAIMS),
    'a token with another user written into it': () => tampered(issuer.token(CLAIMS), 1, (claims) => { claims.sub = 'bob'; }),
    'a token with another algorithm written into it': () => tampered(issuer.token(CLAIMS), 0, (header) => { header.alg = 'ES256'; }),
    'a token that asks for an extension to be understood': () => issuer.token(CLAIMS, { crit: ['b64'], b64: false }),
    'a token with a key written into it': () => tampered(new Issuer().token(CLAIMS), 0, (header) => { header.jwk = {}; header.jku = 'https://evil.example/keys'; }),
    'an unsigned token, alg none': () => issuer.unsignedToken(CLAIMS, 'none'),
    'an unsigned token, alg NoNe': () => `${issuer.unsignedToken(CLAIMS, 'NoNe')}AA`,
    'a token signed with the public key as a secret': () => issuer.hmacToken(CLAIMS),
    'a token without a key id': () => issuer.token(CLAIMS, { kid: undefined }),
    'a token with an unknown key id': () => issuer.token(CLAIMS, { kid: 'unknown' }),
    'a token cut short': () => issuer.token(CLAIMS).slice(0, -5),
    'two parts': () => issuer.token(CLAIMS).split('.').slice(0, 2).join('.'),
    'something else': () => 'not.a.token',
    'nothing': () => '',
    'a token as long as a body': () => `${'a'.repeat(1_000_000)}.b.c`,
  };

  it.each(Object.keys(cases))('%s', async (name) => {
    await expect(checker({ algorithms: ['RS256', 'ES256'] }).verify(cases[name]())).rejects.toThrow(InvalidTokenError);
  });

  it('whose refusal quotes a claim', async () => {
    const refusal = await checker().verify(issuer.token({ ...CLAIMS, aud: 'secret-audience' })).catch((error: Error) => error.message);
    expect(refusal).toBe('JwtInvalidAudienceError');
  });
});

describe('keys', () => {
  it('are fetched once for many tokens, from where the issuer says', async () => {
    const check = checker();
    await Promise.all(Array.from({ length: 5 }, () => check.verify(issuer.token(CLAIMS))));
    await check.verify(issuer.token(CLAIMS));
    expect(issuer.fetched).toEqual(['https://issuer.example/.well-known/openid-configuration', 'https://issuer.example/keys']);
  });

  it('are fetched from where the operator says', async () => {
    await checker({ jwksUri: 'https://keys.example/all' }).verify(issuer.token(CLAIMS));
    expect(issuer.fetched).toEqual(['https://keys.example/all']);
  });

  it.each(['https://issuer.example/', 'https://issuer.example/tenant/v2.0'])('are looked for below an issuer such as %s', async (url) => {
    issuer = new Issuer(url);
    expect(await checker().verify(issuer.token({ ...CLAIMS, iss: url }))).toHaveProperty('iss', url);
    expect(issuer.fetched[0]).toBe(`${url.replace(/\/$/, '')}/.well-known/openid-configuration`);
  });

  it('that are new are found at once', async () => {
    const check = checker();
    await check.verify(issuer.token(CLAIMS));
    issuer.rotate('second');
    expect(await check.verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
  });

  it('that were withdrawn are forgotten within the hour', async () => {
    const check = checker();
    const token = issuer.token({ ...CLAIMS, exp: SECONDS + 7200 });
    await check.verify(token);
    issuer.rotate('second');
    time += HOUR_MS - 1;
    expect(await check.verify(token)).toHaveProperty('sub', 'alice');
    time += 1;
    await expect(check.verify(token)).rejects.toThrow(InvalidTokenError);
  });

  it('are not asked for again and again because of made-up key ids', async () => {
    const check = checker();
    await check.verify(issuer.token(CLAIMS));
    for (let index = 0; index < 5; index++) await expect(check.verify(issuer.token(CLAIMS, { kid: `made-up-${index}` }))).rejects.toThrow(InvalidTokenError);
    expect(issuer.fetched).toHaveLength(3);
    expect(await check.verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
  });

  it.each([{ kty: 'RSA', alg: null, kid: 'x' }, { kty: 7 }, null, 'key'])('that make no sense take nothing from the others: %j', async (key) => {
    const usable = JSON.parse(new TextDecoder().decode(await issuer.fetchJson('https://issuer.example/keys'))) as { keys: object[] };
    issuer.instead.push(() => undefined, () => ({ keys: [key, ...usable.keys] }));
    expect(await checker().verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
  });

  const broken: Readonly<Record<string, (() => unknown)[]>> = {
    'the issuer does not answer': [() => { throw new Error('no connection'); }],
    'its keys cannot be fetched': [() => undefined, () => { throw new Error('no connection'); }],
    'its keys are no keys': [() => undefined, () => ({ keys: 'none' })],
    'its keys are no JSON': [() => undefined, () => '<html>'],
    'its discovery document is no JSON': [() => '<html>'],
    'its discovery document is of somebody else': [() => ({ issuer: 'https://evil.example', jwks_uri: 'https://evil.example/keys' })],
    'its discovery document names no keys': [() => ({ issuer: 'https://issuer.example' })],
    'its discovery document names keys that anyone on the way could change': [() => ({ issuer: 'https://issuer.example', jwks_uri: 'http://issuer.example/keys' })],
  };

  it.each(Object.keys(broken))('are a matter of ours when %s, and are tried again', async (name) => {
    issuer.instead.push(...broken[name]);
    const check = checker();
    await expect(check.verify(issuer.token(CLAIMS))).rejects.toThrow(KeysUnavailableError);
    expect(await check.verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
  });
});

import { InvalidTokenError, KeysUnavailableError, TokenVerifier } from '../../../src/handlers/authorizers/token-verifier';
import type { AuthorizerConfiguration } from '../../../src/private/contract/authorizer';
import { Issuer } from '../../helpers/issuer';

const NOW = Date.UTC(2026, 10, 21, 12);
const SECONDS = NOW / 1000;
const HOUR_MS = 3600 * 1000;
const CLAIMS = { iss: 'https://issuer.example', aud: 'images', sub: 'alice', iat: SECONDS, exp: SECONDS + 600 };

// the library reads the system clock
beforeEach(() => { jest.spyOn(Date, 'now').mockReturnValue(NOW); });
afterEach(() => jest.restoreAllMocks());

let issuer: Issuer;
let time: number;
beforeEach(() => { issuer = new Issuer(); time = NOW; });

const verifier = (more: Partial<AuthorizerConfiguration> = {}) => new TokenVerifier(
  { issuer: issuer.url, audience: ['images'], algorithms: ['RS256'], clockToleranceSeconds: 0, ...more }, issuer.fetchJson, () => time,
);
const tampered = (token: string, part: number, change: (json: Record<string, unknown>) => void) => {
  const parts = token.split('.');
  const json = JSON.parse(Buffer.from(parts[part], 'base64url').toString()) as Record<string, unknown>;
  change(json);
  parts[part] = Buffer.from(JSON.stringify(json)).toString('base64url');
  return parts.join('.');
};

describe('verify', () => {
  it('returns the user of a valid token', async () => {
    expect(await verifier().verify(issuer.token(CLAIMS))).toEqual({ iss: 'https://issuer.example', sub: 'alice' });
  });

  it.each(['ES256', 'EdDSA'] as const)('accepts another algorithm only if it is configured: %s', async (algorithm) => {
    issuer.rotate('other', algorithm);
    expect(await verifier({ algorithms: [algorithm] }).verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
    await expect(verifier().verify(issuer.token(CLAIMS))).rejects.toThrow(new InvalidTokenError('algorithm'));
  });

  it('accepts one of several audiences', async () => {
    expect(await verifier({ audience: ['other', 'images'] }).verify(issuer.token({ ...CLAIMS, aud: ['x', 'images'] }))).toHaveProperty('sub', 'alice');
  });

  it('accepts one of the configured scopes', async () => {
    const tokens = verifier({ scopes: ['images.read', 'images.write'] });
    expect(await tokens.verify(issuer.token({ ...CLAIMS, scope: 'openid images.write' }))).toHaveProperty('sub', 'alice');
    for (const scope of [undefined, 'openid', 'images.writes']) await expect(tokens.verify(issuer.token({ ...CLAIMS, scope }))).rejects.toThrow(InvalidTokenError);
  });

  it('accepts times within the clock tolerance', async () => {
    const late = issuer.token({ ...CLAIMS, exp: SECONDS - 20 });
    const early = issuer.token({ ...CLAIMS, nbf: SECONDS + 20 });
    for (const token of [late, early]) {
      expect(await verifier({ clockToleranceSeconds: 30 }).verify(token)).toHaveProperty('sub', 'alice');
      await expect(verifier({ clockToleranceSeconds: 10 }).verify(token)).rejects.toThrow(InvalidTokenError);
    }
  });
});

describe('verify rejects', () => {
  const cases: Readonly<Record<string, () => string>> = {
    'an expired token': () => issuer.token({ ...CLAIMS, exp: SECONDS - 1 }),
    'a token without an expiration time': () => issuer.token({ ...CLAIMS, exp: undefined }),
    'a token that is not valid yet': () => issuer.token({ ...CLAIMS, nbf: SECONDS + 60 }),
    'a token for another audience': () => issuer.token({ ...CLAIMS, aud: 'other' }),
    'a token for no audience': () => issuer.token({ ...CLAIMS, aud: undefined }),
    'a token that names another issuer': () => issuer.token({ ...CLAIMS, iss: 'https://issuer.example.evil' }),
    'a token without a subject': () => issuer.token({ ...CLAIMS, sub: undefined }),
    'a token with an empty subject': () => issuer.token({ ...CLAIMS, sub: '' }),
    'a token of another issuer with the same key id': () => new Issuer().token(CLAIMS),
    'a token with a changed subject': () => tampered(issuer.token(CLAIMS), 1, (claims) => { claims.sub = 'bob'; }),
    'a token with a changed algorithm': () => tampered(issuer.token(CLAIMS), 0, (header) => { header.alg = 'ES256'; }),
    'a token with a critical extension': () => issuer.token(CLAIMS, { crit: ['b64'], b64: false }),
    'a token with an embedded key': () => tampered(new Issuer().token(CLAIMS), 0, (header) => { header.jwk = {}; header.jku = 'https://evil.example/keys'; }),
    'an unsigned token, alg none': () => issuer.unsignedToken(CLAIMS, 'none'),
    'an unsigned token, alg NoNe': () => `${issuer.unsignedToken(CLAIMS, 'NoNe')}AA`,
    'a token signed with the public key as a secret': () => issuer.hmacToken(CLAIMS),
    'a token without a key id': () => issuer.token(CLAIMS, { kid: undefined }),
    'a token with an unknown key id': () => issuer.token(CLAIMS, { kid: 'unknown' }),
    'a truncated token': () => issuer.token(CLAIMS).slice(0, -5),
    'a token of two parts': () => issuer.token(CLAIMS).split('.').slice(0, 2).join('.'),
    'a malformed token': () => 'not.a.token',
    'an empty token': () => '',
    'a token of one megabyte': () => `${'a'.repeat(1_000_000)}.b.c`,
  };

  it.each(Object.keys(cases))('%s', async (name) => {
    await expect(verifier({ algorithms: ['RS256', 'ES256'] }).verify(cases[name]())).rejects.toThrow(InvalidTokenError);
  });

  it.each([[8_192, 'JwtParseError'], [8_193, 'too long']])('a token of %i characters with the reason %s', async (length, reason) => {
    await expect(verifier().verify('a'.repeat(length))).rejects.toThrow(new InvalidTokenError(reason));
  });

  it('without quoting a claim', async () => {
    const reason = await verifier().verify(issuer.token({ ...CLAIMS, aud: 'secret-audience' })).catch((error: Error) => error.message);
    expect(reason).toBe('JwtInvalidAudienceError');
  });
});

describe('keys', () => {
  it('are fetched once for many tokens, from the URL of the discovery document', async () => {
    const tokens = verifier();
    await Promise.all(Array.from({ length: 5 }, () => tokens.verify(issuer.token(CLAIMS))));
    await tokens.verify(issuer.token(CLAIMS));
    expect(issuer.fetched).toEqual(['https://issuer.example/.well-known/openid-configuration', 'https://issuer.example/keys']);
  });

  it('are fetched from the configured URL', async () => {
    await verifier({ jwksUri: 'https://keys.example/all' }).verify(issuer.token(CLAIMS));
    expect(issuer.fetched).toEqual(['https://keys.example/all']);
  });

  it.each(['https://issuer.example/', 'https://issuer.example/tenant/v2.0'])('are discovered below an issuer URL such as %s', async (url) => {
    issuer = new Issuer(url);
    expect(await verifier().verify(issuer.token({ ...CLAIMS, iss: url }))).toHaveProperty('iss', url);
    expect(issuer.fetched[0]).toBe(`${url.replace(/\/$/, '')}/.well-known/openid-configuration`);
  });

  it('are fetched again for a new key id', async () => {
    const tokens = verifier();
    await tokens.verify(issuer.token(CLAIMS));
    issuer.rotate('second');
    expect(await tokens.verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
  });

  it('are fetched again after one hour, so that withdrawn keys are rejected', async () => {
    const tokens = verifier();
    const token = issuer.token({ ...CLAIMS, exp: SECONDS + 7200 });
    await tokens.verify(token);
    issuer.rotate('second');
    time += HOUR_MS - 1;
    expect(await tokens.verify(token)).toHaveProperty('sub', 'alice');
    time += 1;
    await expect(tokens.verify(token)).rejects.toThrow(InvalidTokenError);
  });

  it('are not fetched again for every unknown key id', async () => {
    const tokens = verifier();
    await tokens.verify(issuer.token(CLAIMS));
    for (let index = 0; index < 5; index++) await expect(tokens.verify(issuer.token(CLAIMS, { kid: `made-up-${index}` }))).rejects.toThrow(InvalidTokenError);
    expect(issuer.fetched).toHaveLength(3);
    expect(await tokens.verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
  });

  it.each([{ kty: 'RSA', alg: null, kid: 'x' }, { kty: 7 }, null, 'key'])('are used even if one of them is malformed: %j', async (key) => {
    const usable = JSON.parse(new TextDecoder().decode(await issuer.fetchJson('https://issuer.example/keys'))) as { keys: object[] };
    issuer.nextDocuments.push(() => undefined, () => ({ keys: [key, ...usable.keys] }));
    expect(await verifier().verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
  });

  it('are not fetched again after a failure that ends when newer keys are in use', async () => {
    let fail = (_error: Error) => {};
    const pending = new Promise<ArrayBuffer>((_resolve, reject) => { fail = reject; });
    const fetch = jest.fn(issuer.fetchJson).mockReturnValueOnce(pending);
    const tokens = new TokenVerifier({ issuer: issuer.url, audience: ['images'], algorithms: ['RS256'], clockToleranceSeconds: 0 }, fetch, () => time);
    const first = tokens.verify(issuer.token(CLAIMS));
    time += HOUR_MS;
    await tokens.verify(issuer.token(CLAIMS));
    fail(new Error('no connection'));
    await expect(first).rejects.toThrow(KeysUnavailableError);
    await tokens.verify(issuer.token(CLAIMS));
    expect(issuer.fetched).toEqual(['https://issuer.example/.well-known/openid-configuration', 'https://issuer.example/keys']);
  });

  const failures: Readonly<Record<string, { readonly documents: (() => unknown)[]; readonly reason: string }>> = {
    'the issuer does not respond': { documents: [() => { throw new Error('no connection'); }], reason: 'the issuer does not respond' },
    'its keys cannot be fetched': { documents: [() => undefined, () => { throw new Error('no connection'); }], reason: 'the issuer does not respond' },
    'its keys are not a list': { documents: [() => undefined, () => ({ keys: 'none' })], reason: 'the keys of the issuer are malformed' },
    'its keys are not JSON': { documents: [() => undefined, () => '<html>'], reason: 'a document of the issuer is not JSON' },
    'its discovery document is not JSON': { documents: [() => '<html>'], reason: 'a document of the issuer is not JSON' },
    'its discovery document names another issuer': {
      documents: [() => ({ issuer: 'https://evil.example', jwks_uri: 'https://evil.example/keys' })], reason: 'the discovery document names another issuer',
    },
    'its discovery document has no URL of keys': {
      documents: [() => ({ issuer: 'https://issuer.example' })], reason: 'the discovery document has no jwks_uri with https://',
    },
    'its discovery document has a URL of keys without TLS': {
      documents: [() => ({ issuer: 'https://issuer.example', jwks_uri: 'http://issuer.example/keys' })],
      reason: 'the discovery document has no jwks_uri with https://',
    },
  };

  it.each(Object.keys(failures))('are fetched again after a KeysUnavailableError when %s', async (name) => {
    const { documents, reason } = failures[name];
    issuer.nextDocuments.push(...documents);
    const tokens = verifier();
    const error: unknown = await tokens.verify(issuer.token(CLAIMS)).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(KeysUnavailableError);
    expect(error).toHaveProperty('message', reason);
    expect(await tokens.verify(issuer.token(CLAIMS))).toHaveProperty('sub', 'alice');
  });
});

import * as path from 'node:path';
import { buildSync } from 'esbuild';
import type * as SignIn from '../../../src/playground/auth/sign-in';
import { type PlaygroundSignIn } from '../../../src/private/contract/playground';

/** The module as browsers load it. Jest cannot load the ECMAScript modules of oauth4webapi. */
function loadModule(): typeof SignIn {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(__dirname, '../../../src/playground/auth/sign-in.ts')], bundle: true, format: 'cjs', write: false, target: 'es2022',
  });
  const module = { exports: {} as typeof SignIn };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  new Function('module', 'exports', outputFiles[0].text)(module, module.exports);
  return module.exports;
}

const { finishSignIn, refreshTokens, signOutUrl, startSignIn } = loadModule();
const PAGE = 'https://images.example.com/';
const AUTH: PlaygroundSignIn = {
  type: 'cognito', domain: 'https://users.auth.example.com', clientId: 'client', issuer: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_x', scopes: ['openid', 'images/generate'], token: 'id',
};
const PENDING = { verifier: 'v'.repeat(43), state: 'the-state', nonce: 'the-nonce', fragment: '' };
const callback = (query: string) => ({ parameters: new URLSearchParams(query), pending: PENDING });
const now = () => Math.floor(Date.now() / 1000);

function idToken(claims: object = {}): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const all = { iss: AUTH.issuer, aud: 'client', sub: 'u', nonce: PENDING.nonce, iat: now(), exp: now() + 3600, email: 'alice@example.com', ...claims };
  return `${encode({ alg: 'RS256', kid: 'k' })}.${encode(all)}.c2ln`;
}

const tokenResponse = (changes: object = {}) => ({ access_token: 'access', id_token: idToken(), refresh_token: 'refresh', token_type: 'Bearer', expires_in: 3600, ...changes });

function respond(status: number, body: object): jest.SpyInstance {
  return jest.spyOn(globalThis, 'fetch').mockImplementation(async () => (
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json;charset=UTF-8' } })));
}

afterEach(() => jest.restoreAllMocks());

describe('the redirect to the sign-in page', () => {
  it('has the code challenge of the verifier, a state and a nonce, and no secret', async () => {
    const { url, pending } = await startSignIn(AUTH, PAGE);
    const { origin, pathname, searchParams } = new URL(url);
    const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(pending.verifier))).toString('base64url');
    expect(`${origin}${pathname}`).toBe('https://users.auth.example.com/oauth2/authorize');
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code', client_id: 'client', redirect_uri: PAGE, scope: 'openid images/generate', state: pending.state, nonce: pending.nonce, code_challenge: challenge, code_challenge_method: 'S256',
    });
    expect(url).not.toContain(pending.verifier);
  });

  it('has other values each time', async () => {
    const [one, other] = [await startSignIn(AUTH, PAGE), await startSignIn(AUTH, PAGE)];
    for (const name of ['verifier', 'state', 'nonce'] as const) expect(one.pending[name]).not.toBe(other.pending[name]);
  });
});

describe('the redirect to the page', () => {
  it('is exchanged for tokens with the verifier', async () => {
    const fetched = respond(200, tokenResponse());
    expect(await finishSignIn(AUTH, PAGE, callback('code=c&state=the-state'))).toMatchObject({ id: expect.any(String), access: 'access', refresh: 'refresh', user: 'alice@example.com' });
    const [url, { method, body }] = fetched.mock.calls[0] as [string, { method: string; body: URLSearchParams }];
    expect([method, url]).toEqual(['POST', 'https://users.auth.example.com/oauth2/token']);
    expect(Object.fromEntries(body)).toEqual({ grant_type: 'authorization_code', code: 'c', client_id: 'client', redirect_uri: PAGE, code_verifier: PENDING.verifier });
  });

  it.each<[string, string, string]>([
    ['denied', 'the user cancelled', 'error=access_denied&state=the-state'],
    ['refused', 'the app client has no such scope', 'error=invalid_request&error_description=invalid_scope&state=the-state'],
    ['mismatch', 'the state is another one', 'code=c&state=another'],
    ['mismatch', 'the state is missing', 'code=c'],
    ['mismatch', 'an error has another state', 'error=access_denied&state=another'],
    ['invalid', 'the issuer is another one', 'code=c&state=the-state&iss=https://example.com'],
  ])('is %s, and sends nothing, if %s', async (problem, _, query) => {
    const fetched = respond(200, tokenResponse());
    await expect(finishSignIn(AUTH, PAGE, callback(query))).rejects.toMatchObject({ problem });
    expect(fetched).not.toHaveBeenCalled();
  });

  it('is not used if this tab has not started it', async () => {
    const fetched = respond(200, tokenResponse());
    await expect(finishSignIn(AUTH, PAGE, { parameters: new URLSearchParams('code=c&state=the-state') })).rejects.toMatchObject({ problem: 'notStarted' });
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each<[string, number, object]>([
    ['expired', 400, { error: 'invalid_grant' }],
    ['refused', 400, { error: 'invalid_client' }],
    ['unreachable', 503, { message: 'unavailable' }],
    ['invalid', 200, tokenResponse({ id_token: undefined })],
    ['invalid', 200, tokenResponse({ id_token: idToken({ nonce: 'another' }) })],
    ['invalid', 200, tokenResponse({ id_token: idToken({ nonce: undefined }) })],
    ['invalid', 200, tokenResponse({ id_token: idToken({ iss: 'https://cognito-idp.us-west-2.amazonaws.com/us-west-2_other' }) })],
    ['invalid', 200, tokenResponse({ id_token: idToken({ aud: 'another' }) })],
    ['invalid', 200, tokenResponse({ id_token: idToken({ exp: now() - 3600 }) })],
  ])('is %s after %s %j', async (problem, status, body) => {
    respond(status, body);
    await expect(finishSignIn(AUTH, PAGE, callback('code=c&state=the-state'))).rejects.toMatchObject({ problem });
  });

  it('is unreachable without a connection', async () => {
    jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(finishSignIn(AUTH, PAGE, callback('code=c&state=the-state'))).rejects.toMatchObject({ problem: 'unreachable' });
  });

  it('needs TLS, except for a user pool of this machine', async () => {
    const fetched = respond(200, tokenResponse());
    await expect(finishSignIn({ ...AUTH, domain: 'http://users.example.com' }, PAGE, callback('code=c&state=the-state'))).rejects.toMatchObject({ problem: 'invalid' });
    expect(fetched).not.toHaveBeenCalled();
    expect(await finishSignIn({ ...AUTH, domain: 'http://127.0.0.1:4566' }, PAGE, callback('code=c&state=the-state'))).toMatchObject({ access: 'access' });
  });
});

describe('the refresh of tokens', () => {
  const tokens = { id: 'old', access: 'old', refresh: 'refresh', user: 'alice@example.com' };

  it('keeps the refresh token, or takes a new one', async () => {
    const fetched = respond(200, tokenResponse({ refresh_token: undefined, id_token: idToken({ nonce: undefined }) }));
    expect(await refreshTokens(AUTH, tokens)).toEqual({ id: expect.stringMatching(/^ey/), access: 'access', refresh: 'refresh', user: 'alice@example.com' });
    expect(Object.fromEntries((fetched.mock.calls[0] as [string, { body: URLSearchParams }])[1].body)).toEqual({ grant_type: 'refresh_token', refresh_token: 'refresh', client_id: 'client' });
    respond(200, tokenResponse({ refresh_token: 'rotated' }));
    expect(await refreshTokens(AUTH, tokens)).toMatchObject({ refresh: 'rotated' });
  });

  it.each<[string, () => void]>([
    ['is refused', () => respond(400, { error: 'invalid_grant' })],
    ['has a token of another user pool', () => respond(200, tokenResponse({ id_token: idToken({ iss: 'https://example.com' }) }))],
  ])('ends the session if it %s', async (_, prepare) => {
    prepare();
    expect(await refreshTokens(AUTH, tokens)).toBeUndefined();
  });

  it('ends the session without a refresh token', async () => {
    const { refresh: _, ...others } = tokens;
    expect(await refreshTokens(AUTH, others)).toBeUndefined();
  });

  it('throws if the user pool does not respond, which does not end the session', async () => {
    respond(503, {});
    await expect(refreshTokens(AUTH, tokens)).rejects.toMatchObject({ problem: 'unreachable' });
  });
});

it('signs out at the user pool, and returns to the page', () => {
  expect(signOutUrl(AUTH, PAGE)).toBe('https://users.auth.example.com/logout?client_id=client&logout_uri=https%3A%2F%2Fimages.example.com%2F');
});

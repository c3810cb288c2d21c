import { createSession as createWith } from '../../../src/playground/auth/create-session';
import { credentialsOf } from '../../../src/playground/auth/credentials';
import { type SignInBrowser } from '../../../src/playground/auth/session';
import type { PlaygroundAuth } from '../../../src/private/contract/playground';

const createSession = (auth: PlaygroundAuth) => createWith(auth, {} as SignInBrowser, () => '');

function headersOf(auth: PlaygroundAuth, values: readonly string[]): Record<string, string> {
  const session = createSession(auth);
  session.open(values);
  const headers = new Headers();
  session.authorize(headers);
  return Object.fromEntries(headers);
}

describe('the session', () => {
  it.each<[string, PlaygroundAuth, string[], Record<string, string>]>([
    ['an API key', { type: 'apiKey' }, [' key\n'], { 'x-api-key': 'key' }],
    ['a token', { type: 'bearer' }, ['a.b.c'], { authorization: 'Bearer a.b.c' }],
    ['a token with its scheme', { type: 'bearer' }, ['bearer  a.b.c'], { authorization: 'Bearer a.b.c' }],
    ['headers', { type: 'headers', headers: ['Authorization', 'X-Tenant'] }, ['Basic eA==', 't1'], { 'authorization': 'Basic eA==', 'x-tenant': 't1' }],
    ['nothing', { type: 'none' }, [], {}],
  ])('adds %s to requests', (_, auth, values, expected) => {
    expect(headersOf(auth, values)).toEqual(expected);
  });

  it('removes characters that a header cannot contain', () => {
    expect(headersOf({ type: 'apiKey' }, ['k\u00e9\u200by\r\nx: y'])).toEqual({ 'x-api-key': 'kyx: y' });
  });

  it('is open without credentials only for an API that needs none', () => {
    expect(createSession({ type: 'none' }).state.value).toBe('open');
    expect(createSession({ type: 'apiKey' }).state.value).toBe('closed');
  });

  it('can be opened again after the API rejected the credentials', () => {
    const session = createSession({ type: 'apiKey' });
    session.open(['a']);
    session.reject();
    expect(session.state.value).toBe('rejected');
    session.open(['b']);
    expect(session.state.value).toBe('open');
    const open = createSession({ type: 'none' });
    open.reject();
    expect(open.state.value).toBe('open');
  });

  it('has no member that contains the credentials', () => {
    const session = createSession({ type: 'apiKey' });
    session.open(['secret-key']);
    expect(JSON.stringify(session)).not.toContain('secret-key');
    expect(Object.values(session).map(String).join()).not.toContain('secret-key');
  });

  it('is called by the word for its credentials', () => {
    expect([credentialsOf({ type: 'none' }), credentialsOf({ type: 'apiKey' }), credentialsOf({ type: 'bearer' })]).toEqual(['none', 'key', 'token']);
  });
});

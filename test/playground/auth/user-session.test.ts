import { createSession } from '../../../src/playground/auth/create-session';
import { type Session, type SignInBrowser } from '../../../src/playground/auth/session';
import type * as SignIn from '../../../src/playground/auth/sign-in';
import { SignInError } from '../../../src/playground/auth/sign-in-error';
import { type PlaygroundSignIn } from '../../../src/private/contract/playground';

const AUTH: PlaygroundSignIn = { type: 'cognito', domain: 'https://d', clientId: 'c', issuer: 'https://i', scopes: ['openid'], token: 'id' };
const CALLBACK = { parameters: new URLSearchParams('code=c&state=s') };
const TOKENS = { id: 'id-1', access: 'access-1', refresh: 'refresh-1', user: 'alice@example.com' };

interface Fake {
  readonly session: Session;
  readonly protocol: jest.Mocked<Pick<typeof SignIn, 'startSignIn' | 'finishSignIn' | 'refreshTokens' | 'signOutUrl'>>;
  readonly browser: jest.Mocked<Pick<SignInBrowser, 'keep' | 'discard' | 'leave'>>;
}

function create({ auth = AUTH, callback, finish = async () => TOKENS }: { auth?: PlaygroundSignIn; callback?: SignInBrowser['callback']; finish?: typeof SignIn.finishSignIn } = {}): Fake {
  const protocol = {
    startSignIn: jest.fn(async () => ({ url: 'https://d/oauth2/authorize', pending: { verifier: 'v', state: 's', nonce: 'n' } })),
    finishSignIn: jest.fn(finish),
    refreshTokens: jest.fn(async () => ({ ...TOKENS, id: 'id-2', access: 'access-2' })),
    signOutUrl: jest.fn(() => 'https://d/logout'),
  };
  const browser = { keep: jest.fn(), discard: jest.fn(), leave: jest.fn() };
  const session = createSession(auth, { ...browser, redirectUri: 'https://p/', load: async () => protocol, ...(callback && { callback }) }, () => '#/create?prompt=a');
  return { session, protocol, browser } as unknown as Fake;
}

async function signedIn(options: Parameters<typeof create>[0] = {}): Promise<Fake> {
  const fake = create({ callback: CALLBACK, ...options });
  await new Promise((resolve) => { setTimeout(resolve); });
  return fake;
}

function headersOf(session: Session): Headers {
  const headers = new Headers();
  session.authorize(headers);
  return headers;
}
const bearer = (session: Session) => headersOf(session).get('authorization');

describe('sign-in', () => {
  it('keeps the fragment and leaves the page', async () => {
    const { session, browser } = create();
    expect(session.state.value).toBe('closed');
    const signIn = session.userSession!.signIn();
    expect(session.userSession!.isBusy.value).toBe(true);
    await signIn;
    expect(browser.keep.mock.calls).toEqual([[{ verifier: 'v', state: 's', nonce: 'n', fragment: '#/create?prompt=a' }]]);
    expect(browser.leave.mock.calls).toEqual([['https://d/oauth2/authorize']]);
  });

  it('does not leave the page if the browser blocks its storage', async () => {
    const { session, browser } = create();
    browser.keep.mockImplementation(() => { throw new Error('blocked'); });
    await session.userSession!.signIn();
    expect(browser.leave).not.toHaveBeenCalled();
    expect([session.userSession!.problem.value, session.userSession!.isBusy.value]).toEqual(['storage', false]);
  });

  it('opens the session with the token that the API accepts', async () => {
    const { session } = await signedIn();
    expect([session.state.value, session.userSession!.user.value, session.userSession!.isBusy.value, bearer(session)]).toEqual(['open', 'alice@example.com', false, 'Bearer id-1']);
    expect(bearer((await signedIn({ auth: { ...AUTH, token: 'access' } })).session)).toBe('Bearer access-1');
  });

  it('says why it has failed, and can be started again', async () => {
    const { session, browser } = await signedIn({ finish: async () => { throw new SignInError('mismatch'); } });
    expect([session.state.value, session.userSession!.problem.value, bearer(session)]).toEqual(['closed', 'mismatch', null]);
    await session.userSession!.signIn();
    expect([session.userSession!.problem.value, browser.leave.mock.calls.length]).toEqual([undefined, 1]);
  });

  it('has functions that components can take out of it', async () => {
    const { session, browser } = await signedIn();
    const { reject, authorize, renew, userSession } = session;
    const { signOut, onPageHide, onPageShow } = userSession!;
    const headers = new Headers();
    authorize(headers);
    expect(headers.get('authorization')).toBe('Bearer id-1');
    expect(await renew(new Headers())).toBe(true);
    reject();
    expect(session.state.value).toBe('rejected');
    expect(onPageShow()).toBe(false);
    await signOut();
    onPageHide();
    expect([browser.leave.mock.calls.length, onPageShow()]).toEqual([1, true]);
  });

  it('has no member that contains the tokens', async () => {
    const { session } = await signedIn();
    expect(JSON.stringify(session)).not.toMatch(/(id|access|refresh)-1/);
  });
});

describe('rejected tokens', () => {
  it('are renewed once for requests at the same time', async () => {
    const { session, protocol } = await signedIn();
    const old = headersOf(session);
    expect(await Promise.all([session.renew(old), session.renew(old)])).toEqual([true, true]);
    expect(await session.renew(old)).toBe(true);
    expect(protocol.refreshTokens).toHaveBeenCalledTimes(1);
    expect(bearer(session)).toBe('Bearer id-2');
  });

  it('end the session if they cannot be renewed', async () => {
    const { session, protocol } = await signedIn();
    protocol.refreshTokens.mockResolvedValue(undefined);
    expect(await session.renew(headersOf(session))).toBe(false);
    session.reject();
    expect(session.state.value).toBe('rejected');
  });

  it('can be renewed later if the user pool does not respond', async () => {
    const { session, protocol } = await signedIn();
    protocol.refreshTokens.mockRejectedValueOnce(new SignInError('unreachable'));
    await expect(session.renew(headersOf(session))).rejects.toThrow();
    expect([session.state.value, await session.renew(headersOf(session))]).toEqual(['open', true]);
  });

  it('are not renewed without a sign-in', async () => {
    const { session, protocol } = create();
    session.reject();
    expect([await session.renew(new Headers()), session.state.value, protocol.refreshTokens.mock.calls.length]).toEqual([false, 'closed', 0]);
  });
});

describe('the back button', () => {
  it('forgets the tokens after sign-out, and loads the page again', async () => {
    const { session, browser } = await signedIn();
    await session.userSession!.signOut();
    expect(browser.leave.mock.calls).toEqual([['https://d/logout']]);
    session.userSession!.onPageHide();
    expect(bearer(session)).toBeNull();
    expect(session.userSession!.onPageShow()).toBe(true);
  });

  it('from the sign-in page shows the page as it was', async () => {
    const { session, browser } = await signedIn();
    await session.userSession!.signIn();
    session.userSession!.onPageHide();
    expect([session.userSession!.onPageShow(), session.userSession!.isBusy.value, bearer(session), browser.discard.mock.calls.length]).toEqual([false, false, 'Bearer id-1', 1]);
  });
});

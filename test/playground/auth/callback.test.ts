import { keepPending, takeCallback } from '../../../src/playground/auth/callback';

const PENDING = { verifier: 'v', state: 's', nonce: 'n', fragment: '#/create?prompt=a+fox' };

function browserAt(search: string, stored: Record<string, string> = {}, hash = '') {
  const items = new Map(Object.entries(stored));
  const replaceState = jest.fn();
  const storage = () => ({
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => { items.set(key, value); },
    removeItem: (key: string) => { items.delete(key); },
  });
  return { items, replaceState, browser: { location: { search, hash, pathname: '/' }, history: { replaceState }, storage } };
}

describe('the redirect of a sign-in', () => {
  it('is removed from the URL and from the storage, and the fragment returns', () => {
    const { browser, items, replaceState } = browserAt('?code=c&state=s');
    keepPending(browser.storage, PENDING);
    expect(items.size).toBe(1);
    const callback = takeCallback(browser)!;
    expect([callback.parameters.toString(), callback.pending]).toEqual(['code=c&state=s', PENDING]);
    expect(items.size).toBe(0);
    expect(replaceState.mock.calls).toEqual([[null, '', '/#/create?prompt=a+fox']]);
  });

  it('has an error, or nothing of this tab', () => {
    const { browser, replaceState } = browserAt('?error=access_denied&state=s', {}, '#/gallery');
    expect(takeCallback(browser)).toEqual({ parameters: new URLSearchParams('error=access_denied&state=s') });
    expect(replaceState.mock.calls).toEqual([[null, '', '/#/gallery']]);
  });

  it('is no callback without a query, and what was kept is removed', () => {
    const { browser, items, replaceState } = browserAt('', { 'sign-in': JSON.stringify(PENDING) });
    expect(takeCallback(browser)).toBeUndefined();
    expect(items.size).toBe(0);
    expect(replaceState).not.toHaveBeenCalled();
  });

  it('removes any other query', () => {
    const { browser, replaceState } = browserAt('?utm_source=x');
    expect(takeCallback(browser)).toBeUndefined();
    expect(replaceState.mock.calls).toEqual([[null, '', '/']]);
  });

  it.each(['{', 'null', '{"verifier":"v"}', JSON.stringify({ ...PENDING, fragment: '//example.com' }), JSON.stringify({ ...PENDING, state: 1 })])(
    'ignores %s in the storage', (text) => {
      expect(takeCallback(browserAt('?code=c&state=s', { 'sign-in': text }).browser)).not.toHaveProperty('pending');
    },
  );

  it('works without storage', () => {
    const { browser } = browserAt('?code=c&state=s');
    const storage = () => { throw new DOMException('denied', 'SecurityError'); };
    expect(takeCallback({ ...browser, storage })).toEqual({ parameters: new URLSearchParams('code=c&state=s') });
  });
});

/** The redirect to the sign-in page and back. During it, `sessionStorage` has what the page needs afterwards; otherwise it is empty. */

/** What the page keeps during the redirect. */
export interface PendingSignIn {
  /** The PKCE verifier. */
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  /** Fragment of the URL, with the draft. */
  readonly fragment: string;
}

/** The result of the redirect. */
export interface Callback {
  /** Query of the URL, with `code` and `state`, or with `error`. */
  readonly parameters: URLSearchParams;
  /** Absent if this tab has not started a sign-in. */
  readonly pending?: PendingSignIn;
}

/** What this file needs of the browser. */
export interface CallbackBrowser {
  readonly location: { readonly search: string; readonly hash: string; readonly pathname: string };
  readonly history: { replaceState(state: null, unused: string, url: string): void };
  /** Throws if the user blocks storage. */
  readonly storage: () => ItemStorage;
}

/** `sessionStorage`. */
export interface ItemStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const KEY = 'sign-in';

/** Takes the result of a redirect from the URL and from the storage, which have nothing of it afterwards. Restores the fragment. */
export function takeCallback({ location: { search, hash, pathname }, history, storage }: CallbackBrowser): Callback | undefined {
  const pending = takePending(storage);
  if (search === '') return undefined;
  history.replaceState(null, '', `${pathname}${pending?.fragment ?? hash}`);
  const parameters = new URLSearchParams(search);
  return parameters.has('code') || parameters.has('error') ? { parameters, ...(pending && { pending }) } : undefined;
}

/** Keeps what the page needs after the redirect. Throws if the user blocks storage. */
export function keepPending(storage: CallbackBrowser['storage'], pending: PendingSignIn): void {
  storage().setItem(KEY, JSON.stringify(pending));
}

/** Removes and returns what was kept. */
export function takePending(storage: CallbackBrowser['storage']): PendingSignIn | undefined {
  try {
    const text = storage().getItem(KEY);
    if (text === null) return undefined;
    storage().removeItem(KEY);
    const value: unknown = JSON.parse(text);
    return isPending(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPending(value: unknown): value is PendingSignIn {
  if (typeof value !== 'object' || value === null) return false;
  const { verifier, state, nonce, fragment } = value as Partial<Record<keyof PendingSignIn, unknown>>;
  return [verifier, state, nonce, fragment].every((text) => typeof text === 'string') && /^(#|$)/.test(String(fragment));
}

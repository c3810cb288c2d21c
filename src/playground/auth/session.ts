/** The credentials of the user. They stay in the closures of this file: no other module can read them, and nothing stores or logs them. */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { type Callback, type PendingSignIn } from './callback';
import { type CredentialField, credentialFields, headerValue } from './credentials';
import type * as SignIn from './sign-in';
import { SignInError, type SignInProblem } from './sign-in-error';
import { type PlaygroundAuth, type PlaygroundSignIn } from '../../private/contract/playground';

/**
 * - `closed`: no credentials
 * - `open`: credentials, which the API has not rejected
 * - `rejected`: the API rejected the credentials
 */
export type SessionState = 'closed' | 'open' | 'rejected';

export interface Session {
  readonly auth: PlaygroundAuth;
  readonly state: ReadonlySignal<SessionState>;
  /** Fields of the first screen. Empty for sign-in, and for an API without credentials. */
  readonly fields: readonly CredentialField[];
  /** Sign-in of users. Absent for other credentials. */
  readonly users?: UserSession;
  /** Starts to use credentials, in the order of the fields. */
  open(values: readonly string[]): void;
  /** The API rejected the credentials. */
  reject(): void;
  /** Adds the credentials to the headers of a request. */
  authorize(headers: Headers): void;
  /** The API rejected the headers of a request. Returns whether there are newer credentials. Throws if the user pool does not respond. */
  renew(headers: Headers): Promise<boolean>;
}

/** Sign-in of users by redirects. */
export interface UserSession {
  /** Email address or name of the user. */
  readonly user: ReadonlySignal<string | undefined>;
  /** Whether a redirect is on its way, or its result is checked. */
  readonly isBusy: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<SignInProblem | undefined>;
  signIn(): Promise<void>;
  signOut(): Promise<void>;
  /** The browser keeps the page in memory, for its back button. */
  hidden(): void;
  /** The page is shown again by the back button. Returns whether it must be loaded again, because the user has signed out. */
  shown(): boolean;
}

/** What sign-in needs of the browser. */
export interface SignInBrowser {
  /** The redirect from which the page was loaded. */
  readonly callback?: Callback;
  /** URL of the page without its fragment. */
  readonly redirectUri: string;
  readonly load: () => Promise<typeof SignIn>;
  readonly keep: (pending: PendingSignIn) => void;
  readonly discard: () => void;
  /** Leaves the page. */
  readonly leave: (url: string) => void;
}

/** `fragment`: returns the fragment to which the sign-in returns. */
export function createSession(auth: PlaygroundAuth, browser: SignInBrowser, fragment: () => string): Session {
  return auth.type === 'cognito' ? createUserSession(auth, browser, fragment) : createPastedSession(auth);
}

function createPastedSession(auth: PlaygroundAuth): Session {
  const fields = credentialFields(auth);
  const state = signal<SessionState>(fields.length === 0 ? 'open' : 'closed');
  let credentials: readonly (readonly [string, string])[] = [];
  return {
    auth,
    state,
    fields,
    open(values) {
      credentials = fields.map(({ header }, index) => [header, headerValue(auth, values[index] ?? '')]);
      state.value = 'open';
    },
    reject() {
      if (fields.length > 0) state.value = 'rejected';
    },
    authorize: (headers) => credentials.forEach(([name, value]) => headers.set(name, value)),
    renew: async () => false,
  };
}

function createUserSession(auth: PlaygroundSignIn, browser: SignInBrowser, fragment: () => string): Session {
  const { callback, redirectUri, load } = browser;
  const state = signal<SessionState>('closed');
  const user = signal<string | undefined>(undefined);
  const isBusy = signal(false);
  const problem = signal<SignInProblem | undefined>(undefined);
  let tokens: SignIn.Tokens | undefined;
  let renewal: Promise<boolean> | undefined;
  let signedOut = false;
  const header = () => tokens && `Bearer ${auth.token === 'id' ? tokens.id : tokens.access}`;

  /** Runs a step of the sign-in. If it fails, the first screen says why. */
  async function step(action: () => Promise<void>): Promise<void> {
    if (isBusy.peek()) return;
    isBusy.value = true;
    problem.value = undefined;
    try {
      await action();
    } catch (error) {
      // a file of the page that cannot be loaded is no SignInError
      problem.value = error instanceof SignInError ? error.problem : 'unreachable';
      isBusy.value = false;
    }
  }

  async function refresh(): Promise<boolean> {
    const renewed = tokens && await (await load()).refreshTokens(auth, tokens);
    if (renewed) tokens = renewed;
    return renewed !== undefined;
  }

  const session: Session = {
    auth,
    state,
    fields: [],
    open: () => undefined,
    reject() {
      if (tokens) state.value = 'rejected';
    },
    authorize(headers) {
      const value = header();
      if (value !== undefined) headers.set('authorization', value);
    },
    async renew(headers) {
      if (!tokens) return false;
      // another request has renewed them in the meantime
      if (headers.get('authorization') !== header()) return true;
      renewal ??= refresh().finally(() => { renewal = undefined; });
      return renewal;
    },
    users: {
      user,
      isBusy,
      problem,
      signIn: () => step(async () => {
        const { url, pending } = await (await load()).startSignIn(auth, redirectUri);
        try {
          browser.keep({ ...pending, fragment: fragment() });
        } catch {
          throw new SignInError('storage');
        }
        browser.leave(url);
      }),
      signOut: () => step(async () => {
        const { signOutUrl } = await load();
        signedOut = true;
        browser.leave(signOutUrl(auth, redirectUri));
      }),
      hidden() {
        if (signedOut) tokens = undefined;
      },
      shown() {
        browser.discard();
        isBusy.value = false;
        return signedOut;
      },
    },
  };
  if (callback) {
    void step(async () => {
      tokens = await (await load()).finishSignIn(auth, redirectUri, callback);
      user.value = tokens.user;
      state.value = 'open';
      isBusy.value = false;
    });
  }
  return session;
}

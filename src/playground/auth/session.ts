/** The session of the user. The credentials are private to its implementations: no other module can read them, nothing stores or logs them. */
import { type ReadonlySignal } from '@preact/signals-core';
import { type Callback, type PendingSignIn } from './callback';
import { type CredentialField } from './credentials';
import type * as SignIn from './sign-in';
import { type SignInProblem } from './sign-in-error';
import { type PlaygroundAuth } from '../../private/contract/playground';

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
  readonly userSession?: UserSession;
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
  /** The browser hides the page, and can keep it in memory for its back button. */
  onPageHide(): void;
  /** The back button shows the page from memory. Returns whether it must be loaded again, because the user has signed out. */
  onPageShow(): boolean;
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

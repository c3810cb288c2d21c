/** A session with the sign-in of a user pool. The tokens stay in private fields of its class, which no other code can read. */
import { signal } from '@preact/signals-core';
import { type CredentialField } from './credentials';
import { type Session, type SessionState, type SignInBrowser, type UserSession } from './session';
import type * as SignIn from './sign-in';
import { SignInError, type SignInProblem } from './sign-in-error';
import { type PlaygroundSignIn } from '../../private/contract/playground';

/** `fragment`: returns the fragment to which the sign-in returns. */
export function createUserSession(auth: PlaygroundSignIn, browser: SignInBrowser, fragment: () => string): Session {
  return new UserPoolSession(auth, browser, fragment);
}

class UserPoolSession implements Session, UserSession {
  public readonly state = signal<SessionState>('closed');
  public readonly fields: readonly CredentialField[] = [];
  public readonly user = signal<string | undefined>(undefined);
  public readonly isBusy = signal(false);
  public readonly problem = signal<SignInProblem | undefined>(undefined);
  readonly #browser: SignInBrowser;
  readonly #fragment: () => string;
  #tokens: SignIn.Tokens | undefined;
  #renewal: Promise<boolean> | undefined;
  #signedOut = false;

  constructor(public readonly auth: PlaygroundSignIn, browser: SignInBrowser, fragment: () => string) {
    this.#browser = browser;
    this.#fragment = fragment;
    const { callback, redirectUri, load } = browser;
    if (!callback) return;
    void this.step(async () => {
      this.#tokens = await (await load()).finishSignIn(auth, redirectUri, callback);
      this.user.value = this.#tokens.user;
      this.state.value = 'open';
      this.isBusy.value = false;
    });
  }

  public get userSession(): UserSession {
    return this;
  }

  // functions, and not methods: components take them out of the session
  /** There is nothing to paste. */
  public readonly open = () => undefined;

  public readonly reject = () => {
    if (this.#tokens) this.state.value = 'rejected';
  };

  public readonly authorize = (headers: Headers) => {
    const value = this.header();
    if (value !== undefined) headers.set('authorization', value);
  };

  public readonly renew = async (headers: Headers) => {
    if (!this.#tokens) return false;
    // another request has renewed them in the meantime
    if (headers.get('authorization') !== this.header()) return true;
    this.#renewal ??= this.refresh().finally(() => { this.#renewal = undefined; });
    return this.#renewal;
  };

  public readonly signIn = (): Promise<void> => {
    const { redirectUri, load, keep, leave } = this.#browser;
    return this.step(async () => {
      const { url, pending } = await (await load()).startSignIn(this.auth, redirectUri);
      try {
        keep({ ...pending, fragment: this.#fragment() });
      } catch {
        throw new SignInError('storage');
      }
      leave(url);
    });
  };

  public readonly signOut = (): Promise<void> => {
    const { redirectUri, load, leave } = this.#browser;
    return this.step(async () => {
      const { signOutUrl } = await load();
      this.#signedOut = true;
      leave(signOutUrl(this.auth, redirectUri));
    });
  };

  public readonly onPageHide = (): void => {
    if (this.#signedOut) this.#tokens = undefined;
  };

  public readonly onPageShow = (): boolean => {
    this.#browser.discard();
    this.isBusy.value = false;
    return this.#signedOut;
  };

  private header(): string | undefined {
    return this.#tokens && `Bearer ${this.auth.token === 'id' ? this.#tokens.id : this.#tokens.access}`;
  }

  private async refresh(): Promise<boolean> {
    const renewed = this.#tokens && await (await this.#browser.load()).refreshTokens(this.auth, this.#tokens);
    if (renewed) this.#tokens = renewed;
    return renewed !== undefined;
  }

  /** Runs a step of the sign-in. If it fails, the first screen says why. */
  private async step(action: () => Promise<void>): Promise<void> {
    if (this.isBusy.peek()) return;
    this.isBusy.value = true;
    this.problem.value = undefined;
    try {
      await action();
    } catch (error) {
      // a file of the page that cannot be loaded is no SignInError
      this.problem.value = error instanceof SignInError ? error.problem : 'unreachable';
      this.isBusy.value = false;
    }
  }
}

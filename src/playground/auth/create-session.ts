/** The session of an API: with credentials that the user pastes, or with the sign-in of a user pool. */
import { signal } from '@preact/signals-core';
import { credentialFields, headerValue } from './credentials';
import { type Session, type SessionState, type SignInBrowser } from './session';
import { createUserSession } from './user-session';
import { type PlaygroundAuth } from '../../private/contract/playground';

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

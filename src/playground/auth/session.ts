/** The credentials of the user. They stay in the closure of this file: no other module can read them, and nothing stores or logs them. */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { type PlaygroundAuth } from '../../private/contract/playground';

/**
 * - `closed`: no credentials
 * - `open`: credentials, which the API has not rejected
 * - `rejected`: the API rejected the credentials
 */
export type SessionState = 'closed' | 'open' | 'rejected';

/** A field of the first screen. */
export interface CredentialField {
  /** Header of the credentials. */
  readonly header: string;
  readonly label: string;
}

export interface Session {
  readonly auth: PlaygroundAuth;
  readonly state: ReadonlySignal<SessionState>;
  /** Fields of the first screen. Empty for an API without credentials. */
  readonly fields: readonly CredentialField[];
  /** Starts to use credentials, in the order of the fields. */
  open(values: readonly string[]): void;
  /** The API rejected the credentials. */
  reject(): void;
  /** Adds the credentials to the headers of a request. */
  authorize(headers: Headers): void;
}

export function createSession(auth: PlaygroundAuth): Session {
  const fields = fieldsOf(auth);
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
  };
}

function fieldsOf(auth: PlaygroundAuth): readonly CredentialField[] {
  switch (auth.type) {
    case 'none': return [];
    case 'apiKey': return [{ header: 'x-api-key', label: 'API key' }];
    case 'bearer': return [{ header: 'authorization', label: 'Token' }];
    // until the page has the sign-in, a token of the user pool is pasted
    case 'cognito': return [{ header: 'authorization', label: auth.token === 'id' ? 'ID token' : 'Access token' }];
    case 'headers': return auth.headers.map((header) => ({ header: header.toLowerCase(), label: header }));
  }
}

/** A pasted token can begin with `Bearer`, and pasted text with line breaks, which headers cannot contain. */
function headerValue({ type }: PlaygroundAuth, text: string): string {
  const value = text.replaceAll(/[^\x21-\x7e ]/g, '').trim();
  return type === 'bearer' || type === 'cognito' ? `Bearer ${value.replace(/^bearer\s+/i, '')}` : value;
}

/** Returns what words call the credentials. */
export function credentialsOf({ type }: PlaygroundAuth): 'key' | 'session' | 'token' | 'none' {
  switch (type) {
    case 'none': return 'none';
    case 'apiKey': return 'key';
    default: return 'token';
  }
}

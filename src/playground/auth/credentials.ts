/** Credentials that the user pastes on the first screen. */
import { type PlaygroundAuth } from '../../private/contract/playground';

/** A field of the first screen. */
export interface CredentialField {
  /** Header of the credentials. */
  readonly header: string;
  readonly label: string;
}

/** Returns the fields of the first screen. Empty for sign-in, and for an API without credentials. */
export function credentialFields(auth: PlaygroundAuth): readonly CredentialField[] {
  switch (auth.type) {
    case 'none':
    case 'cognito': return [];
    case 'apiKey': return [{ header: 'x-api-key', label: 'API key' }];
    case 'bearer': return [{ header: 'authorization', label: 'Token' }];
    case 'headers': return auth.headers.map((header) => ({ header: header.toLowerCase(), label: header }));
  }
}

/** A pasted token can begin with `Bearer`, and pasted text with line breaks, which headers cannot contain. */
export function headerValue({ type }: PlaygroundAuth, text: string): string {
  const value = text.replaceAll(/[^\x21-\x7e ]/g, '').trim();
  return type === 'bearer' ? `Bearer ${value.replace(/^bearer\s+/i, '')}` : value;
}

/** Returns what words call the credentials. */
export function credentialsOf({ type }: PlaygroundAuth): 'key' | 'session' | 'token' | 'none' {
  switch (type) {
    case 'none': return 'none';
    case 'apiKey': return 'key';
    case 'cognito': return 'session';
    default: return 'token';
  }
}

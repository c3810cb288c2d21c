/** The request that the page sends, for the code that it shows. */
import { type JsonObject } from '../../private/contract/json-object';
import { type PlaygroundAuth } from '../../private/contract/playground';

export interface CodeRequest {
  /** The API's own URL, without a trailing slash: `apiUrl` of the configuration. */
  readonly apiUrl: string;
  /** Path of the route, such as `/images`. */
  readonly path: string;
  readonly body: JsonObject;
  readonly auth: PlaygroundAuth;
}

export type CodeLanguage = 'curl' | 'typescript' | 'python';

export const CODE_LABELS: Readonly<Record<CodeLanguage, string>> = { curl: 'curl', typescript: 'TypeScript', python: 'Python' };

/** A header with credentials. Its value is an environment variable, never the credentials. */
export interface CredentialHeader {
  readonly name: string;
  /** Text before the variable, such as `Bearer `. */
  readonly prefix: string;
  /** Name of the environment variable. */
  readonly variable: string;
}

/** Returns the headers with credentials. */
export function credentialHeaders(auth: PlaygroundAuth): readonly CredentialHeader[] {
  switch (auth.type) {
    case 'none': return [];
    case 'apiKey': return [{ name: 'x-api-key', prefix: '', variable: 'API_KEY' }];
    case 'bearer':
    case 'cognito': return [{ name: 'authorization', prefix: 'Bearer ', variable: 'TOKEN' }];
    case 'headers': return auth.headers.map((name) => ({ name, prefix: '', variable: variableOf(name) }));
  }
}

/** Returns the name of an environment variable for a header: `X-Tenant-Id` is `X_TENANT_ID`. */
function variableOf(header: string): string {
  return header.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_').replace(/^(?=\d)/, '_');
}

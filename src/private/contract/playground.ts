/**
 * What the page of `ImagePlayground` gets from the construct: `config.json`, and the headers that its origin adds. The local run has the same
 * paths and headers. Models, edits, prices and the budget are not in it: the page reads them from `GET /models`.
 */

/** How the page gets the credentials of its user. */
export type PlaygroundAuth =
  | { readonly type: 'none' | 'apiKey' | 'bearer' }
  | { readonly type: 'headers'; readonly headers: readonly string[] }
  | PlaygroundSignIn;

/**
 * Sign-in with the managed login of a Cognito user pool: authorization code with PKCE. The redirect URI, and the one of sign-out, is the origin of
 * the page with a trailing slash.
 */
export interface PlaygroundSignIn {
  readonly type: 'cognito';
  /** Base URL of the managed login, without a trailing slash. */
  readonly domain: string;
  readonly clientId: string;
  /** Issuer of the tokens: the user pool. */
  readonly issuer: string;
  readonly scopes: readonly string[];
  /** The token that the API accepts. */
  readonly token: 'id' | 'access';
}

/** `config.json`. Paths are those of the page's own origin. */
export interface PlaygroundConfiguration {
  /** Name of the application, in the header and in the title. */
  readonly name: string;
  /** Path of the API. */
  readonly api: string;
  /** The API's own URL, for the code that the page shows. Without a trailing slash. */
  readonly apiUrl: string;
  /** Path of signed image URLs. */
  readonly images: string;
  /** Host of the signed URLs that are requested by this path. */
  readonly imagesHost: string;
  /** Path of presigned uploads. */
  readonly uploads: string;
  /** Whether requests can be enqueued. */
  readonly queued: boolean;
  /** Days until images are deleted. Absent if they are kept. */
  readonly retentionDays?: number;
  readonly auth: PlaygroundAuth;
}

export const PLAYGROUND_CONFIGURATION_FILE = 'config.json';
export const PLAYGROUND_PATHS = { api: '/api', images: '/i', uploads: '/u' } as const;

/** Hosts other than the page's own that it may reach. */
export interface PlaygroundHosts {
  /** Origin of the managed login. */
  readonly signIn?: string;
  /** Origins of image URLs that are not signed by S3, for example of a CloudFront distribution. */
  readonly images?: readonly string[];
}

/** Returns the Content-Security-Policy of the page. Trusted Types forbid markup that is built from text, so that a prompt stays text. */
export function playgroundPolicy({ signIn, images = [] }: PlaygroundHosts = {}): string {
  const sources = (...hosts: readonly (string | undefined)[]) => hosts.filter((host) => host !== undefined).join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${sources("'self'", 'blob:', ...images)}`,
    `connect-src ${sources("'self'", signIn)}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** The other security headers of the page. */
export const PLAYGROUND_HEADERS = {
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** All headers that the origin adds to the files of the page. */
export function playgroundHeaders(hosts: PlaygroundHosts = {}): Record<string, string> {
  return { 'Content-Security-Policy': playgroundPolicy(hosts), ...PLAYGROUND_HEADERS };
}

/** Headers of API responses and images. A document among them, for example an error page of S3, runs no scripts in the origin of the page. */
export const PLAYGROUND_DATA_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  ...PLAYGROUND_HEADERS,
} as const;

/** How long browsers and CloudFront keep a file. */
export const PLAYGROUND_CACHE_CONTROL = { hashed: 'public, max-age=31536000, immutable', other: 'no-cache' } as const;

/** Extensions of files whose names contain a hash of their content. */
export const PLAYGROUND_HASHED_EXTENSIONS = ['.js', '.css'] as const;

/** A route. The construct builds gateway resources from these tables, the handler dispatches on them. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Works on what the caller owns, so it does not exist where callers have no identity. */
  readonly needsOwner?: boolean;
  /** The body is a JSON object: all that the gateway checks. */
  readonly jsonBody?: boolean;
  /** Name of a query parameter without which the gateway lets no request through. */
  readonly requiredQuery?: string;
  /** Exists only where that was asked for. */
  readonly feature?: Feature;
  /** Its clients can send credentials in no other header than `Authorization`. */
  readonly bearer?: boolean;
}

export type Feature = 'edits' | 'text' | 'queue';

export const STANDARD_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/images', jsonBody: true },
  { method: 'GET', path: '/images', needsOwner: true },
  { method: 'GET', path: '/images/{id}' },
  { method: 'DELETE', path: '/images/{id}', needsOwner: true },
  // takes forms as well: what is no JSON is the handler's to tell
  { method: 'POST', path: '/images/edits', feature: 'edits' },
  { method: 'POST', path: '/images/uploads', jsonBody: true, feature: 'edits' },
  { method: 'POST', path: '/images/batches', jsonBody: true, feature: 'queue' },
  { method: 'GET', path: '/images/batches/{id}', feature: 'queue' },
  { method: 'POST', path: '/text', jsonBody: true, feature: 'text' },
  { method: 'GET', path: '/models' },
];

/** Those of OpenAI's image API. */
export const OPENAI_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/images/generations', jsonBody: true, bearer: true },
  // a form, which the gateway does not look into
  { method: 'POST', path: '/v1/images/edits', feature: 'edits', bearer: true },
  { method: 'GET', path: '/v1/models', bearer: true },
];

/** About the API itself: there whatever the sets are. */
export const DOCUMENT_ROUTE: Route = { method: 'GET', path: '/openapi.json' };

/** What was asked for beside images. */
export interface RouteNeeds {
  readonly edits?: object;
  readonly textModel?: object;
  readonly queue?: object;
  /** Callers without identity own nothing. */
  readonly hasOwners: boolean;
}

/** Those of `routes` that have what they need, and the one that tells of them: what the construct builds and the handler describes. */
export function availableRoutes(routes: readonly Route[], { edits, textModel, queue, hasOwners }: RouteNeeds): Route[] {
  const has: Readonly<Record<Feature, boolean>> = { edits: edits !== undefined, text: textModel !== undefined, queue: queue !== undefined };
  return [...routes.filter(({ needsOwner, feature }) => (hasOwners || !needsOwner) && (!feature || has[feature])), DOCUMENT_ROUTE];
}

/** Answer header of legacy routes: what of the request was left out. */
export const IGNORED_PARAMETERS_HEADER = 'X-Ignored-Parameters';

/** Answer headers that a browser may read. */
export const EXPOSED_HEADERS = ['Location', 'Retry-After', 'Preference-Applied', 'Age', 'X-Should-Retry', IGNORED_PARAMETERS_HEADER] as const;

/** Request headers that a browser may send; the `X-Stainless-*` ones come from OpenAI's browser client. */
export const ALLOWED_HEADERS = [
  'Content-Type',
  'Authorization',
  'User-Agent',
  'X-Api-Key',
  'Idempotency-Key',
  'Prefer',
  'Cache-Control',
  'X-Amz-Date',
  'X-Amz-Security-Token',
  'X-Amz-Content-Sha256',
  'X-Stainless-Lang',
  'X-Stainless-Package-Version',
  'X-Stainless-OS',
  'X-Stainless-Arch',
  'X-Stainless-Runtime',
  'X-Stainless-Runtime-Version',
  'X-Stainless-Retry-Count',
  'X-Stainless-Timeout',
] as const;

/** Long enough that a browser asks once a session; browsers cap it at 2 hours (Chromium) or a day (Firefox). */
export const PREFLIGHT_MAX_AGE_SECONDS = 7200;

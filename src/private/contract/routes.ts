import { type ConfiguredRoutes } from './configuration';

/** A route of the REST API. The construct creates resources and methods from the route tables, and the handlers have a function for each route. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Whether the route needs the owner of an image. It is not created without authentication. */
  readonly needsOwner?: boolean;
  /** Whether API Gateway checks that the body is a JSON object. The handler validates the rest. */
  readonly jsonBody?: boolean;
  /** Name of a query parameter that API Gateway requires. */
  readonly requiredQuery?: string;
  /** Feature of the route, which is created only if the feature is configured. */
  readonly feature?: Feature;
  /** Whether clients of the route send credentials in the `Authorization` header only. */
  readonly bearer?: boolean;
}

export type Feature = keyof Omit<ConfiguredFeatures, 'hasOwners'>;

const STANDARD_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/images', jsonBody: true },
  { method: 'GET', path: '/images', needsOwner: true },
  { method: 'GET', path: '/images/{id}' },
  { method: 'DELETE', path: '/images/{id}', needsOwner: true },
  // also accepts multipart forms, which API Gateway cannot validate
  { method: 'POST', path: '/images/edits', feature: 'edits' },
  { method: 'POST', path: '/images/uploads', jsonBody: true, feature: 'edits' },
  { method: 'POST', path: '/images/batches', jsonBody: true, feature: 'queue' },
  { method: 'GET', path: '/images/batches/{id}', feature: 'queue' },
  { method: 'POST', path: '/text', jsonBody: true, feature: 'textModel' },
  { method: 'GET', path: '/models' },
];

/** Routes of the OpenAI image API. */
export const OPENAI_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/images/generations', jsonBody: true, bearer: true },
  // accepts a multipart form, which API Gateway cannot validate
  { method: 'POST', path: '/v1/images/edits', feature: 'edits', bearer: true },
  { method: 'GET', path: '/v1/models', bearer: true },
];

/** The routes of each set, including those that need a feature. */
export const ROUTES_BY_SET: Readonly<Record<ConfiguredRoutes, readonly Route[]>> = { standard: STANDARD_ROUTES, openAi: OPENAI_ROUTES };

/** Route of the OpenAPI document. Every API has it. */
export const DOCUMENT_ROUTE: Route = { method: 'GET', path: '/openapi.json' };

/** Features of an API, present if they are configured. */
export interface ConfiguredFeatures {
  readonly edits?: object;
  readonly textModel?: object;
  readonly queue?: object;
  /** Whether callers are authenticated, so that an image has an owner. */
  readonly hasOwners: boolean;
}

/** Returns the routes that the configured features allow, and the route of the OpenAPI document. */
export function availableRoutes(routes: readonly Route[], { hasOwners, ...features }: ConfiguredFeatures): Route[] {
  return [...routes.filter(({ needsOwner, feature }) => (hasOwners || !needsOwner) && (!feature || features[feature] !== undefined)), DOCUMENT_ROUTE];
}

/** Response header of legacy and OpenAI routes with the names of parameters that had no effect. */
export const IGNORED_PARAMETERS_HEADER = 'X-Ignored-Parameters';

/** Response header of a response that was stored for an earlier request with the same idempotency key. */
export const REPLAYED_HEADER = 'Idempotency-Replayed';

/** Response header that tells the SDKs of OpenAI not to retry. */
export const SHOULD_RETRY_HEADER = 'X-Should-Retry';

/** Response header with the request id, which the SDKs of OpenAI report. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

/** Response header with the estimated cost of the request in US dollars. */
export const ESTIMATED_COST_HEADER = 'X-Estimated-Cost-Usd';

/** Response header with what the caller can still spend today, in US dollars. */
export const BUDGET_REMAINING_HEADER = 'X-Budget-Remaining-Usd';

/** Response headers that a browser can read. */
export const EXPOSED_HEADERS = [
  'Location', 'Retry-After', 'Preference-Applied', 'Age', SHOULD_RETRY_HEADER, IGNORED_PARAMETERS_HEADER, REPLAYED_HEADER, ESTIMATED_COST_HEADER,
  BUDGET_REMAINING_HEADER,
] as const;

/** Request headers that a browser can send. The OpenAI browser client sends `X-Stainless-*`. */
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

/** Maximum age of a preflight response. Browsers limit it to 2 hours (Chromium) or a day (Firefox). */
export const PREFLIGHT_MAX_AGE_SECONDS = 7200;

/**
 * Binary media types of the REST API. API Gateway compares them with the first type of the `Accept` header. Its documentation shows the
 * wildcard for all types only, so the list also has the types of the images, and the types that browsers send first.
 */
export const IMAGE_MEDIA_TYPES = ['image/*', 'image/png', 'image/jpeg', 'image/webp', 'image/jpg', 'image/avif', 'image/apng'] as const;

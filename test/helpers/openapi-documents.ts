import type { JsonObject } from '../../src/private/contract/json-object';
import { openApiDocument, type DescribedApi, type OpenApiDocument } from '../../src/private/contract/openapi';
import { availableRoutes, ROUTES_BY_SET } from '../../src/private/contract/routes';

const SERVER = { serverUrl: 'https://a1b2c3d4e5.execute-api.us-west-2.amazonaws.com/prod' };
const { standard: STANDARD_ROUTES, openAi: OPENAI_ROUTES } = ROUTES_BY_SET;
const EVERY_SET = Object.values(ROUTES_BY_SET).flat();
const ALL = availableRoutes(EVERY_SET, { edits: {}, textModel: {}, hasOwners: true });

/** One API for each option that changes the document. */
export const APIS: Readonly<Record<string, DescribedApi>> = {
  iam: { ...SERVER, auth: 'iam', routes: availableRoutes(STANDARD_ROUTES, { hasOwners: true }), models: ['one'], operations: [] },
  all: { ...SERVER, auth: 'apiKey', routes: ALL, models: ['one', 'two'], operations: ['inpaint', 'outpaint'] },
  bearer: { ...SERVER, auth: 'apiKey', bearer: true, routes: ALL, models: ['one'], operations: ['inpaint'] },
  tokens: { ...SERVER, auth: 'authorizer', routes: availableRoutes(EVERY_SET, { textModel: {}, hasOwners: true }) },
  queued: { ...SERVER, auth: 'iam', queued: true, routes: availableRoutes(STANDARD_ROUTES, { edits: {}, queue: {}, hasOwners: true }), models: ['one'] },
  headers: { ...SERVER, auth: 'authorizer', credentialHeaders: ['X-Partner', 'X-Secret'], routes: availableRoutes(STANDARD_ROUTES, { hasOwners: true }) },
  public: { ...SERVER, auth: 'none', routes: availableRoutes(STANDARD_ROUTES, { edits: {}, hasOwners: false }) },
  openAi: { ...SERVER, auth: 'authorizer', routes: availableRoutes(OPENAI_ROUTES, { edits: {}, hasOwners: true }), models: ['one'] },
  legacy: {
    ...SERVER,
    auth: 'none',
    routes: [
      { method: 'GET', path: '/generate-image', legacy: { kind: 'images', prompt: 'prompt', parameters: { n: 'count', cfgScale: 'cfgScale' } } },
      { method: 'POST', path: '/generate-image', legacy: { kind: 'images', prompt: 'text', parameters: {} } },
      { method: 'POST', path: '/generate_image', legacy: { kind: 'images', prompt: 'text', parameters: {} } },
      { method: 'POST', path: '/generate/image', legacy: { kind: 'text', prompt: 'text', parameters: { top_p: 'topP' } } },
      { method: 'POST', path: '/generate', legacy: { kind: 'job', prompt: 'text', parameters: { style: 'prompt', resolution: 'size' } } },
      { method: 'GET', path: '/image/{image_id}', legacy: { kind: 'jobStatus', parameters: {} } },
    ],
  },
};

/** Returns a copy as clients parse it, without undefined properties. */
export function asParsed<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Documents of all APIs, by the name of the API. */
export const DOCUMENTS: Readonly<Record<string, OpenApiDocument>> = Object.fromEntries(
  Object.entries(APIS).map(([name, api]) => [name, asParsed(openApiDocument(api))]),
);

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, JsonObject>>;
  readonly [more: string]: unknown;
}

/** Returns the operations of a document, each with its method and path, such as `GET /images`. */
export function operations({ paths }: OpenApiDocument): [string, Operation][] {
  return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]): [string, Operation] => (
    [`${method.toUpperCase()} ${path}`, operation as unknown as Operation]
  )));
}

import { openApiDocument, type DescribedApi, type OpenApiDocument } from '../../src/private/contract/openapi';
import { availableRoutes, OPENAI_ROUTES, STANDARD_ROUTES } from '../../src/private/contract/routes';

const HERE = { serverUrl: 'https://a1b2c3d4e5.execute-api.us-west-2.amazonaws.com/prod' };
const ALL = availableRoutes([...STANDARD_ROUTES, ...OPENAI_ROUTES], { edits: {}, textModel: {}, hasOwners: true });

/** APIs that differ in all that a document depends on. */
export const APIS: Readonly<Record<string, DescribedApi>> = {
  iam: { ...HERE, auth: 'iam', routes: availableRoutes(STANDARD_ROUTES, { hasOwners: true }), models: ['one'], operations: [] },
  all: { ...HERE, auth: 'apiKey', routes: ALL, models: ['one', 'two'], operations: ['inpaint', 'outpaint'] },
  bearer: { ...HERE, auth: 'apiKey', bearer: true, routes: ALL, models: ['one'], operations: ['inpaint'] },
  tokens: { ...HERE, auth: 'authorizer', routes: availableRoutes([...STANDARD_ROUTES, ...OPENAI_ROUTES], { textModel: {}, hasOwners: true }) },
  queued: { ...HERE, auth: 'iam', queued: true, routes: availableRoutes(STANDARD_ROUTES, { edits: {}, queue: {}, hasOwners: true }), models: ['one'] },
  partners: { ...HERE, auth: 'authorizer', credentialHeaders: ['X-Partner', 'X-Secret'], routes: availableRoutes(STANDARD_ROUTES, { hasOwners: true }) },
  nobody: { ...HERE, auth: 'none', routes: availableRoutes(STANDARD_ROUTES, { edits: {}, hasOwners: false }) },
  openAi: { ...HERE, auth: 'authorizer', routes: availableRoutes(OPENAI_ROUTES, { edits: {}, hasOwners: true }), models: ['one'] },
  legacy: {
    ...HERE,
    auth: 'none',
    routes: [
      { method: 'GET', path: '/generate-image', legacy: { prompt: 'prompt', parameters: { n: 'count', cfgScale: 'cfgScale' }, does: 'draw' } },
      { method: 'POST', path: '/generate-image', legacy: { prompt: 'text', parameters: {}, does: 'draw' } },
      { method: 'POST', path: '/generate_image', legacy: { prompt: 'text', parameters: {}, does: 'draw' } },
      { method: 'POST', path: '/generate/image', legacy: { prompt: 'text', parameters: { top_p: 'topP' }, does: 'write' } },
      { method: 'POST', path: '/generate', legacy: { prompt: 'text', parameters: { style: 'prompt', resolution: 'size' }, does: 'start' } },
      { method: 'GET', path: '/image/{image_id}', legacy: { parameters: {}, does: 'tell' } },
    ],
  },
};

export const DOCUMENTS: Readonly<Record<string, OpenApiDocument>> = Object.fromEntries(
  // as clients read it: what is undefined is not there
  Object.entries(APIS).map(([name, api]) => [name, JSON.parse(JSON.stringify(openApiDocument(api))) as OpenApiDocument]),
);

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [more: string]: unknown;
}

/** Each operation of a document, as `GET /images`. */
export function operations({ paths }: OpenApiDocument): [string, Operation][] {
  return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]): [string, Operation] => (
    [`${method.toUpperCase()} ${path}`, operation as unknown as Operation]
  )));
}

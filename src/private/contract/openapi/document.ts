import { operationOf } from './operations';
import { problemResponses } from './problems';
import { Components, referredIn } from './refs';
import { schemas } from './schemas';
import { securityOf, securitySchemes } from './security';
import { DescribedApi, DescribedRoute, Json, Operation, TAGS } from './types';

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Json;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly Json[];
  /** By path, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Components & { readonly securitySchemes?: Json };
}

const INFO = {
  title: 'Image generation',
  description: 'Turns prompts into images, stores them and hands them out by URLs that say when they end. Errors are problem documents (RFC 9457).',
  // of this contract, not of the package
  version: '0.1.0',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
} as const;

/** The OpenAPI document of an API: its routes and no others, as it is deployed. */
export function openApiDocument(api: DescribedApi): OpenApiDocument {
  const described = api.routes.map((route) => ({ route, operation: operationOf(route, api) }));
  const problems = described.flatMap(({ operation }) => [...problemResponses(operation, api.auth).values()]);
  const paths: Record<string, Record<string, Json>> = {};
  for (const { route, operation } of described) (paths[route.path] ??= {})[route.method.toLowerCase()] = render(route, operation, api);
  const responses: Json = Object.fromEntries(problems.map(({ name, response }) => [name, response]));
  const tags = Object.entries(TAGS).filter(([name]) => described.some(({ operation }) => operation.tag === name));
  return {
    openapi: '3.1.1',
    info: INFO,
    servers: [{ url: api.serverUrl }],
    tags: tags.map(([name, description]) => ({ name, description })),
    paths,
    components: { ...securitySchemes(api), ...referredIn(paths, { schemas: schemas(api), responses }) },
  };
}

function render(route: DescribedRoute, operation: Operation, api: DescribedApi): Json {
  const { operationId, tag, summary, description, parameters = [], requestBody, answers } = operation;
  const problems = [...problemResponses(operation, api.auth)].map(([status, { name }]) => [status, { $ref: `#/components/responses/${name}` }]);
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    security: securityOf(api, route.bearer),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { ...answers, ...Object.fromEntries(problems) as Json },
  };
}

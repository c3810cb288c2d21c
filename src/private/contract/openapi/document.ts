import { type JsonObject } from '../json-object';
import { type DescribedApi, type DescribedRoute, type Operation, TAGS } from './described-api';
import { operationOf } from './operations';
import { problemResponses } from './problem-responses';
import { type Components, referencedComponents } from './refs';
import { schemas } from './schemas';
import { securityOf, securitySchemes } from './security-schemes';

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: JsonObject;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly JsonObject[];
  /** Operations by path and method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
  readonly components: Components & { readonly securitySchemes?: JsonObject };
}

const INFO = {
  title: 'Image generation',
  description: 'Generates images from prompts, stores them and returns presigned URLs. Errors are problem details (RFC 9457).',
  // The version of the contract, not of the package.
  version: '0.1.0',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
} as const;

/** Returns the OpenAPI document with the routes of an API. */
export function openApiDocument(api: DescribedApi): OpenApiDocument {
  const described = api.routes.map((route) => ({ route, operation: operationOf(route, api) }));
  const problems = described.flatMap(({ operation }) => [...problemResponses(operation, api.auth).values()]);
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const { route, operation } of described) (paths[route.path] ??= {})[route.method.toLowerCase()] = render(route, operation, api);
  const responses: JsonObject = Object.fromEntries(problems.map(({ name, response }) => [name, response]));
  const tags = Object.entries(TAGS).filter(([name]) => described.some(({ operation }) => operation.tag === name));
  return {
    openapi: '3.1.1',
    info: INFO,
    servers: [{ url: api.serverUrl }],
    tags: tags.map(([name, description]) => ({ name, description })),
    paths,
    components: { ...securitySchemes(api), ...referencedComponents(paths, { schemas: schemas(api), responses }) },
  };
}

function render(route: DescribedRoute, operation: Operation, api: DescribedApi): JsonObject {
  const { operationId, tag, summary, description, parameters = [], requestBody, responses } = operation;
  const problems = [...problemResponses(operation, api.auth)].map(([status, { name }]) => [status, { $ref: `#/components/responses/${name}` }]);
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    security: securityOf(api, route.bearer),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { ...responses, ...Object.fromEntries(problems) as JsonObject },
  };
}

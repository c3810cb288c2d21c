import { convertV2 } from 'openapi-to-postmanv2';
import { type JsonObject } from '../src/private/contract/json-object';
import { openApiDocument, type OpenApiDocument } from '../src/private/contract/openapi';
import { availableRoutes, ROUTES_BY_SET } from '../src/private/contract/routes';

/** Placeholder for the URL of a deployed API. */
const PLACEHOLDER = 'https://api-id.execute-api.us-west-2.amazonaws.com/prod';

/** Returns the document of an API with every route and API key authentication. A deployed API serves its own at `GET /openapi.json`. */
export function completeDocument(): OpenApiDocument {
  const routes = availableRoutes(Object.values(ROUTES_BY_SET).flat(), { edits: {}, textModel: {}, queue: {}, hasOwners: true });
  return parsedCopy(openApiDocument({ serverUrl: PLACEHOLDER, auth: 'apiKey', queued: true, routes }));
}

/** Returns a copy as clients parse it: without undefined properties. */
function parsedCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

interface Form {
  schema: JsonObject;
  readonly examples: Readonly<Record<string, { readonly value: JsonObject }>>;
}
interface Operation {
  parameters?: readonly { readonly name: string; example?: string }[];
  responses: Record<string, unknown>;
  readonly requestBody?: { readonly content: Readonly<Record<string, Form>> };
}

/** Postman variable that generates a new value for each request. */
const GENERATED_KEY = '{{$guid}}';

/** Removes error responses and adapts parameters and forms, so that each generated request succeeds without edits. */
function forPostman(document: OpenApiDocument): OpenApiDocument {
  const copy = parsedCopy(document) as OpenApiDocument & { readonly paths: Record<string, Record<string, Operation>> };
  for (const operation of Object.values(copy.paths).flatMap((methods) => Object.values(methods))) {
    operation.responses = Object.fromEntries(Object.entries(operation.responses).filter(([status]) => status < '300'));
    const form = operation.requestBody?.content['multipart/form-data'];
    // A generated cursor hides images, and `Prefer: respond-async` returns no image.
    operation.parameters = operation.parameters?.filter(({ name }) => !['cursor', 'Prefer'].includes(name));
    const key = operation.parameters?.find(({ name }) => name === 'Idempotency-Key');
    if (key) key.example = GENERATED_KEY;
    if (form) form.schema = exampleForm(form, copy.components.schemas ?? {});
  }
  return copy;
}

/** Returns the form schema with only the fields of the first example. Postman fills a field without an example with a random value. */
function exampleForm({ schema, examples }: Form, schemas: JsonObject): JsonObject {
  const { properties } = schemas[String(schema.$ref).split('/').pop() ?? ''] as { readonly properties: JsonObject };
  const [{ value }] = Object.values(examples);
  return { type: 'object', properties: Object.fromEntries(Object.entries(value).map(([name, example]) => [name, { ...properties[name] as JsonObject, example }])) };
}

/** Ids that the converter generates on each run. They are removed, because Postman generates them on import. */
const GENERATED_IDS = ['id', '_postman_id'];

function postmanCollection(document: OpenApiDocument): Promise<unknown> {
  return new Promise((resolve, reject) => {
    convertV2({ type: 'json', data: forPostman(document) }, { parametersResolution: 'Example', folderStrategy: 'Tags' }, (error, conversion) => {
      if (error || !conversion?.result) reject(new Error(`cannot convert the OpenAPI document to a Postman collection: ${error?.message ?? conversion?.reason}`));
      else resolve(JSON.parse(JSON.stringify(conversion.output?.[0].data, (key, value: unknown) => (isGeneratedId(key, value) ? undefined : value))));
    });
  });
}

function isGeneratedId(key: string, value: unknown): boolean {
  return GENERATED_IDS.includes(key) && typeof value === 'string';
}

/** Returns the files that are generated from the contract, by path in the repository. */
export async function openApiFiles(): Promise<Readonly<Record<string, string>>> {
  const document = completeDocument();
  const files = { 'docs/openapi/openapi.json': document, 'docs/openapi/postman_collection.json': await postmanCollection(document) };
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [file, `${JSON.stringify(content, null, 2)}\n`]));
}

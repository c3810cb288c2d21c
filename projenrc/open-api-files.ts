import { convertV2 } from 'openapi-to-postmanv2';
import { openApiDocument, OpenApiDocument } from '../src/private/contract/openapi';
import { availableRoutes, OPENAI_ROUTES, STANDARD_ROUTES } from '../src/private/contract/routes';

/** Stands for the URL of a deployed API. */
const PLACEHOLDER = 'https://api-id.execute-api.us-west-2.amazonaws.com/prod';

/** Everything that an API can have, under API keys; a deployed one tells of itself at `GET /openapi.json`. */
function wholeDocument(): OpenApiDocument {
  const routes = availableRoutes([...STANDARD_ROUTES, ...OPENAI_ROUTES], { edits: {}, textModel: {}, queue: {}, hasOwners: true });
  return json(openApiDocument({ serverUrl: PLACEHOLDER, auth: 'apiKey', queued: true, routes }));
}

/** As clients read it: what is undefined is not there. */
function json<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

interface Form {
  schema: Json;
  readonly examples: Readonly<Record<string, { readonly value: Json }>>;
}
interface Operation {
  parameters?: readonly { readonly name: string; example?: string }[];
  responses: Record<string, unknown>;
  readonly requestBody?: { readonly content: Readonly<Record<string, Form>> };
}
type Json = Readonly<Record<string, unknown>>;

/** Postman makes up another one for each request. */
const FRESH = '{{$guid}}';

/** What a collection is made from: nobody sends a request to see it fail, and a form field without an example would be filled by chance. */
function forPostman(document: OpenApiDocument): OpenApiDocument {
  const copy = json(document) as OpenApiDocument & { readonly paths: Record<string, Record<string, Operation>> };
  for (const operation of Object.values(copy.paths).flatMap((methods) => Object.values(methods))) {
    operation.responses = Object.fromEntries(Object.entries(operation.responses).filter(([status]) => status < '300'));
    const form = operation.requestBody?.content['multipart/form-data'];
    // a cursor that is made up hides all images after it, and who tries out an API wants to see images
    operation.parameters = operation.parameters?.filter(({ name }) => !['cursor', 'Prefer'].includes(name));
    const key = operation.parameters?.find(({ name }) => name === 'Idempotency-Key');
    if (key) key.example = FRESH;
    if (form) form.schema = exampleForm(form, copy.components.schemas ?? {});
  }
  return copy;
}

/** Only the fields of the first example. */
function exampleForm({ schema, examples }: Form, schemas: Json): Json {
  const { properties } = schemas[String(schema.$ref).split('/').pop() ?? ''] as { readonly properties: Json };
  const [{ value }] = Object.values(examples);
  return { type: 'object', properties: Object.fromEntries(Object.entries(value).map(([name, example]) => [name, { ...properties[name] as Json, example }])) };
}

/** The converter makes up new ids each time; Postman does so too where there are none. */
const MADE_UP = ['id', '_postman_id'];

function postmanCollection(document: OpenApiDocument): Promise<unknown> {
  return new Promise((resolve, reject) => {
    convertV2({ type: 'json', data: forPostman(document) }, { parametersResolution: 'Example', folderStrategy: 'Tags' }, (error, conversion) => {
      if (error || !conversion?.result) reject(new Error(`no Postman collection: ${error?.message ?? conversion?.reason}`));
      else resolve(JSON.parse(JSON.stringify(conversion.output?.[0].data, (key, value: unknown) => (isMadeUp(key, value) ? undefined : value))));
    });
  });
}

function isMadeUp(key: string, value: unknown): boolean {
  return MADE_UP.includes(key) && typeof value === 'string';
}

/** The files of the package that are made from the contract, by their paths in the repository. */
export async function openApiFiles(): Promise<Readonly<Record<string, string>>> {
  const document = wholeDocument();
  const files = { 'docs/openapi/openapi.json': document, 'docs/openapi/postman_collection.json': await postmanCollection(document) };
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [file, `${JSON.stringify(content, null, 2)}\n`]));
}

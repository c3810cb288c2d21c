import { ERRORS, type ErrorCode } from '../../../../src/private/contract/errors';
import type { OpenApiDocument } from '../../../../src/private/contract/openapi';
import { DocumentChecker, type Documented } from '../../../helpers/documented';
import { DOCUMENTS, operations } from '../../../helpers/openapi-documents';

type Json = Readonly<Record<string, unknown>>;

interface Described {
  readonly schema?: Json;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** Each example of a document beside its schema, by where it stands. */
function examples(value: unknown, where = ''): [string, Json, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  const { schema, example, examples: more = {} } = value as Described;
  const values = [...(example === undefined ? [] : [['', example] as const]), ...Object.entries(more).map(([name, each]) => [name, each.value] as const)];
  const here = schema ? values.map(([name, each]): [string, Json, unknown] => [`${where}/${name}`, schema, each]) : [];
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => (key === 'examples' ? [] : examples(inner, `${where}/${key}`)))];
}

const operationOf = (name: string, route: string) => operations(DOCUMENTS[name]).find(([each]) => each === route)![1];

describe.each(Object.entries(DOCUMENTS))('the document of the API "%s"', (_, document: OpenApiDocument) => {
  const checker = new DocumentChecker(document);
  const all = operations(document);

  it('has examples that are what their schemas say', () => {
    const found = examples({ paths: document.paths, responses: document.components.responses });
    expect(found.length).toBeGreaterThan(all.length);
    for (const [where, schema, example] of found) expect([where, checker.faults(schema, example)]).toEqual([where, []]);
  });

  it.each(all)('%s has all that a reader needs', (route, { operationId, tags, requestBody, responses, summary, description }) => {
    expect([operationId, summary, description]).toEqual([expect.stringMatching(/^[a-z]\w+$/), expect.stringMatching(/\w/), expect.stringMatching(/\.$/)]);
    expect(document.tags.map(({ name }) => name)).toContain(tags[0]);
    if (route.startsWith('POST')) expect(examples(requestBody).length).toBeGreaterThan(0);
    const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    for (const [status, response] of good) expect(status === '204' || examples(response).length > 0).toBe(true);
    for (const status of ['400', '403', '429', '500', '504']) expect(responses[status]).toHaveProperty('$ref');
  });

  it('names each operation once', () => {
    const ids = all.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('errors', () => {
  /** Codes by status. */
  function errorsOf(name: string, route: string): Record<string, string[]> {
    const checker = new DocumentChecker(DOCUMENTS[name]);
    const { responses } = operationOf(name, route);
    return Object.fromEntries(Object.entries(responses).filter(([, { $ref }]) => $ref !== undefined).map(([status, response]) => {
      const { content } = checker.resolve<Documented>(response);
      return [status, Object.keys(content!['application/problem+json'].examples!)];
    }));
  }

  const EVERYWHERE = { 400: ['INVALID_REQUEST'], 403: ['FORBIDDEN'], 429: ['THROTTLED'], 500: ['INTERNAL'], 504: ['MODEL_TIMEOUT'] };
  const KEYS = { ...EVERYWHERE, 401: ['UNAUTHENTICATED'], 429: ['THROTTLED', 'QUOTA_EXCEEDED'] };
  const BODY = { 413: ['PAYLOAD_TOO_LARGE'], 415: ['UNSUPPORTED_MEDIA_TYPE'] };
  const MODEL = { 502: ['MODEL_UNAVAILABLE', 'MODEL_ERROR'], 503: ['MODEL_BUSY'] };
  const MADE = { ...BODY, ...MODEL, 404: ['NOT_FOUND'], 409: ['IN_PROGRESS'], 422: ['IDEMPOTENCY_MISMATCH', 'CONTENT_FILTERED'] };

  it.each<[string, string, object]>([
    ['all', 'POST /images', { ...KEYS, ...MADE }],
    ['all', 'POST /images/edits', { ...KEYS, ...MADE }],
    ['all', 'POST /images/uploads', { ...KEYS, ...BODY }],
    ['all', 'GET /images', KEYS],
    ['all', 'GET /images/{id}', { ...KEYS, 404: ['NOT_FOUND'] }],
    ['all', 'DELETE /images/{id}', { ...KEYS, 404: ['NOT_FOUND'] }],
    ['all', 'POST /text', { ...KEYS, ...BODY, ...MODEL, 422: ['CONTENT_FILTERED'] }],
    ['all', 'GET /models', KEYS],
    ['all', 'GET /openapi.json', KEYS],
    ['all', 'POST /v1/images/generations', {
      ...KEYS,
      ...BODY,
      ...MODEL,
      400: ['INVALID_REQUEST', 'CONTENT_FILTERED'],
      404: ['NOT_FOUND'],
      409: ['IN_PROGRESS'],
      422: ['IDEMPOTENCY_MISMATCH'],
    }],
    ['tokens', 'GET /models', { ...EVERYWHERE, 401: ['UNAUTHENTICATED'] }],
    // what is not signed is 403
    ['iam', 'GET /models', EVERYWHERE],
    ['nobody', 'GET /models', EVERYWHERE],
  ])('of "%s" %s are those that it can give', (name, route, expected) => {
    expect(errorsOf(name, route)).toEqual(expected);
  });

  it('are all in the table', () => {
    const codes = Object.values(DOCUMENTS).flatMap((document) => operations(document).flatMap(([, { responses }]) => Object.values(responses)))
      .map((response) => String(response.$ref ?? '').replace('#/components/responses/', '')).filter((name) => name !== '').flatMap((name) => name.split('Or'));
    const pascal = (code: string) => code.toLowerCase().split('_').map((word) => word[0].toUpperCase() + word.slice(1)).join('');
    expect([...new Set(codes)].sort()).toEqual((Object.keys(ERRORS) as ErrorCode[]).map(pascal).sort());
  });
});

describe('credentials', () => {
  const schemes = (name: string) => DOCUMENTS[name].components.securitySchemes;
  const security = (name: string, route: string) => operationOf(name, route).security;

  it('are signatures of AWS', () => {
    expect(schemes('iam')).toMatchObject({ awsSigV4: { 'type': 'apiKey', 'in': 'header', 'name': 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' } });
    expect(security('iam', 'POST /images')).toEqual([{ awsSigV4: [] }]);
  });

  it('are API keys', () => {
    expect(schemes('all')).toMatchObject({ apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } });
    expect(security('all', 'POST /v1/images/generations')).toEqual([{ apiKey: [] }]);
  });

  it('are API keys as bearer tokens for clients that know nothing else', () => {
    expect(schemes('bearer')).toMatchObject({ apiKey: { name: 'x-api-key' }, bearerKey: { type: 'http', scheme: 'bearer' } });
    expect(security('bearer', 'POST /images')).toEqual([{ apiKey: [] }]);
    expect(security('bearer', 'POST /v1/images/generations')).toEqual([{ bearerKey: [] }]);
  });

  it('are tokens', () => {
    expect(schemes('tokens')).toMatchObject({ bearerToken: { type: 'http', scheme: 'bearer' } });
    expect(security('tokens', 'GET /openapi.json')).toEqual([{ bearerToken: [] }]);
  });

  it('are none', () => {
    expect(schemes('nobody')).toBeUndefined();
    expect(security('nobody', 'POST /images')).toEqual([]);
  });
});

describe('what an API allows', () => {
  const schema = (name: string, of: string) => (DOCUMENTS[name].components.schemas as Record<string, { properties: Json }>)[of].properties;

  it('stands in the schemas of its requests', () => {
    expect(schema('all', 'GenerateRequest').model).toEqual({ type: 'string', enum: ['one', 'two'], description: expect.any(String) });
    expect(schema('all', 'EditRequest').operation).toMatchObject({ enum: ['inpaint', 'outpaint'] });
    expect(schema('all', 'EditForm')).toMatchObject({ operation: { enum: ['inpaint', 'outpaint'] }, image: { type: 'string', format: 'binary' } });
  });

  it('is left open where nobody knows it', () => {
    expect(schema('nobody', 'GenerateRequest').model).not.toHaveProperty('enum');
    expect(schema('nobody', 'EditRequest').operation).not.toHaveProperty('enum');
  });
});

describe('routes of an older API', () => {
  const body = (route: string) => (operationOf('legacy', route).requestBody as { content: Record<string, { schema: Json }> }).content['application/json'].schema;

  it('say what each parameter of a query means', () => {
    expect((operationOf('legacy', 'GET /generate-image').parameters as Json[]).slice(0, 3)).toEqual([
      { name: 'prompt', in: 'query', required: true, description: 'The prompt.', schema: { type: 'string' }, example: expect.any(String) },
      { name: 'n', in: 'query', description: 'Number of images, each charged.', schema: { type: 'string' } },
      { name: 'cfgScale', in: 'query', description: 'How closely to follow the prompt.', schema: { type: 'string' } },
    ]);
  });

  it('say what each field of a body means, and ask for none, as it can be in the query', () => {
    expect(body('POST /generate')).toEqual({
      type: 'object',
      properties: {
        text: { type: 'string', description: 'The prompt.' },
        style: { description: 'Words that are added to the prompt.' },
        resolution: { description: 'Width and height in one text, for example 1024x768.' },
      },
    });
    expect(body('POST /generate/image').properties).toMatchObject({ top_p: { description: 'Share of the likeliest words to choose from.' } });
  });
});

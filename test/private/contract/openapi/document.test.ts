import { ERRORS, type ErrorCode, problem } from '../../../../src/private/contract/errors';
import type { JsonObject } from '../../../../src/private/contract/json-object';
import type { OpenApiDocument } from '../../../../src/private/contract/openapi';
import { DocumentChecker, type DocumentedResponse, expectDocumented } from '../../../helpers/openapi-checker';
import { DOCUMENTS, operations } from '../../../helpers/openapi-documents';

interface Described {
  readonly schema?: JsonObject;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** Returns the examples of a document: path in the document, schema and example. */
function examples(value: unknown, at = ''): [string, JsonObject, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  const { schema, example, examples: more = {} } = value as Described;
  const values = [...(example === undefined ? [] : [['', example] as const]), ...Object.entries(more).map(([name, each]) => [name, each.value] as const)];
  const here = schema ? values.map(([name, each]): [string, JsonObject, unknown] => [`${at}/${name}`, schema, each]) : [];
  return [...here, ...Object.entries(value).flatMap(([key, inner]) => (key === 'examples' ? [] : examples(inner, `${at}/${key}`)))];
}

const operationOf = (name: string, route: string) => operations(DOCUMENTS[name]).find(([each]) => each === route)![1];

describe.each(Object.entries(DOCUMENTS))('the document of the API "%s"', (_, document: OpenApiDocument) => {
  const checker = new DocumentChecker(document);
  const all = operations(document);

  it('has examples that match their schemas', () => {
    const found = examples({ paths: document.paths, responses: document.components.responses });
    expect(found.length).toBeGreaterThan(all.length);
    for (const [at, schema, example] of found) expect([at, checker.errors(schema, example)]).toEqual([at, []]);
  });

  it.each(all)('has an id, texts, a tag, examples and common errors for %s', (route, { operationId, tags, requestBody, responses, summary, description }) => {
    expect([operationId, summary, description]).toEqual([expect.stringMatching(/^[a-z]\w+$/), expect.stringMatching(/\w/), expect.stringMatching(/\.$/)]);
    expect(document.tags.map(({ name }) => name)).toContain(tags[0]);
    if (route.startsWith('POST')) expect(examples(requestBody).length).toBeGreaterThan(0);
    const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    for (const [status, response] of successes) expect(status === '204' || examples(response).length > 0).toBe(true);
    for (const status of ['400', '403', '429', '500', '504']) expect(responses[status]).toHaveProperty('$ref');
  });

  it('has unique operation ids', () => {
    const ids = all.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('error responses', () => {
  /** Returns the error codes of an operation by status. */
  function errorsOf(name: string, route: string): Record<string, string[]> {
    const checker = new DocumentChecker(DOCUMENTS[name]);
    const { responses } = operationOf(name, route);
    return Object.fromEntries(Object.entries(responses).filter(([, { $ref }]) => $ref !== undefined).map(([status, response]) => {
      const { content } = checker.resolve<DocumentedResponse>(response);
      return [status, Object.keys(content!['application/problem+json'].examples!)];
    }));
  }

  const COMMON = { 400: ['INVALID_REQUEST'], 403: ['FORBIDDEN'], 429: ['THROTTLED'], 500: ['INTERNAL'], 504: ['MODEL_TIMEOUT'] };
  const API_KEY = { ...COMMON, 401: ['UNAUTHENTICATED'], 429: ['THROTTLED', 'QUOTA_EXCEEDED'] };
  const BODY = { 413: ['PAYLOAD_TOO_LARGE'], 415: ['UNSUPPORTED_MEDIA_TYPE'] };
  const MODEL = { 502: ['MODEL_UNAVAILABLE', 'MODEL_ERROR'], 503: ['MODEL_BUSY'] };
  const CREATE = { ...BODY, ...MODEL, 404: ['NOT_FOUND'], 409: ['IN_PROGRESS'], 422: ['IDEMPOTENCY_MISMATCH', 'CONTENT_FILTERED'] };

  it.each<[string, string, object]>([
    ['all', 'POST /images', { ...API_KEY, ...CREATE }],
    ['all', 'POST /images/edits', { ...API_KEY, ...CREATE }],
    ['all', 'POST /images/uploads', { ...API_KEY, ...BODY }],
    ['all', 'GET /images', API_KEY],
    ['all', 'GET /images/{id}', { ...API_KEY, 404: ['NOT_FOUND'] }],
    ['all', 'DELETE /images/{id}', { ...API_KEY, 404: ['NOT_FOUND'] }],
    ['all', 'POST /text', { ...API_KEY, ...BODY, ...MODEL, 422: ['CONTENT_FILTERED'] }],
    ['all', 'GET /models', API_KEY],
    ['all', 'GET /openapi.json', API_KEY],
    ['all', 'POST /v1/images/generations', {
      ...API_KEY,
      ...BODY,
      ...MODEL,
      400: ['INVALID_REQUEST', 'CONTENT_FILTERED'],
      404: ['NOT_FOUND'],
      409: ['IN_PROGRESS'],
      422: ['IDEMPOTENCY_MISMATCH'],
    }],
    ['legacy', 'POST /generate', { ...COMMON, ...CREATE, 429: ['THROTTLED', 'QUOTA_EXCEEDED'] }],
    ['legacy', 'GET /image/{image_id}', { ...COMMON, 404: ['NOT_FOUND'] }],
    ['tokens', 'GET /models', { ...COMMON, 401: ['UNAUTHENTICATED'] }],
    // An unsigned request is FORBIDDEN.
    ['iam', 'GET /models', COMMON],
    ['public', 'GET /models', COMMON],
  ])('of the API "%s" and %s are the ones that the operation can return', (name, route, expected) => {
    expect(errorsOf(name, route)).toEqual(expected);
  });

  it('include every error code', () => {
    const codes = Object.values(DOCUMENTS).flatMap(({ components }) => Object.values(components.responses as Record<string, DocumentedResponse>))
      .flatMap((response) => response['x-error-codes']!);
    expect([...new Set(codes)].sort()).toEqual((Object.keys(ERRORS) as ErrorCode[]).sort());
  });
});

describe('the headers of error responses', () => {
  const headersOf = (name: string, route: string, status: number) => {
    const checker = new DocumentChecker(DOCUMENTS[name]);
    return Object.keys(checker.resolve<DocumentedResponse>(operationOf(name, route).responses[status]).headers ?? {});
  };

  it.each([
    ['queued', 'POST /images'], ['queued', 'POST /images/edits'], ['all', 'POST /v1/images/generations'], ['all', 'POST /v1/images/edits'],
    ['legacy', 'GET /generate-image'], ['legacy', 'POST /generate-image'], ['legacy', 'POST /generate'],
  ])('contain Idempotency-Replayed if a repeated request can get the error, in the API "%s" for %s', (name, route) => {
    for (const status of [400, 404, 413, 500, 502, 504].filter((each) => each in operationOf(name, route).responses)) {
      expect(headersOf(name, route, status)).toContain('Idempotency-Replayed');
    }
    for (const status of [403, 409, 415, 429]) expect(headersOf(name, route, status)).not.toContain('Idempotency-Replayed');
  });

  it.each([
    ['queued', 'POST /images/batches'], ['all', 'POST /text'], ['all', 'POST /images/uploads'], ['all', 'GET /images/{id}'], ['all', 'GET /v1/models'],
    ['legacy', 'POST /generate/image'], ['legacy', 'GET /image/{image_id}'],
  ])('do not contain it for other routes, in the API "%s" for %s', (name, route) => {
    for (const status of [400, 500, 504]) expect(headersOf(name, route, status)).not.toContain('Idempotency-Replayed');
  });

  it('contain what the SDKs of OpenAI read', () => {
    for (const status of [500, 502, 504]) expect(headersOf('all', 'POST /v1/images/generations', status)).toEqual(expect.arrayContaining(['X-Request-Id', 'X-Should-Retry']));
    expect(headersOf('all', 'POST /v1/images/generations', 503)).toEqual(['Retry-After', 'X-Request-Id']);
    // API Gateway sends it on all routes
    expect(headersOf('all', 'GET /models', 504)).toEqual(['X-Should-Retry']);
    expect(headersOf('all', 'GET /models', 400)).toEqual([]);
  });

  it('are all that a response can have', () => {
    const checker = new DocumentChecker(DOCUMENTS.all);
    const text = JSON.stringify(problem('NOT_FOUND', 'why', 'request-1', { charged: 'no' }));
    const headers = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' };
    const check = (more: object) => () => expectDocumented(checker, 'GET', '/images/{id}', { status: 404, text, isBase64: false, headers: { ...headers, ...more } });
    expect(check({ 'Access-Control-Allow-Origin': '*', 'Vary': 'Origin' })).not.toThrow();
    expect(check({ 'Idempotency-Replayed': 'true' })).toThrow('the header Idempotency-Replayed is not in the document');
  });
});

describe('the security scheme', () => {
  const schemes = (name: string) => DOCUMENTS[name].components.securitySchemes;
  const security = (name: string, route: string) => operationOf(name, route).security;

  it('is AWS Signature Version 4 for mode iam', () => {
    expect(schemes('iam')).toMatchObject({ awsSigV4: { 'type': 'apiKey', 'in': 'header', 'name': 'Authorization', 'x-amazon-apigateway-authtype': 'awsSigv4' } });
    expect(security('iam', 'POST /images')).toEqual([{ awsSigV4: [] }]);
  });

  it('is an API key for mode apiKey', () => {
    expect(schemes('all')).toMatchObject({ apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } });
    expect(security('all', 'POST /v1/images/generations')).toEqual([{ apiKey: [] }]);
  });

  it('is a bearer token on OpenAI routes if they accept API keys as bearer tokens', () => {
    expect(schemes('bearer')).toMatchObject({ apiKey: { name: 'x-api-key' }, bearerKey: { type: 'http', scheme: 'bearer' } });
    expect(security('bearer', 'POST /images')).toEqual([{ apiKey: [] }]);
    expect(security('bearer', 'POST /v1/images/generations')).toEqual([{ bearerKey: [] }]);
  });

  it('is a bearer token for mode authorizer', () => {
    expect(schemes('tokens')).toMatchObject({ bearerToken: { type: 'http', scheme: 'bearer' } });
    expect(security('tokens', 'GET /openapi.json')).toEqual([{ bearerToken: [] }]);
  });

  it('is absent for mode none', () => {
    expect(schemes('public')).toBeUndefined();
    expect(security('public', 'POST /images')).toEqual([]);
  });
});

describe('the request schemas', () => {
  const schema = (name: string, of: string) => (DOCUMENTS[name].components.schemas as Record<string, { properties: JsonObject }>)[of].properties;

  it('list the models and operations of the API', () => {
    expect(schema('all', 'GenerateRequest').model).toEqual({ type: 'string', enum: ['one', 'two'], description: expect.any(String) });
    expect(schema('all', 'EditRequest').operation).toMatchObject({ enum: ['inpaint', 'outpaint'] });
    expect(schema('all', 'EditForm')).toMatchObject({ operation: { enum: ['inpaint', 'outpaint'] }, image: { type: 'string', format: 'binary' } });
  });

  it('accept any model and operation if they are unknown', () => {
    expect(schema('public', 'GenerateRequest').model).not.toHaveProperty('enum');
    expect(schema('public', 'EditRequest').operation).not.toHaveProperty('enum');
  });
});

describe('legacy routes', () => {
  const body = (route: string) => (operationOf('legacy', route).requestBody as { content: Record<string, { schema: JsonObject }> }).content['application/json'].schema;

  it('describe each query parameter', () => {
    expect((operationOf('legacy', 'GET /generate-image').parameters as JsonObject[]).slice(0, 3)).toEqual([
      { name: 'prompt', in: 'query', required: true, description: 'The prompt.', schema: { type: 'string' }, example: expect.any(String) },
      { name: 'n', in: 'query', description: 'The number of images. Each image is charged.', schema: { type: 'string' } },
      { name: 'cfgScale', in: 'query', description: 'How closely the image follows the prompt. Higher values follow it more closely.', schema: { type: 'string' } },
    ]);
  });

  it('describe each field of the body, and require none, because it can be in the query', () => {
    expect(body('POST /generate')).toEqual({
      type: 'object',
      properties: {
        text: { type: 'string', description: 'The prompt.' },
        style: { description: 'A text that is appended to the prompt.' },
        resolution: { description: 'The width and height in one text, for example 1024x768.' },
      },
    });
    expect(body('POST /generate/image').properties).toMatchObject({ top_p: { description: 'The share of most likely candidates that the model considers for the next token.' } });
  });
});

import type { HandlerConfiguration } from '../../../../src/private/contract/configuration';
import type { OpenApiDocument } from '../../../../src/private/contract/openapi';
import { operations } from '../../../helpers/openapi-documents';
import { CONFIGURATION, CORE, World, type Call } from '../../../helpers/world';

async function documentOf(configuration: Partial<HandlerConfiguration> = {}, call?: Call): Promise<OpenApiDocument> {
  const { status, headers, json } = await new World({ ...CONFIGURATION, ...configuration }).call('GET /openapi.json', call);
  expect({ status, headers }).toMatchObject({ status: 200, headers: { 'Content-Type': 'application/json' } });
  return json as unknown as OpenApiDocument;
}

const routesOf = (document: OpenApiDocument) => operations(document).map(([route]) => route).sort();

describe('GET /openapi.json', () => {
  it('returns an OpenAPI 3.1 document', async () => {
    expect((await documentOf()).openapi).toMatch(/^3\.1\./);
  });

  it.each<[string, string | undefined, Record<string, string>, string]>([
    ['a stage', undefined, {}, 'https://api.example.com/prod'],
    ['a domain', '/openapi.json', {}, 'https://api.example.com'],
    ['a trailing slash', '/prod/openapi.json/', {}, 'https://api.example.com/prod'],
    ['the base path of a domain', '/art/v2/openapi.json', {}, 'https://api.example.com/art/v2'],
    ['HTTP in the local run', undefined, { 'X-Forwarded-Proto': 'http' }, 'http://api.example.com/prod'],
    ['HTTPS', undefined, { 'X-Forwarded-Proto': 'https' }, 'https://api.example.com/prod'],
    ['an unknown scheme', undefined, { 'X-Forwarded-Proto': 'javascript' }, 'https://api.example.com/prod'],
  ])('returns the URL of the API with %s', async (_case, path, headers, url) => {
    expect((await documentOf({}, { path, headers })).servers).toEqual([{ url }]);
  });

  it('contains only the routes that the construct created', async () => {
    const own = ['DELETE /images/{id}', 'GET /images', 'GET /images/{id}', 'GET /models', 'GET /openapi.json', 'POST /images'];
    const edits = { region: 'us-west-2', operations: ['erase'] };
    expect(routesOf(await documentOf({ routes: ['standard'] }))).toEqual(own);
    expect(routesOf(await documentOf({ routes: ['standard'], textModel: { id: 'amazon.nova-2-lite-v1:0', region: 'us-east-1' } }))).toEqual([...own, 'POST /text']);
    expect(routesOf(await documentOf({ routes: ['standard'], edits }))).toEqual([...own, 'POST /images/edits', 'POST /images/uploads']);
    expect(routesOf(await documentOf({ routes: ['standard'], auth: { mode: 'none' } }))).toEqual(own.filter((route) => !/DELETE|GET .images$/.test(route)));
    expect(routesOf(await documentOf({ routes: ['openAi'], edits }))).toEqual([
      'GET /openapi.json', 'GET /v1/models', 'POST /v1/images/edits', 'POST /v1/images/generations',
    ]);
  });

  it('contains the names of models and edits that requests can use', async () => {
    const { components } = await documentOf({ edits: { region: 'us-west-2', operations: ['erase'] } });
    const schemas = components.schemas as Record<string, { properties: Record<string, { enum: string[] }> }>;
    expect(schemas.GenerateRequest.properties.model.enum).toEqual([CORE, 'stable-image-core']);
    expect(schemas.EditRequest.properties.operation.enum).toEqual(['erase']);
  });

  it('requires credentials', async () => {
    expect(await new World().call('GET /openapi.json', { keyId: 'nobody' })).toMatchObject({ status: 403, json: { code: 'FORBIDDEN' } });
  });
});

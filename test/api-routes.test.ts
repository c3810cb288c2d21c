import { Template } from 'aws-cdk-lib/assertions';
import { ApiAuth, ApiRoutes, GenAiImageApi, type GenAiImageApiProps, ImageEdit, ImageEdits, TextModel } from '../src';
import { operations } from './helpers/openapi-documents';
import { builtRoutes, handlerConfiguration, testStack } from './helpers/stack';
import { describeApi } from '../src/handlers/http/routes/openapi-document';
import { allowedEdits, ModelRegistry } from '../src/handlers/requests/model-registry';
import type { OpenApiDocument } from '../src/private/contract/openapi';

const IMAGES = ['GET /images', 'POST /images', 'DELETE /images/{id}', 'GET /images/{id}', 'GET /models'];
const DOCUMENT = 'GET /openapi.json';
const EDITS = ['POST /images/edits', 'POST /images/uploads'];
const OPENAI = ['POST /v1/images/generations', 'GET /v1/models'];

function synthesized(props: GenAiImageApiProps): Template {
  const stack = testStack();
  new GenAiImageApi(stack, 'Images', props);
  return Template.fromStack(stack);
}

/** Returns the routes in the OpenAPI document of the handler. */
async function describedRoutes(template: Template): Promise<string[]> {
  const configuration = handlerConfiguration(template);
  const edits = configuration.edits ? allowedEdits(configuration.edits) : [];
  const context = { configuration, edits, models: new ModelRegistry(configuration.models) };
  const request = { origin: 'https://api.example.com', path: '/openapi.json', route: '/openapi.json' };
  const { json } = await describeApi(request as Parameters<typeof describeApi>[0], context as unknown as Parameters<typeof describeApi>[1]);
  return operations(json as OpenApiDocument).map(([route]) => route).sort();
}

describe('routes', () => {
  it.each<[string, GenAiImageApiProps, string[]]>([
    ['the default', {}, IMAGES],
    ['standard', { routes: [ApiRoutes.standard()] }, IMAGES],
    ['openAi', { routes: [ApiRoutes.openAi()] }, OPENAI],
    ['both', { routes: [ApiRoutes.openAi(), ApiRoutes.standard()] }, [...IMAGES, ...OPENAI]],
    ['openAi with edits', { routes: [ApiRoutes.openAi()], edits: ImageEdits.of(ImageEdit.INPAINT) }, [...OPENAI, 'POST /v1/images/edits']],
    ['both with edits', { routes: [ApiRoutes.standard(), ApiRoutes.openAi()], edits: ImageEdits.all() }, [...IMAGES, ...EDITS, ...OPENAI, 'POST /v1/images/edits']],
    ['openAi without owners', { routes: [ApiRoutes.openAi()], auth: ApiAuth.none() }, OPENAI],
    ['standard without owners', { auth: ApiAuth.none() }, ['POST /images', 'GET /images/{id}', 'GET /models']],
    ['standard with a text model', { textModel: TextModel.of('amazon.nova-lite-v1:0', { region: 'us-east-1' }), auth: ApiAuth.apiKey({ clients: ['web'] }) }, [...IMAGES, 'POST /text']],
  ])('are built and described in the OpenAPI document: %s', async (_case, props, expected) => {
    const template = synthesized(props);
    expect(builtRoutes(template)).toEqual([...expected, DOCUMENT].sort());
    expect(await describedRoutes(template)).toEqual([...expected, DOCUMENT].sort());
  });

  it.each<[string, GenAiImageApiProps, string]>([
    ['an empty list', { routes: [] }, "'routes' must contain at least one set, for example [ApiRoutes.standard()]"],
    ['a repeated set', { routes: [ApiRoutes.standard(), ApiRoutes.standard()] }, "'routes' must have each route once, got 'POST /images' more than once"],
    ['a text model without a route for text', { routes: [ApiRoutes.openAi()], textModel: TextModel.NOVA_2_LITE }, "'textModel' needs a route for text; add ApiRoutes.standard(), or a legacy route with LegacyReply.text(), to 'routes'"],
  ])('fail for %s', (_case, props, message) => {
    expect(() => synthesized(props)).toThrow(message);
  });
});

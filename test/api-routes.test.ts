import { Template } from 'aws-cdk-lib/assertions';
import { ApiAuth, ApiRoutes, GenAiImageApi, GenAiImageApiProps, ImageEdit, ImageEdits, TextModel } from '../src';
import { testStack } from './stack';

const IMAGES = ['GET /images', 'POST /images', 'DELETE /images/{id}', 'GET /images/{id}', 'GET /models'];
const EDITS = ['POST /images/edits', 'POST /images/uploads'];
const OPENAI = ['POST /v1/images/generations', 'GET /v1/models'];

/** The methods of the synthesized API, as `GET /images/{id}`. */
function builtRoutes(props: GenAiImageApiProps): string[] {
  const stack = testStack();
  new GenAiImageApi(stack, 'Images', props);
  const template = Template.fromStack(stack);
  const resources = template.findResources('AWS::ApiGateway::Resource');
  const pathOf = (id: string): string => {
    const { PathPart, ParentId } = resources[id].Properties;
    return `${'Ref' in ParentId ? pathOf(ParentId.Ref) : ''}/${PathPart}`;
  };
  return Object.values(template.findResources('AWS::ApiGateway::Method'))
    .map(({ Properties: { HttpMethod, ResourceId } }) => `${HttpMethod} ${pathOf(ResourceId.Ref)}`).sort();
}

describe('sets of routes', () => {
  it.each<[string, GenAiImageApiProps, string[]]>([
    ['none given', {}, IMAGES],
    ['standard', { routes: [ApiRoutes.standard()] }, IMAGES],
    ['openAi', { routes: [ApiRoutes.openAi()] }, OPENAI],
    ['both', { routes: [ApiRoutes.openAi(), ApiRoutes.standard()] }, [...IMAGES, ...OPENAI]],
    ['openAi with edits', { routes: [ApiRoutes.openAi()], edits: ImageEdits.of(ImageEdit.INPAINT) }, [...OPENAI, 'POST /v1/images/edits']],
    ['both with edits', { routes: [ApiRoutes.standard(), ApiRoutes.openAi()], edits: ImageEdits.all() }, [...IMAGES, ...EDITS, ...OPENAI, 'POST /v1/images/edits']],
    ['openAi without owners', { routes: [ApiRoutes.openAi()], auth: ApiAuth.none() }, OPENAI],
  ])('build their own methods only: %s', (_, props, expected) => {
    expect(builtRoutes(props)).toEqual([...expected].sort());
  });

  it.each<[string, GenAiImageApiProps, string]>([
    ['none', { routes: [] }, "'routes' must hold at least one set, for example [ApiRoutes.standard()]"],
    ['twice', { routes: [ApiRoutes.standard(), ApiRoutes.standard()] }, "'routes' must have each route once, got 'POST /images' more than once"],
    ['text nowhere', { routes: [ApiRoutes.openAi()], textModel: TextModel.NOVA_2_LITE }, "'textModel' needs a route for text; add ApiRoutes.standard(), or a legacy route with LegacyReply.text(), to 'routes'"],
  ])('are checked: %s', (_, props, message) => {
    expect(() => builtRoutes(props)).toThrow(message);
  });
});

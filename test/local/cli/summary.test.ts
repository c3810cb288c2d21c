import { summary } from '../../../local/cli/summary';
import { type LocalApp } from '../../../local/run-app';
import { type Resource } from '../../../local/template/template';

const POST_IMAGES: Record<string, Resource> = { Images: { Type: 'AWS::ApiGateway::Resource', Properties: { PathPart: 'images' } } };
const appClient = (...flows: string[]): Resource => ({ Type: 'AWS::Cognito::UserPoolClient', Properties: { ExplicitAuthFlows: flows } });
const POOL: Record<string, Resource> = {
  Users: { Type: 'AWS::Cognito::UserPool' }, Page: appClient('ALLOW_USER_SRP_AUTH'), Web: appClient('ALLOW_USER_PASSWORD_AUTH'),
};

function linesOf(authorization: string, outputs: Partial<LocalApp['outputs']> = {}, resources: Record<string, Resource> = {}): string {
  const method = { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'POST', ResourceId: { Ref: 'Images' }, AuthorizationType: authorization } };
  const template = { Resources: { ...POST_IMAGES, Post: method, ...resources } };
  return summary({
    outputs: {
      baseUrl: 'http://127.0.0.1:3000/prod',
      apiKey: null,
      apiKeys: {},
      controlUrl: 'http://127.0.0.1:2/_control',
      awsEndpointUrl: 'http://127.0.0.1:1',
      region: 'us-east-1',
      corsOrigin: null,
      playgroundUrl: null,
      playgroundUser: null,
      stacks: {},
      pid: 1,
      ...outputs,
    },
    stacks: [{ name: 'S', template, assets: [], outputs: {}, resources: Object.fromEntries(Object.keys(template.Resources).map((id) => [id, `id-of-${id}`])) }],
    emulatorLog: '.local/logs/emulator.log',
  }).join('\n');
}

const POST = "-H 'content-type: application/json' -d '{\"prompt\":\"a red fox\"}'";

describe('the summary of a local run', () => {
  it('contains the URL, the keys and a command that generates an image', () => {
    const text = linesOf('NONE', { apiKey: 'a', apiKeys: { alice: 'a', bob: 'b' } });
    expect(text).toContain('routes         POST /images');
    for (const line of ['API            http://127.0.0.1:3000/prod', 'key of alice   a', 'key of bob     b']) expect(text).toContain(line);
    expect(text).toContain(`curl -s http://127.0.0.1:3000/prod/images -H 'x-api-key: a' ${POST}`);
  });

  it('contains the allowed origin, only with CORS', () => {
    expect(linesOf('NONE', { corsOrigin: 'http://localhost:5173' })).toContain('web pages on   http://localhost:5173  (allowed origin)');
    expect(linesOf('NONE')).not.toContain('web pages on');
  });

  it('contains the URL of the playground, only if it is served', () => {
    expect(linesOf('NONE', { playgroundUrl: 'http://127.0.0.1:4000' })).toContain('playground     http://127.0.0.1:4000');
    expect(linesOf('NONE')).not.toContain('playground');
  });

  it('contains the user of a playground with sign-in', () => {
    const playgroundUrl = 'http://127.0.0.1:4000';
    const domain = { Domain: { Type: 'AWS::Cognito::UserPoolDomain' } };
    const playgroundUser = { name: 'carol@example.com', password: 'secret' };
    expect(linesOf('COGNITO_USER_POOLS', { playgroundUrl, playgroundUser }, POOL)).toContain('sign in as     carol@example.com, password secret');
    // with --playground, an app can have sign-in pages that the page does not use
    expect(linesOf('COGNITO_USER_POOLS', { playgroundUrl }, { ...POOL, ...domain })).not.toContain('sign in as');
  });

  it('signs requests to an API with IAM', () => {
    expect(linesOf('AWS_IAM')).toContain(`/images --aws-sigv4 aws:amz:us-east-1:execute-api --user test:test ${POST}`);
  });

  it('contains commands that set a token of the user pool, for an API with Cognito', () => {
    const text = linesOf('COGNITO_USER_POOLS', {}, POOL);
    expect(text).toContain('cognito AdminCreateUser \'{"UserPoolId":"id-of-Users"');
    expect(text).toContain('TOKEN=$(cognito InitiateAuth \'{"ClientId":"id-of-Web"');
    expect(text).toContain(`/images -H "Authorization: Bearer $TOKEN" ${POST}`);
    expect(linesOf('NONE')).not.toContain('TOKEN');
  });

  it('names the token if the app does not contain the user pool', () => {
    expect(linesOf('COGNITO_USER_POOLS')).toContain('TOKEN=<an ID token of the user pool>');
  });
});

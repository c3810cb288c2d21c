import { LocalRunError } from '../../../local/cli/local-run-error';
import { type DeployedStack } from '../../../local/deployment/create-stack';
import { localPlayground } from '../../../local/playground/local-configuration';

const URLS = { baseUrl: 'http://127.0.0.1:3000/prod', awsEndpointUrl: 'http://127.0.0.1:4566' };

function stackWith(configuration: object, authorization = 'CUSTOM'): DeployedStack {
  const text = JSON.stringify({ bucket: 'BUCKET', expirationDays: 30, ...configuration });
  const [before, after] = text.split('BUCKET');
  return {
    name: 'S',
    assets: [],
    outputs: {},
    resources: { Bucket: 'my-bucket' },
    template: {
      Resources: {
        Other: { Type: 'AWS::Lambda::Function' },
        Handler: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { GENAI_IMAGE_API: { 'Fn::Join': ['', [before, { Ref: 'Bucket' }, after]] } } } } },
        Get: { Type: 'AWS::ApiGateway::Method', Properties: { AuthorizationType: authorization } },
      },
    },
  };
}

describe('the configuration of the playground of a local run', () => {
  it('has the paths of the page and the local URLs of the API and the bucket', () => {
    expect(localPlayground([stackWith({ auth: { mode: 'apiKey' } }, 'NONE')], URLS)).toEqual({
      bucketUrl: 'http://127.0.0.1:4566/my-bucket',
      configuration: {
        name: 'Image playground',
        api: '/api',
        apiUrl: 'http://127.0.0.1:3000/prod',
        images: '/i',
        imagesHost: '127.0.0.1:4566',
        uploads: '/u',
        queued: false,
        retentionDays: 30,
        auth: { type: 'apiKey' },
      },
    });
  });

  it('contains whether requests can be enqueued', () => {
    expect(localPlayground([stackWith({ auth: { mode: 'none' }, queue: {} })], URLS).configuration.queued).toBe(true);
  });

  it.each([
    [{ mode: 'none' }, 'NONE', { type: 'none' }],
    [{ mode: 'authorizer', fields: ['claims.iss', 'claims.sub'] }, 'COGNITO_USER_POOLS', { type: 'bearer' }],
    [{ mode: 'authorizer', fields: ['iss', 'sub'] }, 'CUSTOM', { type: 'bearer' }],
    [{ mode: 'authorizer', fields: ['principalId'] }, 'CUSTOM', { type: 'headers', headers: ['Authorization'] }],
    [{ mode: 'authorizer', fields: ['principalId'], headers: ['x-a', 'x-b'] }, 'CUSTOM', { type: 'headers', headers: ['x-a', 'x-b'] }],
  ])('converts %j of %s methods', (auth, authorization, expected) => {
    expect(localPlayground([stackWith({ auth }, authorization)], URLS).configuration.auth).toEqual(expected);
  });

  it.each([
    [{ type: 'headers', headers: ['x-a'] }, { type: 'headers', headers: ['x-a'] }],
    [
      { type: 'cognito', domain: 'https://x.example.com', clientId: 'c', issuer: 'https://i', scopes: ['openid'], token: 'id' },
      { type: 'cognito', domain: URLS.awsEndpointUrl, clientId: 'c', issuer: 'https://i', scopes: ['openid'], token: 'id' },
    ],
  ] as const)('has the title and the credentials of a deployed playground, with %j', (auth, expected) => {
    const deployed = { ...localPlayground([stackWith({ auth: { mode: 'none' } })], URLS).configuration, name: 'My images', apiUrl: 'https://aws', auth };
    expect(localPlayground([stackWith({ auth: { mode: 'authorizer' } })], URLS, deployed).configuration).toMatchObject({
      name: 'My images', apiUrl: 'http://127.0.0.1:3000/prod', auth: expected,
    });
  });

  it('fails for an API with IAM, and for an app without an image API', () => {
    expect(() => localPlayground([stackWith({ auth: { mode: 'iam' } }, 'AWS_IAM')], URLS)).toThrow(LocalRunError);
    expect(() => localPlayground([{ ...stackWith({}), template: { Resources: {} } }], URLS)).toThrow('the app has no image API for the playground');
  });
});

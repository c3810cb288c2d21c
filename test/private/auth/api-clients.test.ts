import { Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApiAuth, type ApiKeyAuthOptions, type GenAiImageApi } from '../../../src';
import { handlerConfiguration, HOME, imageApi, resources, synth, testStack } from '../../helpers/stack';

function withKeys(options: ApiKeyAuthOptions, use: (images: GenAiImageApi) => unknown = () => undefined): Template {
  const stack = testStack(HOME);
  use(imageApi({ auth: ApiAuth.apiKey(options) }, stack));
  return Template.fromStack(stack);
}

/** Matches the reference to a key of a client. */
const key = (client: string, version = 1): unknown => expect.stringMatching(new RegExp(`^<ImagesClients${client}Key${version}[0-9A-F]{8}>$`));

describe('addApiClient', () => {
  it('adds a key to the usage plan and returns it', () => {
    const stack = testStack(HOME);
    const apiKey = imageApi({ auth: ApiAuth.apiKey() }, stack).addApiClient('late');
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApiGateway::ApiKey', { Description: 'client late of Stack/Images' });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', { KeyId: stack.resolve(apiKey.keyId) });
  });

  it('adds another key version of an existing client, like keyVersions does', () => {
    const added = withKeys({ clients: ['web'] }, (images) => images.addApiClient('web', { keyVersion: 2 }));
    expect(added.toJSON()).toEqual(withKeys({ clients: ['web'], keyVersions: { web: [1, 2] } }).toJSON());
  });

  it.each<[string, number | undefined, string]>([
    ['web', undefined, "client 'web' already has key version 1; use another name, or add another key with { keyVersion: 2 }"],
    ['web', 1, "client 'web' already has key version 1"],
    ['a/b', undefined, "'name' must be 1 to 64 letters, digits, '_' or '-' and start with a letter or digit, got 'a/b'"],
    ['web', 1000, "'keyVersion' must be a whole number from 1 to 999, got 1000"],
    ['web', Token.asNumber({ Ref: 'Version' }), "'keyVersion' must be known at synthesis, got a value only known at deployment"],
  ])('fails for the client %p and the key version %p', (name, keyVersion, problem) => {
    const api = imageApi({ auth: ApiAuth.apiKey({ clients: ['web'] }) });
    expect(() => api.addApiClient(name, { keyVersion })).toThrow(`cannot create API client 'Stack/Images/Clients/${name}':\n- ${problem}`);
  });

  it('does not change the logical ids of other keys', () => {
    const ids = (clients: string[]) => Object.entries(resources(synth({ auth: ApiAuth.apiKey({ clients }) })))
      .filter(([, { Type, Properties }]) => Type.startsWith('AWS::ApiGateway::') && JSON.stringify(Properties).includes('bob')).map(([id]) => id);
    expect(ids(['bob'])).toHaveLength(2);
    expect(ids(['bob'])).toEqual(ids(['alice', 'bob']));
  });
});

describe('apiClientKey', () => {
  const api = () => imageApi({ auth: ApiAuth.apiKey({ clients: ['web', 'api'], keyVersions: { web: [1, 3] } }) });

  it('returns the key of a client in clients', () => {
    const images = api();
    const stack = Stack.of(images);
    expect(stack.resolve(images.apiClientKey('api').keyId)).toEqual({ Ref: expect.stringMatching(/^ImagesClientsapiKey1/) });
    expect(stack.resolve(images.apiClientKey('web', { keyVersion: 3 }).keyId)).toEqual({ Ref: expect.stringMatching(/^ImagesClientswebKey3/) });
  });

  it('returns the key that addApiClient added', () => {
    const images = api();
    const added = images.addApiClient('late');
    expect(images.apiClientKey('late')).toBe(added);
  });

  it.each<[string, number | undefined, string]>([
    ['mobile', undefined, "'name' must be one of web, api, got 'mobile'; add the key with addApiClient('mobile')"],
    ['web', 2, "'keyVersion' must be 1 or 3 for the client 'web', got 2; add the key with addApiClient('web', { keyVersion: 2 })"],
  ])('fails for the client %p and the key version %p', (name, keyVersion, problem) => {
    expect(() => api().apiClientKey(name, { keyVersion })).toThrow(`apiClientKey() on 'Stack/Images': ${problem}`);
  });

  it('fails for an API without clients', () => {
    expect(() => imageApi({ auth: ApiAuth.apiKey() }).apiClientKey('web')).toThrow("'name' must be one of the clients of the API, which has none, got 'web'");
    expect(() => imageApi().apiClientKey('web')).toThrow("apiClientKey() on 'Stack/Images' requires ApiAuth.apiKey()");
  });
});

describe('the keys of a client', () => {
  it('belong to one owner: the configuration lists all keys under one client name', () => {
    expect(handlerConfiguration(withKeys({ clients: ['web', 'api'], keyVersions: { web: [1, 2] } })).auth).toEqual({
      mode: 'apiKey', clients: [{ name: 'web', keyIds: [key('web'), key('web', 2)] }, { name: 'api', keyIds: [key('api')] }],
    });
  });

  it('stay with that owner when the first key is removed', () => {
    expect(handlerConfiguration(withKeys({ clients: ['web'], keyVersions: { web: [2] } })).auth.clients).toEqual([{ name: 'web', keyIds: [key('web', 2)] }]);
  });

  it('include keys that are added later', () => {
    const template = withKeys({ clients: ['web', 'api'] }, (images) => images.addApiClient('web', { keyVersion: 3 }));
    expect(handlerConfiguration(template).auth.clients).toEqual([{ name: 'web', keyIds: [key('web'), key('web', 3)] }, { name: 'api', keyIds: [key('api')] }]);
  });

  // API Gateway deletes and creates a key, with another value, when its logical id changes
  it('have the same logical ids in each version of this package', () => {
    const ids = Object.keys(withKeys({ clients: ['web'], keyVersions: { web: [1, 2] } }).findResources('AWS::ApiGateway::ApiKey'));
    expect(ids).toEqual(['ImagesClientswebKey1AEE806E7', 'ImagesClientswebKey26AF84C3F']);
  });
});

import { type App } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ApiAuth, type ApiKeyAuthOptions, type LimitOptions } from '../../../src';
import { builtMethods, HOME, imageApi, ofType, only, resources, synth, testStack } from '../../helpers/stack';

describe('ApiAuth.apiKey()', () => {
  const template = synth({ auth: ApiAuth.apiKey({ clients: ['alice', 'bob'], rateLimit: 2, burstLimit: 4, dailyQuota: 100 }), corsOrigins: ['https://a.example'] });

  it('requires an API key on each method except preflights', () => {
    for (const { name, properties } of builtMethods(template)) {
      expect(properties).toMatchObject({ AuthorizationType: 'NONE', ApiKeyRequired: !name.startsWith('OPTIONS ') });
    }
  });

  it('creates one key for each client, with a description and without a name or a value', () => {
    expect(ofType(template, 'AWS::ApiGateway::ApiKey').map(({ Properties }) => Properties)).toEqual([
      { Description: 'client alice of Stack/Images', Enabled: true }, { Description: 'client bob of Stack/Images', Enabled: true },
    ]);
  });

  it('adds all keys to one usage plan of the stage, with the limits and the quota', () => {
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      Throttle: { RateLimit: 2, BurstLimit: 4 },
      Quota: { Limit: 100, Period: 'DAY' },
      ApiStages: [{ ApiId: { Ref: Match.stringLikeRegexp('ImagesApi') }, Stage: { Ref: Match.stringLikeRegexp('ImagesApiDeploymentStageprod') } }],
    });
    const keys = Object.keys(template.findResources('AWS::ApiGateway::ApiKey'));
    const added = ofType(template, 'AWS::ApiGateway::UsagePlanKey').map(({ Properties }) => (Properties.KeyId as { Ref: string }).Ref);
    expect(added.sort()).toEqual(keys.sort());
  });

  it('sets no limits and no quota on the usage plan by default', () => {
    expect(Object.keys(only(synth({ auth: ApiAuth.apiKey({ clients: ['web'] }) }), 'AWS::ApiGateway::UsagePlan'))).toEqual(['ApiStages']);
  });

  it.each<[ApiKeyAuthOptions, string]>([
    [{ clients: ['a b'] }, "names in 'auth.clients' must be 1 to 64 letters, digits, '_' or '-' and start with a letter or digit, got 'a b'"],
    [{ clients: ['web#2'] }, "names in 'auth.clients' must be 1 to 64 letters, digits, '_' or '-' and start with a letter or digit, got 'web#2'"],
    [{ clients: ['a', 'a'] }, "'auth.clients' must contain each name once, got 'a' more than once"],
    [{ clients: ['a'], rateLimit: 0 }, "'auth.rateLimit' must be greater than 0"],
    [{ clients: ['a'], burstLimit: 1.5 }, "'auth.burstLimit' must be a whole number"],
    [{ clients: ['a'], dailyQuota: 0 }, "'auth.dailyQuota' must be a whole number of at least 1"],
  ])('fails for the options %p', (options, problem) => {
    expect(() => imageApi({ auth: ApiAuth.apiKey(options) })).toThrow(`cannot create GenAiImageApi 'Stack/Images':\n- ${problem}`);
  });

  it('fails at synthesis when no client was added', () => {
    const stack = testStack(HOME);
    imageApi({ auth: ApiAuth.apiKey() }, stack);
    expect(() => (stack.node.root as App).synth()).toThrow("'auth.clients' must contain at least one client, for example ApiAuth.apiKey({ clients: ['web'] })");
  });

  it('can be used by several APIs', () => {
    const auth = ApiAuth.apiKey({ clients: ['web'], keyVersions: { web: [1, 2] } });
    expect(synth({ auth }).toJSON()).toEqual(synth({ auth }).toJSON());
  });
});

describe('keyVersions', () => {
  const template = (...versions: number[]) => synth({ auth: ApiAuth.apiKey({ clients: ['web'], keyVersions: { web: versions } }) });
  const idsOf = (...versions: number[]) => Object.keys(resources(template(...versions))).filter((id) => id.includes('Clients')).sort();
  const WITHOUT = Object.keys(resources(synth({ auth: ApiAuth.apiKey({ clients: ['web'] }) }))).filter((id) => id.includes('Clients')).sort();

  it('defaults to version 1', () => {
    expect(idsOf(1)).toEqual(WITHOUT);
  });

  it('creates a key for each version, whose resources do not depend on other versions', () => {
    const [before, both, after] = [idsOf(1), idsOf(1, 2), idsOf(2)];
    expect(before).toHaveLength(2);
    expect(after).toHaveLength(2);
    expect(both).toEqual([...before, ...after].sort());
  });

  it('names the version in the description of each key except the first', () => {
    expect(ofType(template(1, 2), 'AWS::ApiGateway::ApiKey').map(({ Properties }) => Properties.Description)).toEqual([
      'client web of Stack/Images', 'client web of Stack/Images, key version 2',
    ]);
  });

  it.each<[ApiKeyAuthOptions, string]>([
    [{ clients: ['web'], keyVersions: { app: [1] } }, "'auth.keyVersions.app' must belong to a client in 'auth.clients', got web"],
    [{ keyVersions: { app: [1] } }, "'auth.keyVersions.app' must belong to a client in 'auth.clients', got none"],
    [
      { clients: ['web'], keyVersions: { web: [] } },
      "'auth.keyVersions.web' must list at least one version, got none; remove the client from 'auth.clients' to delete its keys",
    ],
    [{ clients: ['web'], keyVersions: { web: [0] } }, "'auth.keyVersions.web' must be a whole number from 1 to 999, got 0"],
    [{ clients: ['web'], keyVersions: { web: [1000] } }, "'auth.keyVersions.web' must be a whole number from 1 to 999, got 1000"],
    [{ clients: ['web'], keyVersions: { web: [1.5] } }, "'auth.keyVersions.web' must be a whole number from 1 to 999, got 1.5"],
    [{ clients: ['web'], keyVersions: { web: [2, 2] } }, "'auth.keyVersions.web' must contain each version once, got '2' more than once"],
  ])('fails for the options %j', (options, problem) => {
    expect(() => imageApi({ auth: ApiAuth.apiKey(options) })).toThrow(`cannot create GenAiImageApi 'Stack/Images':\n- ${problem}`);
  });
});

describe('the usage plan', () => {
  const throttle = (options: ApiKeyAuthOptions, limits?: LimitOptions) =>
    only<{ Throttle?: unknown }>(synth({ auth: ApiAuth.apiKey({ clients: ['web'], ...options }), limits }), 'AWS::ApiGateway::UsagePlan').Throttle;

  it.each<[string, ApiKeyAuthOptions, unknown]>([
    ['no limits', {}, undefined],
    ['a rate limit', { rateLimit: 5 }, { RateLimit: 5, BurstLimit: 20 }],
    ['a burst limit', { burstLimit: 4 }, { RateLimit: 10, BurstLimit: 4 }],
    ['both limits', { rateLimit: 5, burstLimit: 4 }, { RateLimit: 5, BurstLimit: 4 }],
  ])('has both limits or none, with %s', (_case, options, expected) => expect(throttle(options)).toEqual(expected));

  it('takes a missing limit from the limits of the API', () => {
    expect(throttle({ rateLimit: 5 }, { rateLimit: 30, burstLimit: 60 })).toEqual({ RateLimit: 5, BurstLimit: 60 });
  });
});

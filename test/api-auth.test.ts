import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { HOME, imageApi, ofType, resources, synth, testStack } from './stack';
import { ApiAuth, ApiKeyAuthOptions } from '../src';

interface Method {
  readonly HttpMethod: string;
  readonly AuthorizationType: string;
  readonly ApiKeyRequired?: boolean;
}

const methods = (template: Template) => ofType(template, 'AWS::ApiGateway::Method').map(({ Properties }) => Properties as unknown as Method);

describe('iam', () => {
  it('is the default, and has each method signed', () => {
    const template = synth();
    expect(template.toJSON()).toEqual(synth({ auth: ApiAuth.iam() }).toJSON());
    expect(new Set(methods(template).map(({ AuthorizationType }) => AuthorizationType))).toEqual(new Set(['AWS_IAM']));
  });

  it('has no keys and no clients to add', () => {
    expect(() => imageApi().addApiClient('web')).toThrow("cannot add the API client 'web' to 'Stack/Images'");
  });
});

describe('none', () => {
  const stack = testStack(HOME);
  const template = synth({ auth: ApiAuth.none() }, stack);

  it('always warns', () => {
    Annotations.fromStack(stack).hasWarning('/Stack/Images', Match.stringLikeRegexp('cdk-genai-image-api:authNone'));
  });

  it('builds no routes that need an owner', () => {
    expect(methods(template).map(({ HttpMethod, AuthorizationType }) => `${HttpMethod} ${AuthorizationType}`).sort()).toEqual(['GET NONE', 'GET NONE', 'POST NONE']);
    expect(methods(template).some(({ ApiKeyRequired }) => ApiKeyRequired)).toBe(false);
  });

  it('keeps those routes out of preflights', () => {
    const withCors = synth({ auth: ApiAuth.none(), corsOrigins: ['https://a.example'] });
    expect(JSON.stringify(withCors.toJSON())).not.toContain('DELETE');
  });

  it('has no clients to add', () => {
    expect(() => imageApi({ auth: ApiAuth.none() }).addApiClient('web')).toThrow("set 'auth' to ApiAuth.apiKey");
  });
});

describe('apiKey', () => {
  const template = synth({ auth: ApiAuth.apiKey({ clients: ['alice', 'bob'], rateLimit: 2, burstLimit: 4, dailyQuota: 100 }), corsOrigins: ['https://a.example'] });

  it('requires the key on each method but preflights', () => {
    for (const { HttpMethod, ApiKeyRequired, AuthorizationType } of methods(template)) {
      expect(AuthorizationType).toBe('NONE');
      expect(ApiKeyRequired).toBe(HttpMethod !== 'OPTIONS');
    }
  });

  it('has one key a client, described, without name or value', () => {
    expect(ofType(template, 'AWS::ApiGateway::ApiKey').map(({ Properties }) => Properties)).toEqual([
      { Description: 'client alice of Stack/Images', Enabled: true }, { Description: 'client bob of Stack/Images', Enabled: true },
    ]);
  });

  it('attaches all keys to a plan for the stage, with rates and daily quota', () => {
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      Throttle: { RateLimit: 2, BurstLimit: 4 },
      Quota: { Limit: 100, Period: 'DAY' },
      ApiStages: [{ ApiId: { Ref: Match.stringLikeRegexp('ImagesApi') }, Stage: { Ref: Match.stringLikeRegexp('ImagesApiDeploymentStageprod') } }],
    });
    const keys = Object.entries(resources(template)).filter(([, { Type }]) => Type === 'AWS::ApiGateway::ApiKey').map(([id]) => id);
    const attached = ofType(template, 'AWS::ApiGateway::UsagePlanKey').map(({ Properties }) => (Properties.KeyId as { Ref: string }).Ref);
    expect(attached.sort()).toEqual(keys.sort());
  });

  it('has no rates and no quota of its own by default', () => {
    const [plan] = ofType(synth({ auth: ApiAuth.apiKey({ clients: ['web'] }) }), 'AWS::ApiGateway::UsagePlan');
    expect(Object.keys(plan.Properties)).toEqual(['ApiStages']);
  });

  it.each<[ApiKeyAuthOptions, string]>([
    [{ clients: ['a b'] }, "'auth.clients' must hold names"],
    [{ clients: ['a', 'a'] }, "'auth.clients' must hold each name once, got 'a'"],
    [{ clients: ['a'], rateLimit: 0 }, "'auth.rateLimit' must be greater than 0"],
    [{ clients: ['a'], burstLimit: 1.5 }, "'auth.burstLimit' must be a whole number"],
    [{ clients: ['a'], dailyQuota: 0 }, "'auth.dailyQuota' must be a whole number of at least 1"],
  ])('fails for %p', (options, problem) => {
    expect(() => imageApi({ auth: ApiAuth.apiKey(options) })).toThrow(problem);
  });

  it('fails at synthesis when there is no client at all', () => {
    const stack = testStack(HOME);
    imageApi({ auth: ApiAuth.apiKey() }, stack);
    expect(() => (stack.node.root as App).synth()).toThrow("'auth.clients' must name at least one client");
  });

  it('can be shared by several APIs', () => {
    const auth = ApiAuth.apiKey({ clients: ['web'] });
    expect(synth({ auth }).toJSON()).toEqual(synth({ auth }).toJSON());
  });
});

describe('addApiClient', () => {
  it('adds a key to the plan and returns it', () => {
    const stack = testStack(HOME);
    const key = imageApi({ auth: ApiAuth.apiKey() }, stack).addApiClient('late');
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ApiGateway::ApiKey', { Description: 'client late of Stack/Images' });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', { KeyId: stack.resolve(key.keyId) });
  });

  it.each([['web', "there is a client 'web' already"], ['a/b', "got 'a/b'"]])('fails for %p', (name, problem) => {
    const api = imageApi({ auth: ApiAuth.apiKey({ clients: ['web'] }) });
    expect(() => api.addApiClient(name)).toThrow(problem);
  });

  it('leaves the ids of other keys alone', () => {
    const ids = (clients: string[]) => Object.entries(resources(synth({ auth: ApiAuth.apiKey({ clients }) })))
      .filter(([, { Type, Properties }]) => Type.startsWith('AWS::ApiGateway::') && JSON.stringify(Properties).includes('bob')).map(([id]) => id);
    expect(ids(['bob'])).toEqual(ids(['alice', 'bob']));
  });
});

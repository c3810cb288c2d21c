import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ApiAuth, ApiAuthBinding, ApiAuthBindOptions, ApiKeyAuthOptions, ApiRoutes, CustomAuthOptions, JwtAuthOptions, OwnerSource } from '../src';
import { builtMethods, HOME, imageApi, ofType, resources, synth, testApp, testStack } from './helpers/stack';

interface Method {
  readonly HttpMethod: string;
  readonly AuthorizationType: string;
  readonly ApiKeyRequired?: boolean;
}

/** What the handler is told of its callers, tokens aside. */
const configuredAuth = (template: Template) => /"auth":({.*?})/.exec(JSON.stringify(ofType(template, 'AWS::Lambda::Function')).replaceAll('\\', ''))?.slice(1).map((json) => JSON.parse(json) as unknown)[0];

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
    expect(methods(template).map(({ HttpMethod, AuthorizationType }) => `${HttpMethod} ${AuthorizationType}`).sort()).toEqual([...Array(3).fill('GET NONE'), 'POST NONE']);
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

describe('a second key of a client', () => {
  const template = (...clients: string[]) => synth({ auth: ApiAuth.apiKey({ clients }) });
  const keysOf = (clients: string[]) => Object.keys(resources(template(...clients))).filter((id) => id.includes('Clients')).sort();
  const configured = (clients: string[]) => JSON.stringify(ofType(template(...clients), 'AWS::Lambda::Function')).replaceAll('\\', '');

  it('stands beside the first, which stays as it is, and can stay alone', () => {
    const [before, both, after] = [['web'], ['web', 'web#2'], ['web#2']].map(keysOf);
    expect([before.length, both.length, after.length]).toEqual([2, 4, 2]);
    expect(both).toEqual([...before, ...after].sort());
  });

  it('is of the same owner', () => {
    expect(configured(['web', 'api', 'web#2'])).toMatch(/"clients":\[{"name":"web","keyIds":\[.*?,.*?\]},{"name":"api"/);
    expect(configured(['web#2'])).toContain('"name":"web"');
  });

  it.each([['web#1', "write 'web', got 'web#1'"], ['web#0', "'auth.clients' must hold names"], ['web#', "'auth.clients' must hold names"]])('is not %s', (name, problem) => {
    expect(() => imageApi({ auth: ApiAuth.apiKey({ clients: [name] }) })).toThrow(problem);
  });
});

describe('acceptBearer', () => {
  const routes = [ApiRoutes.standard(), ApiRoutes.openAi()];
  const template = synth({ auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }), routes, corsOrigins: ['https://app.example.com'] });
  const authorizers = template.findResources('AWS::ApiGateway::Authorizer');
  /** The header that a method's authorizer reads. */
  const sourceOf = (method: unknown) => {
    const { AuthorizerId } = method as { AuthorizerId: { Ref: string } };
    return authorizers[AuthorizerId.Ref].Properties.IdentitySource as string;
  };

  it('has API Gateway take keys from authorizers', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { ApiKeySourceType: 'AUTHORIZER' });
    const all = Object.values(authorizers).map(({ Properties }) => Properties);
    const facts = all.map(({ Type, IdentitySource, AuthorizerResultTtlInSeconds }) => [Type, IdentitySource, AuthorizerResultTtlInSeconds]);
    expect(facts).toEqual([['REQUEST', 'method.request.header.x-api-key', 3600], ['REQUEST', 'method.request.header.Authorization', 3600]]);
    const without = synth({ auth: ApiAuth.apiKey({ clients: ['web'] }), routes });
    without.hasResourceProperties('AWS::ApiGateway::RestApi', { ApiKeySourceType: Match.absent() });
  });

  it('reads them in Authorization on OpenAI\'s routes, in x-api-key on all others, and has them checked on each', () => {
    const protectedMethods = builtMethods(template).filter(({ name }) => !name.startsWith('OPTIONS '));
    const seen = protectedMethods.map(({ name, properties }) => {
      expect(properties).toMatchObject({ AuthorizationType: 'CUSTOM', ApiKeyRequired: true });
      return [name.includes(' /v1/'), sourceOf(properties)];
    });
    expect(new Set(seen.map(String))).toEqual(new Set(['false,method.request.header.x-api-key', 'true,method.request.header.Authorization']));
  });

  it('lets the function write its log and do nothing else, and API Gateway invoke it', () => {
    const [policy] = Object.entries(resources(template)).filter(([id]) => id.includes('KeyAuthorizerPolicy'));
    expect((policy[1].Properties.PolicyDocument as { Statement: unknown[] }).Statement).toEqual([
      {
        Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringContaining('KeyAuthorizerLogs'), 'Arn'] },
      },
    ]);
    for (const id of Object.keys(authorizers)) {
      template.hasResourceProperties('AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        FunctionName: { 'Fn::GetAtt': [Match.stringLikeRegexp('KeyAuthorizerHandler'), 'Arn'] },
        SourceArn: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([{ Ref: id }])] }),
      });
    }
  });

  it('keeps clients, plan and owners as they are', () => {
    template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', { KeyType: 'API_KEY' });
    expect(JSON.stringify(ofType(template, 'AWS::Lambda::Function'))).toContain(String.raw`\"auth\":{\"mode\":\"apiKey\",\"clients\":[{\"name\":\"web\",\"keyIds\":[`);
  });

  it.each(['UNAUTHORIZED', 'INVALID_API_KEY'])('answers %s in words that LiteLLM knows, with both headers named', (ResponseType) => {
    const [{ Properties }] = ofType(template, 'AWS::ApiGateway::GatewayResponse').filter((response) => response.Properties.ResponseType === ResponseType);
    const { error, status } = JSON.parse((Properties.ResponseTemplates as Record<string, string>)['application/json']) as { error: { message: string }; status: number };
    expect([Properties.StatusCode, status]).toEqual(['401', 401]);
    expect(error.message).toMatch(/^Incorrect API key provided\..*Authorization: Bearer.*x-api-key/);
    expect(Properties.ResponseParameters).toMatchObject({ 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://app.example.com'" });
  });

  it('is of no use without those routes', () => {
    expect(() => synth({ auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }) }))
      .toThrow("'auth.acceptBearer' is for ApiRoutes.openAi(), which 'routes' does not hold; add it, or leave acceptBearer out");
  });
});

describe('cognito', () => {
  const stack = testStack(HOME);
  const userPool = new cognito.UserPool(stack, 'Users');
  const template = synth({ auth: ApiAuth.cognito(userPool), corsOrigins: ['https://a.example'] }, stack);

  it('has API Gateway check ID tokens on each method but preflights', () => {
    const [id] = Object.keys(template.findResources('AWS::ApiGateway::Authorizer', { Properties: { Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization' } }));
    for (const method of methods(template)) {
      expect(method.AuthorizationType).toBe(method.HttpMethod === 'OPTIONS' ? 'NONE' : 'COGNITO_USER_POOLS');
      if (method.HttpMethod !== 'OPTIONS') expect(method).toMatchObject({ AuthorizerId: { Ref: id } });
      expect(method).not.toHaveProperty('AuthorizationScopes');
    }
  });

  it('has access tokens with one of the scopes', () => {
    const other = testStack(HOME);
    const scoped = synth({ auth: ApiAuth.cognito(new cognito.UserPool(other, 'Users'), { scopes: ['images/write'] }) }, other);
    for (const method of methods(scoped)) expect(method).toMatchObject({ AuthorizationScopes: ['images/write'] });
  });

  it('takes the owner from the token\'s issuer and subject', () => expect(configuredAuth(template)).toEqual({ mode: 'authorizer', fields: ['claims.iss', 'claims.sub'] }));

  it('builds routes for owners, and no function of its own', () => {
    expect(methods(template).map(({ HttpMethod }) => HttpMethod)).toContain('DELETE');
    template.resourceCountIs('AWS::Lambda::Function', 1);
  });

  it.each([[[], "'auth.scopes' must name at least one scope"], [['a', 'a'], "'auth.scopes' must hold each name once, got 'a'"]])('fails for scopes %j', (scopes, problem) => {
    expect(() => imageApi({ auth: ApiAuth.cognito(userPool, { scopes }) })).toThrow(problem);
  });
});

describe('jwt', () => {
  const OPTIONS: JwtAuthOptions = { issuer: 'https://issuer.example/', audience: ['images'] };
  const template = synth({ auth: ApiAuth.jwt(OPTIONS) });
  const configuration = (options: JwtAuthOptions) => {
    const [{ Properties }] = ofType(synth({ auth: ApiAuth.jwt(options) }), 'AWS::Lambda::Function')
      .filter((fn) => JSON.stringify(fn).includes('GENAI_IMAGE_AUTHORIZER'));
    return JSON.parse((Properties.Environment as { Variables: Record<string, string> }).Variables.GENAI_IMAGE_AUTHORIZER) as unknown;
  };

  it('has a function check each request, and keeps none of its answers', () => {
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 0,
    });
    for (const { AuthorizationType } of methods(template)) expect(AuthorizationType).toBe('CUSTOM');
  });

  it('lets that function write its log and do nothing else', () => {
    const [id] = Object.keys(template.findResources('AWS::IAM::Policy')).filter((name) => name.includes('AuthorizerPolicy'));
    const { PolicyDocument } = resources(template)[id].Properties as { PolicyDocument: { Statement: unknown[] } };
    expect(PolicyDocument.Statement).toEqual([{
      Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringContaining('AuthorizerLogs'), 'Arn'] },
    }]);
  });

  it('takes the owner from the token\'s issuer and subject', () => expect(configuredAuth(template)).toEqual({ mode: 'authorizer', fields: ['iss', 'sub'] }));

  it('tells the function what to accept', () => {
    expect(configuration(OPTIONS)).toEqual({ ...OPTIONS, algorithms: ['RS256'], clockToleranceSeconds: 0 });
    const all = { ...OPTIONS, jwksUri: 'https://issuer.example/keys', algorithms: ['ES256', 'EdDSA'], scopes: ['write'] };
    expect(configuration({ ...all, clockTolerance: Duration.seconds(30) })).toEqual({ ...all, clockToleranceSeconds: 30 });
  });

  it('keeps to the compute options and the key of the API', () => {
    const stack = testStack(HOME);
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/boundary');
    const encryptionKey = new kms.Key(stack, 'Key');
    const compute = { permissionsBoundary, logRetention: logs.RetentionDays.ONE_DAY };
    const bounded = synth({ auth: ApiAuth.jwt(OPTIONS), encryptionKey, compute }, stack);
    for (const { Properties } of ofType(bounded, 'AWS::IAM::Role')) expect(Properties).toHaveProperty('PermissionsBoundary');
    for (const { Properties } of ofType(bounded, 'AWS::Logs::LogGroup')) expect(Properties).toMatchObject({ RetentionInDays: 1, KmsKeyId: {} });
  });

  it.each<[Partial<JwtAuthOptions>, string]>([
    [{ issuer: 'http://issuer.example' }, "'auth.issuer' must be a URL that begins with https://"],
    [{ issuer: 'issuer.example' }, "'auth.issuer' must be a URL that begins with https://"],
    [{ issuer: 'https://issuer.example?x=1' }, "has no query, got 'https://issuer.example?x=1'"],
    [{ jwksUri: 'ftp://x' }, "'auth.jwksUri' must be a URL"],
    [{ audience: [] }, "'auth.audience' must hold at least one name"],
    [{ audience: [''] }, "'auth.audience' must hold at least one name, and none that is empty"],
    [{ audience: ['a', 'a'] }, "'auth.audience' must hold each name once"],
    [{ scopes: [] }, "'auth.scopes' must hold at least one name"],
    [{ algorithms: ['none'] }, "'auth.algorithms' must hold some of RS256, RS384, RS512, ES256, ES384, ES512, EdDSA, got 'none'"],
    [{ algorithms: ['HS256'] }, "got 'HS256'"],
    [{ algorithms: [] }, "'auth.algorithms' must hold at least one name"],
    [{ clockTolerance: Duration.minutes(6) }, "'auth.clockTolerance' must be between 0 seconds and 5 minutes"],
    [{ clockTolerance: Duration.millis(10) }, "'auth.clockTolerance' must be whole seconds"],
  ])('fails for %j', (options, problem) => {
    expect(() => imageApi({ auth: ApiAuth.jwt({ ...OPTIONS, ...options }) })).toThrow(problem);
  });
});

describe('custom', () => {
  const stack = testStack(HOME);
  const handler = lambda.Function.fromFunctionAttributes(stack, 'Fn', { functionArn: 'arn:aws:lambda:us-west-2:111122223333:function:mine', sameEnvironment: true });

  it('asks the function of the user, and takes the principal as the owner', () => {
    const template = synth({ auth: ApiAuth.custom(handler) }, stack);
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 0, AuthorizerUri: Match.anyValue(),
    });
    expect(configuredAuth(template)).toEqual({ mode: 'authorizer', fields: ['principalId'] });
  });

  it('asks with other headers, and keeps answers, where that is wanted', () => {
    const other = testStack(HOME);
    const fn = lambda.Function.fromFunctionAttributes(other, 'Fn', { functionArn: handler.functionArn, sameEnvironment: true });
    const template = synth({ auth: ApiAuth.custom(fn, { headers: ['X-Tenant', 'X-Secret'], resultsCacheTtl: Duration.minutes(5) }) }, other);
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      IdentitySource: 'method.request.header.X-Tenant,method.request.header.X-Secret', AuthorizerResultTtlInSeconds: 300,
    });
    expect(configuredAuth(template)).toMatchObject({ headers: ['X-Tenant', 'X-Secret'] });
  });

  it('lets pages send those headers, none of them twice', () => {
    const template = synth({ auth: ApiAuth.custom(handler, { headers: ['X-Tenant', 'authorization'] }), corsOrigins: ['*'] }, testStack(HOME));
    const [{ properties }] = builtMethods(template).filter(({ name }) => name === 'OPTIONS /images');
    const { IntegrationResponses: [response] } = properties.Integration as { IntegrationResponses: { ResponseParameters: Record<string, string> }[] };
    const allowed = response.ResponseParameters['method.response.header.Access-Control-Allow-Headers'].slice(1, -1).split(',');
    expect(allowed).toContain('X-Tenant');
    expect(allowed.filter((name) => name.toLowerCase() === 'authorization')).toEqual(['Authorization']);
  });

  it('asks a function of another stack, with the permission in ours', () => {
    const app = testApp();
    const fn = new lambda.Function(new Stack(app, 'Auth', { env: HOME }), 'Fn', {
      runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('x'),
    });
    const template = synth({ auth: ApiAuth.custom(fn) }, testStack(HOME, app));
    template.hasResourceProperties('AWS::Lambda::Permission', {
      FunctionName: { 'Fn::ImportValue': Match.stringLikeRegexp('^Auth:') },
      SourceArn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('/authorizers/')])] },
    });
    Template.fromStack(Stack.of(fn)).resourceCountIs('AWS::Lambda::Permission', 0);
  });

  it('asks a function of another account, whose permission is not ours to give', () => {
    const app = testApp();
    const elsewhere = new Stack(app, 'Auth', { env: { account: '444455556666', region: HOME.region } });
    const fn = lambda.Function.fromFunctionArn(elsewhere, 'Fn', 'arn:aws:lambda:us-west-2:444455556666:function:mine');
    const template = synth({ auth: ApiAuth.custom(fn) }, testStack(HOME, app));
    expect(JSON.stringify(template.findResources('AWS::Lambda::Permission'))).not.toContain('444455556666');
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', { Type: 'REQUEST' });
  });

  it.each<[CustomAuthOptions, string]>([
    [{ headers: ['a b'] }, "'auth.headers' must hold names of HTTP headers, got 'a b'"],
    [{ headers: ['X-A', 'x-a'] }, "'auth.headers' must"],
    [{ headers: [] }, "'auth.headers' must name at least one header"],
    [{ resultsCacheTtl: Duration.minutes(61) }, "'auth.resultsCacheTtl' must be between"],
  ])('fails for %j', (options, problem) => {
    expect(() => imageApi({ auth: ApiAuth.custom(handler, options) })).toThrow(problem);
  });
});

describe('a strategy of the user', () => {
  class ByMembership extends ApiAuth {
    public override bind(scope: Construct, { restApi, compute }: ApiAuthBindOptions): ApiAuthBinding {
      const fn = new lambda.Function(scope, 'Membership', {
        runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('x'), memorySize: compute.memorySize, description: restApi.restApiId,
      });
      const authorizer = new apigateway.TokenAuthorizer(scope, 'Authorizer', { handler: fn });
      return { methodOptions: { authorizationType: apigateway.AuthorizationType.CUSTOM, authorizer }, owner: OwnerSource.authorizer('tenant', 'principalId') };
    }
  }

  it('protects the methods and names the owner', () => {
    const template = synth({ auth: new ByMembership() });
    for (const { AuthorizationType } of methods(template)) expect(AuthorizationType).toBe('CUSTOM');
    expect(configuredAuth(template)).toEqual({ mode: 'authorizer', fields: ['tenant', 'principalId'] });
    template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', { ResponseType: 'UNAUTHORIZED', StatusCode: '401' });
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

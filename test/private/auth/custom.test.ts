import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ApiAuth, type CustomAuthOptions } from '../../../src';
import { builtMethods, handlerConfiguration, HOME, imageApi, synth, testApp, testStack } from '../../helpers/stack';

describe('ApiAuth.custom()', () => {
  const stack = testStack(HOME);
  const handler = lambda.Function.fromFunctionAttributes(stack, 'Fn', { functionArn: 'arn:aws:lambda:us-west-2:111122223333:function:mine', sameEnvironment: true });

  it('makes API Gateway invoke the given authorizer for each request', () => {
    const template = synth({ auth: ApiAuth.custom(handler) }, stack);
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 0, AuthorizerUri: Match.anyValue(),
    });
    expect(handlerConfiguration(template).auth).toEqual({ mode: 'authorizer', fields: ['principalId'] });
  });

  it('reads credentials from the given headers and caches responses for the given time', () => {
    const other = testStack(HOME);
    const fn = lambda.Function.fromFunctionAttributes(other, 'Fn', { functionArn: handler.functionArn, sameEnvironment: true });
    const template = synth({ auth: ApiAuth.custom(fn, { headers: ['X-Tenant', 'X-Secret'], resultsCacheTtl: Duration.minutes(5) }) }, other);
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
      IdentitySource: 'method.request.header.X-Tenant,method.request.header.X-Secret', AuthorizerResultTtlInSeconds: 300,
    });
    expect(handlerConfiguration(template).auth).toMatchObject({ headers: ['X-Tenant', 'X-Secret'] });
  });

  it('allows the given headers in preflight responses, each once', () => {
    const template = synth({ auth: ApiAuth.custom(handler, { headers: ['X-Tenant', 'authorization'] }), corsOrigins: ['*'] }, testStack(HOME));
    const [{ properties }] = builtMethods(template).filter(({ name }) => name === 'OPTIONS /images');
    const { IntegrationResponses: [response] } = properties.Integration as { IntegrationResponses: { ResponseParameters: Record<string, string> }[] };
    const allowed = response.ResponseParameters['method.response.header.Access-Control-Allow-Headers'].slice(1, -1).split(',');
    expect(allowed).toContain('X-Tenant');
    expect(allowed.filter((name) => name.toLowerCase() === 'authorization')).toEqual(['Authorization']);
  });

  it('adds the permission for a function of another stack to the stack of the API', () => {
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

  it('adds no permission for a function of another account, which only its owner can add', () => {
    const app = testApp();
    const elsewhere = new Stack(app, 'Auth', { env: { account: '444455556666', region: HOME.region } });
    const fn = lambda.Function.fromFunctionArn(elsewhere, 'Fn', 'arn:aws:lambda:us-west-2:444455556666:function:mine');
    const template = synth({ auth: ApiAuth.custom(fn) }, testStack(HOME, app));
    expect(JSON.stringify(template.findResources('AWS::Lambda::Permission'))).not.toContain('444455556666');
    template.hasResourceProperties('AWS::ApiGateway::Authorizer', { Type: 'REQUEST' });
  });

  it.each<[CustomAuthOptions, string]>([
    [{ headers: ['a b'] }, "'auth.headers' must contain names of HTTP headers, got 'a b'"],
    [{ headers: ['X-A', 'x-a'] }, "'auth.headers' must contain each name once, got 'x-a' more than once"],
    [{ headers: [] }, "'auth.headers' must contain at least one header that carries credentials, for example ['Authorization']"],
    [{ resultsCacheTtl: Duration.minutes(61) }, "'auth.resultsCacheTtl' must be between"],
  ])('fails for the options %j', (options, problem) => {
    expect(() => imageApi({ auth: ApiAuth.custom(handler, options) })).toThrow(problem);
  });
});

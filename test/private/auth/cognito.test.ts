import * as cognito from 'aws-cdk-lib/aws-cognito';
import { ApiAuth } from '../../../src';
import { builtMethods, builtRoutes, handlerConfiguration, HOME, imageApi, synth, testStack } from '../../helpers/stack';

describe('ApiAuth.cognito()', () => {
  const stack = testStack(HOME);
  const userPool = new cognito.UserPool(stack, 'Users');
  const template = synth({ auth: ApiAuth.cognito(userPool), corsOrigins: ['https://a.example'] }, stack);

  it('makes API Gateway validate ID tokens on each method except preflights', () => {
    const [id] = Object.keys(template.findResources('AWS::ApiGateway::Authorizer', {
      Properties: { Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization' },
    }));
    for (const { name, properties } of builtMethods(template)) {
      expect(properties).toMatchObject(name.startsWith('OPTIONS ') ? { AuthorizationType: 'NONE' } : { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: id } });
      expect(properties).not.toHaveProperty('AuthorizationScopes');
    }
  });

  it('makes API Gateway validate access tokens when scopes are given', () => {
    const other = testStack(HOME);
    const scoped = synth({ auth: ApiAuth.cognito(new cognito.UserPool(other, 'Users'), { scopes: ['images/write'] }) }, other);
    for (const { properties } of builtMethods(scoped)) expect(properties).toMatchObject({ AuthorizationScopes: ['images/write'] });
  });

  it('configures the handler to read the owner from issuer and subject of the token', () => {
    expect(handlerConfiguration(template).auth).toEqual({ mode: 'authorizer', fields: ['claims.iss', 'claims.sub'] });
  });

  it('builds the routes that need an owner, and no additional function', () => {
    expect(builtRoutes(template)).toContain('DELETE /images/{id}');
    template.resourceCountIs('AWS::Lambda::Function', 1);
  });

  it.each([
    [[], "'auth.scopes' must contain at least one scope; omit it to accept ID tokens"],
    [['a', 'a'], "'auth.scopes' must contain each name once, got 'a' more than once"],
  ])('fails for the scopes %j', (scopes, problem) => {
    expect(() => imageApi({ auth: ApiAuth.cognito(userPool, { scopes }) })).toThrow(problem);
  });
});

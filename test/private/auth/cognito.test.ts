import * as cognito from 'aws-cdk-lib/aws-cognito';
import { ApiAuth } from '../../../src';
import { builtMethods, builtRoutes, handlerConfiguration, HOME, imageApi, only, synth, testStack, textOf } from '../../helpers/stack';

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

  it('accepts tokens of all app clients without userPoolClients', () => {
    expect(only(template, 'AWS::ApiGateway::Authorizer')).not.toHaveProperty('IdentityValidationExpression');
  });

  describe('with userPoolClients', () => {
    const limited = (scopes?: string[]) => {
      const own = testStack(HOME);
      const pool = new cognito.UserPool(own, 'Users');
      return synth({ auth: ApiAuth.cognito(pool, { scopes, userPoolClients: [pool.addClient('Web'), pool.addClient('Mobile')] }) }, own);
    };

    it('makes API Gateway compare the audience of ID tokens', () => {
      const { IdentityValidationExpression: expression } = only(limited(), 'AWS::ApiGateway::Authorizer');
      expect(textOf(expression)).toMatch(/^\^\(<UsersWeb\w+>\|<UsersMobile\w+>\)\$$/);
    });

    it('does not make API Gateway compare the audience of access tokens, which have none', () => {
      expect(only(limited(['images/write']), 'AWS::ApiGateway::Authorizer')).not.toHaveProperty('IdentityValidationExpression');
    });

    it.each([[undefined], [['images/write']]])('makes the handler compare the app client, with the scopes %j', (scopes) => {
      expect(handlerConfiguration(limited(scopes)).auth).toMatchObject({ clientIds: [expect.stringContaining('UsersWeb'), expect.stringContaining('UsersMobile')] });
    });

    it('fails for an empty list', () => {
      expect(() => imageApi({ auth: ApiAuth.cognito(userPool, { userPoolClients: [] }) })).toThrow(
        "'auth.userPoolClients' must contain at least one app client; omit it to accept all app clients of the user pool");
    });
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

import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { ApiAuth, type GenAiImageApi } from '../../../src';
import { builtMethods, HOME, imageApi, testStack } from '../../helpers/stack';

/** Returns the methods of an API to which a user adds routes. */
function methods(auth: ApiAuth, add: (api: GenAiImageApi) => unknown, stack = testStack(HOME)) {
  add(imageApi({ auth, corsOrigins: ['https://a.example'] }, stack));
  return Object.fromEntries(builtMethods(Template.fromStack(stack)).map(({ name, properties }) => [name, properties]));
}

const addOwn = ({ restApi }: GenAiImageApi) => {
  restApi.root.addMethod('GET');
  restApi.root.addResource('own').addMethod('GET');
  restApi.root.resourceForPath('/images').addMethod('PUT');
};

describe('methods that a user adds to restApi', () => {
  it('require an API key like the methods of the construct', () => {
    expect(methods(ApiAuth.apiKey({ clients: ['web'] }), addOwn)).toMatchObject({
      'GET ': { ApiKeyRequired: true }, 'GET /own': { ApiKeyRequired: true }, 'PUT /images': { ApiKeyRequired: true }, 'POST /images': { ApiKeyRequired: true },
    });
  });

  it('require a signature like the methods of the construct', () => {
    expect(methods(ApiAuth.iam(), addOwn)).toMatchObject({ 'GET ': { AuthorizationType: 'AWS_IAM' }, 'GET /own': { AuthorizationType: 'AWS_IAM' } });
  });

  it('require a token with the scopes of the construct, and preflights require nothing', () => {
    const stack = testStack(HOME);
    const auth = ApiAuth.cognito(new cognito.UserPool(stack, 'Users'), { scopes: ['images/write'] });
    const built = methods(auth, addOwn, stack);
    const required = { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: ['images/write'], AuthorizerId: built['POST /images'].AuthorizerId };
    expect(built).toMatchObject({ 'GET /own': required, 'GET ': required, 'OPTIONS /images': { AuthorizationType: 'NONE' } });
    expect(built['OPTIONS /images']).not.toHaveProperty('AuthorizationScopes');
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  it('can be public if the user says so', () => {
    const add = ({ restApi }: GenAiImageApi) => restApi.root.addResource('health').addMethod('GET', undefined, {
      apiKeyRequired: false, authorizationType: apigateway.AuthorizationType.NONE,
    });
    expect(methods(ApiAuth.apiKey({ clients: ['web'] }), add)['GET /health']).toMatchObject({ ApiKeyRequired: false, AuthorizationType: 'NONE' });
  });

  it('can have preflights, which require no key', () => {
    const add = ({ restApi }: GenAiImageApi) => restApi.root.addResource('own').addCorsPreflight({ allowOrigins: ['https://a.example'] });
    expect(methods(ApiAuth.apiKey({ clients: ['web'], acceptBearer: false }), add)['OPTIONS /own']).toMatchObject({ ApiKeyRequired: false, AuthorizationType: 'NONE' });
  });
});

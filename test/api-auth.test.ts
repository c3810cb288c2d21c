import { Match } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { ApiAuth, type ApiAuthBinding, type ApiAuthBindOptions, OwnerSource } from '../src';
import { builtMethods, builtRoutes, handlerConfiguration, synth } from './helpers/stack';

describe('a subclass of ApiAuth', () => {
  class TenantAuth extends ApiAuth {
    public override bind(scope: Construct, { restApi, compute }: ApiAuthBindOptions): ApiAuthBinding {
      const handler = new lambda.Function(scope, 'TenantAuthorizer', {
        runtime: lambda.Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('x'),
        memorySize: compute.memorySize,
        description: restApi.restApiId,
      });
      const authorizer = new apigateway.TokenAuthorizer(scope, 'Authorizer', { handler });
      return { methodOptions: { authorizationType: apigateway.AuthorizationType.CUSTOM, authorizer }, owner: OwnerSource.authorizer('tenant', 'principalId') };
    }
  }

  it('protects all methods, names the owner and gets the matching gateway responses', () => {
    const template = synth({ auth: new TenantAuth() });
    for (const { properties } of builtMethods(template)) expect(properties.AuthorizationType).toBe('CUSTOM');
    expect(handlerConfiguration(template).auth).toEqual({ mode: 'authorizer', fields: ['tenant', 'principalId'] });
    template.hasResourceProperties('AWS::ApiGateway::GatewayResponse', { ResponseType: 'UNAUTHORIZED', StatusCode: '401' });
  });

  it('can create resources with the REST API and the compute options of the API', () => {
    synth({ auth: new TenantAuth(), compute: { memorySize: 256 } }).hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 256, Description: { Ref: Match.stringLikeRegexp('^ImagesApi') },
    });
  });

  it('can read no owner, which leaves out the routes that need one', () => {
    class OpenAuth extends ApiAuth {
      public override bind(): ApiAuthBinding {
        return { methodOptions: { authorizationType: apigateway.AuthorizationType.NONE }, owner: OwnerSource.none() };
      }
    }
    const template = synth({ auth: new OpenAuth() });
    expect(handlerConfiguration(template).auth).toEqual({ mode: 'none' });
    expect(builtRoutes(template)).not.toContain('DELETE /images/{id}');
  });
});

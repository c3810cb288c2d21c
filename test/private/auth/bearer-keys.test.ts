import { Match } from 'aws-cdk-lib/assertions';
import { ApiAuth, ApiRoutes } from '../../../src';
import { builtMethods, handlerConfiguration, imageApi, ofType, resources, type Statement, synth } from '../../helpers/stack';

describe('acceptBearer', () => {
  const routes = [ApiRoutes.standard(), ApiRoutes.openAi()];
  const template = synth({ auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }), routes, corsOrigins: ['https://app.example.com'] });
  const authorizers = template.findResources('AWS::ApiGateway::Authorizer');
  /** Returns the header that the authorizer of a method reads. */
  const sourceOf = (method: unknown) => {
    const { AuthorizerId } = method as { AuthorizerId: { Ref: string } };
    return authorizers[AuthorizerId.Ref].Properties.IdentitySource as string;
  };

  it('makes API Gateway get keys from two authorizers, whose responses it caches for an hour', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { ApiKeySourceType: 'AUTHORIZER' });
    expect(Object.values(authorizers)).toMatchObject([
      { Properties: { Type: 'REQUEST', IdentitySource: 'method.request.header.x-api-key', AuthorizerResultTtlInSeconds: 3600 } },
      { Properties: { Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: 3600 } },
    ]);
  });

  it('is off by default: API Gateway reads the header itself', () => {
    const without = synth({ auth: ApiAuth.apiKey({ clients: ['web'] }), routes });
    without.hasResourceProperties('AWS::ApiGateway::RestApi', { ApiKeySourceType: Match.absent() });
    without.resourceCountIs('AWS::ApiGateway::Authorizer', 0);
  });

  it('reads keys from Authorization on OpenAI routes and from x-api-key on all other routes, and requires a valid key on each', () => {
    const methods = builtMethods(template).filter(({ name }) => !name.startsWith('OPTIONS '));
    expect(new Set(methods.map(({ name }) => name.includes(' /v1/')))).toEqual(new Set([true, false]));
    for (const { name, properties } of methods) {
      expect(properties).toMatchObject({ AuthorizationType: 'CUSTOM', ApiKeyRequired: true });
      expect(sourceOf(properties)).toBe(`method.request.header.${name.includes(' /v1/') ? 'Authorization' : 'x-api-key'}`);
    }
  });

  it('allows the function to write its log and nothing else', () => {
    const policies = Object.entries(resources(template)).filter(([id]) => id.includes('KeyAuthorizerPolicy'));
    expect(policies.map(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement)).toEqual([[{
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [expect.stringContaining('KeyAuthorizerLogs'), 'Arn'] },
    }]]);
  });

  it('allows API Gateway to invoke the function for both authorizers', () => {
    for (const id of Object.keys(authorizers)) {
      template.hasResourceProperties('AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        FunctionName: { 'Fn::GetAtt': [Match.stringLikeRegexp('KeyAuthorizerHandler'), 'Arn'] },
        SourceArn: Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([{ Ref: id }])] }),
      });
    }
  });

  it('does not change clients, usage plan and owners', () => {
    template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', { KeyType: 'API_KEY' });
    expect(handlerConfiguration(template).auth).toEqual({ mode: 'apiKey', clients: [{ name: 'web', keyIds: [expect.anything()] }], bearer: true });
  });

  it.each(['UNAUTHORIZED', 'INVALID_API_KEY'])('returns for %s the text by which LiteLLM recognizes an invalid key, and both headers', (type) => {
    const [{ Properties }] = ofType(template, 'AWS::ApiGateway::GatewayResponse').filter((response) => response.Properties.ResponseType === type);
    expect(Properties).toMatchObject({
      StatusCode: '401',
      ResponseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://app.example.com'" },
    });
    expect(JSON.parse((Properties.ResponseTemplates as Record<string, string>)['application/json'])).toMatchObject({
      status: 401, error: { message: expect.stringMatching(/^Incorrect API key provided;.*Authorization: Bearer.*x-api-key/) },
    });
  });

  it('fails without OpenAI routes', () => {
    expect(() => imageApi({ auth: ApiAuth.apiKey({ clients: ['web'], acceptBearer: true }) }))
      .toThrow("'auth.acceptBearer' requires ApiRoutes.openAi() in 'routes'; add it, or remove acceptBearer");
  });
});

import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ApiAuth } from '../../../src';
import { builtMethods, builtRoutes, handlerConfiguration, HOME, imageApi, synth, testStack } from '../../helpers/stack';

describe('ApiAuth.none()', () => {
  const stack = testStack(HOME);
  const template = synth({ auth: ApiAuth.none() }, stack);

  it('adds a warning to the API', () => {
    Annotations.fromStack(stack).hasWarning('/Stack/Images', Match.stringLikeRegexp('cdk-genai-image-api:authNone'));
  });

  it('builds open methods, and none of the routes that need an owner', () => {
    expect(builtRoutes(template)).toEqual(['GET /images/{id}', 'GET /models', 'GET /openapi.json', 'POST /images']);
    for (const { properties } of builtMethods(template)) {
      expect(properties).toMatchObject({ AuthorizationType: 'NONE' });
      expect(properties).not.toHaveProperty('ApiKeyRequired', true);
    }
  });

  it('does not allow the methods of those routes in preflight responses', () => {
    const withCors = synth({ auth: ApiAuth.none(), corsOrigins: ['https://a.example'] });
    expect(JSON.stringify(withCors.toJSON())).not.toContain('DELETE');
  });

  it('configures the handler to read no owner', () => {
    expect(handlerConfiguration(template).auth).toEqual({ mode: 'none' });
  });

  it('fails when an API client is added', () => {
    expect(() => imageApi({ auth: ApiAuth.none() }).addApiClient('web')).toThrow('requires ApiAuth.apiKey()');
  });
});

import { ApiAuth } from '../../../src';
import { builtMethods, handlerConfiguration, imageApi, synth } from '../../helpers/stack';

describe('ApiAuth.iam()', () => {
  const template = synth({ auth: ApiAuth.iam() });

  it('is the default', () => {
    expect(synth().toJSON()).toEqual(template.toJSON());
  });

  it('requires a signature on each method', () => {
    for (const { properties } of builtMethods(template)) expect(properties.AuthorizationType).toBe('AWS_IAM');
  });

  it('configures the handler to read the owner from the signature', () => {
    expect(handlerConfiguration(template).auth).toEqual({ mode: 'iam' });
  });

  it('fails when an API client is added, because callers have no API keys', () => {
    expect(() => imageApi().addApiClient('web')).toThrow(
      "addApiClient() on 'Stack/Images' requires ApiAuth.apiKey()");
  });
});

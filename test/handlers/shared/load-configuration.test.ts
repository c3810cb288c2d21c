import { validateHandlerConfiguration } from '../../../src/handlers/requests/validators/validators.generated';
import { loadConfiguration } from '../../../src/handlers/shared/load-configuration';
import { CONFIGURATION_VARIABLE } from '../../../src/private/contract/configuration';
import { CONFIGURATION } from '../../helpers/world';

const loadFrom = (environment: Record<string, string>) => loadConfiguration(environment, CONFIGURATION_VARIABLE, validateHandlerConfiguration);
const load = (configuration: unknown) => loadFrom({ GENAI_IMAGE_API: JSON.stringify(configuration) });

describe('loadConfiguration', () => {
  it('returns the configuration that the construct wrote', () => {
    expect(load(CONFIGURATION)).toEqual(CONFIGURATION);
  });

  it('fails when the variable is missing', () => {
    expect(() => loadFrom({})).toThrow('GENAI_IMAGE_API is missing');
  });

  it.each([
    [{ ...CONFIGURATION, presignTtlSeconds: 0 }, '/presignTtlSeconds'],
    [{ ...CONFIGURATION, auth: { mode: 'magic' } }, '/auth/mode'],
    [{ ...CONFIGURATION, models: [] }, '/models'],
    [{ ...CONFIGURATION, extra: 1 }, '/'],
    [{ ...CONFIGURATION, bucket: undefined }, '/'],
  ])('fails and names the property when a value is not valid', (configuration, property) => {
    expect(() => load(configuration)).toThrow(`not valid at ${property} (`);
  });
});

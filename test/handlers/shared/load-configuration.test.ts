import { loadConfiguration } from '../../../src/handlers/shared/load-configuration';
import { CONFIGURATION_VARIABLE } from '../../../src/private/contract/configuration';
import { CONFIGURATION } from '../../helpers/world';

describe('loadConfiguration', () => {
  it('returns the configuration that the construct wrote', () => {
    expect(loadConfiguration({ GENAI_IMAGE_API: JSON.stringify(CONFIGURATION) }, CONFIGURATION_VARIABLE)).toEqual(CONFIGURATION);
  });

  it('fails when the variable is missing', () => {
    expect(() => loadConfiguration({}, CONFIGURATION_VARIABLE)).toThrow('GENAI_IMAGE_API is missing');
  });
});

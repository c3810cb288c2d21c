import { ModelRegistry } from '../../../src/handlers/requests/model-registry';
import { loadConfiguration } from '../../../src/handlers/shared/configuration';
import { CONFIGURATION } from '../../helpers/world';

const load = (configuration: unknown) => loadConfiguration({ GENAI_IMAGE_API: JSON.stringify(configuration) });

describe('loadConfiguration', () => {
  it('reads what the construct wrote', () => {
    expect(load(CONFIGURATION)).toEqual(CONFIGURATION);
  });

  it('fails when the variable is missing', () => {
    expect(() => loadConfiguration({})).toThrow('GENAI_IMAGE_API is missing');
  });

  it.each([
    [{ ...CONFIGURATION, presignTtlSeconds: 0 }, '/presignTtlSeconds'],
    [{ ...CONFIGURATION, auth: { mode: 'magic' } }, '/auth/mode'],
    [{ ...CONFIGURATION, models: [] }, '/models'],
    [{ ...CONFIGURATION, extra: 1 }, '/'],
    [{ ...CONFIGURATION, bucket: undefined }, '/'],
  ])('fails and names the place when a choice is not valid', (configuration, place) => {
    expect(() => load(configuration)).toThrow(`not valid at ${place} (`);
  });
});

describe('AllowedModels', () => {
  it('fails when the family of a model is not known', () => {
    expect(() => new ModelRegistry([{ id: 'acme.painter', region: 'us-west-2', family: 'crayon' }])).toThrow('acme.painter');
    expect(() => new ModelRegistry([{ id: 'acme.painter', region: 'us-west-2' }])).toThrow('acme.painter');
  });
});

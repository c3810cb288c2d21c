import { ModelRegistry } from '../../../src/handlers/requests/model-registry';

describe('ModelRegistry', () => {
  it('fails when the family of a model is not known', () => {
    expect(() => new ModelRegistry([{ id: 'acme.painter', region: 'us-west-2', family: 'crayon' }])).toThrow('acme.painter');
    expect(() => new ModelRegistry([{ id: 'acme.painter', region: 'us-west-2' }])).toThrow('acme.painter');
  });
});
